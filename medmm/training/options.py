"""Optional parts of a training configuration; every default is the plain run."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from medmm.training.strict import Strict

Imbalance = Literal["none", "pos_weight", "focal", "balanced_sampler"]
Head = Literal["sigmoid", "softmax"]
# soup: one network of averaged weights; the others keep every member and combine what they say (models/combine.py).
Ensemble = Literal["soup", "mean", "weighted", "vote"]
# See medmm/training/precision.py.
Precision = Literal["auto", "float32", "bfloat16"]
Tracking = Literal["none", "tensorboard", "mlflow"]


class EarlyStop(Strict):
    """End a stage after `patience` epochs without a validation AUROC better by min_gain; its best weights go on."""

    patience: int = Field(ge=1)
    min_gain: float = Field(default=0.0, ge=0)


class LoraConfig(Strict):
    """Low-rank adapters (Hu et al. 2021) in the text encoder: its own weights stand still, the adapters learn."""

    rank: int = Field(default=8, ge=1)
    alpha: int = Field(default=16, ge=1)
    dropout: float = Field(default=0.0, ge=0, lt=1)
    targets: tuple[str, ...] = ("query", "value")

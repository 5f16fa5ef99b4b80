"""Tell an input that is unlike everything that the model was calibrated on, and take it out of a prepared case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from torch import Tensor

from medmm.core.prediction import InputUse
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.inference.gated_input import GatedInput
from medmm.models.spread import Spread

if TYPE_CHECKING:
    from medmm.inference.prediction import Prediction
    from medmm.inference.predictor import Predictor

# Of sound inputs like those of the calibration at most this share is taken for a stranger, for each kind of input.
ALPHA = 0.01


def strangers(predictor: Predictor, prediction: Prediction) -> dict[InputKind, float]:
    """Give the inputs of a predicted case that are unlike the calibration cases, with their p-values."""
    return {kind: p for kind, p in p_values(predictor.spreads, prediction.z).items() if p <= ALPHA}


def p_values(spreads: Mapping[InputKind, Spread], z: Mapping[InputKind, Tensor]) -> dict[InputKind, float]:
    """Give the conformal p-value of each present input of one case; of a kind without a spread none."""
    return {kind: float(spreads[kind].p_value(vector)[0]) for kind, vector in z.items() if kind in spreads}


def cannot_tell(predictor: Predictor) -> tuple[QualityNote, ...]:
    """Say it where the bundle does not know how far from its own cases an input may lie."""
    if predictor.spreads:
        return ()
    message = Words(
        "The model was published without the distances of its own cases: "
        "whether the inputs are like them cannot be told."
    )
    return (QualityNote("distance_unknown", message, Severity.INFO),)


def demote(gated: GatedInput, strange: Mapping[InputKind, float], kinds: tuple[InputKind, ...]) -> GatedInput:
    """Take strangers out of a prepared case and say why; kinds: in the order of the spec."""
    uses = dict(gated.uses)
    for kind, p in strange.items():
        message = Words(
            "The {kind} is unlike all that the model knows (p = {p:.3f}, at least {alpha:.2f} needed).",
            kind=kind,
            p=p,
            alpha=ALPHA,
        )
        note = QualityNote(f"{kind.value}_unlike_training", message, Severity.WARNING, kind)
        uses[kind] = InputUse(False, (*uses[kind].gate, note))
    present = tuple(p and kind not in strange for kind, p in zip(kinds, gated.model_input.present, strict=True))
    left = {kind.value: None for kind in strange}
    return GatedInput(replace(gated.model_input, present=present, **left), uses)

"""The training configuration: every field is checked, an unknown key is an error."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from medmm.core.errors import InputError, UnreadableFile
from medmm.core.lookup import find_entry
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.spec import AudioSpec, ImageSpec
from medmm.records.sections import SECTION_NAMES
from medmm.training.augment_config import AugmentConfig
from medmm.training.domain_config import DomainConfig
from medmm.training.options import EarlyStop, Ensemble, Head, Imbalance, LoraConfig, Precision, Tracking
from medmm.training.strict import Strict, first_trouble

# Written anew with every default that changes: what was begun under the old one must not go on under the new one.
DEFAULTS = "auxiliary_weight 3"
# What no weight depends on (threads: but for the order of sums; ensemble: members are the same), and what only members.
WORDS = frozenset(("version", "description", "intended_use", "limits", "bootstrap", "leakage", "neighbours"))
WORDS |= {"ensemble", "tracking", "threads", "readers", "device"}
MEMBERS = frozenset(("stages", "folds", "seeds", "fusions", "lora"))


class SimulateConfig(Strict):
    """The cohort that `medmm train` simulates first when it is given no folder of patients."""

    patients: int = Field(ge=20)
    seed: int = Field(ge=0)


class SplitConfig(Strict):
    """Parts of the patients; validation watches, calibration sets temperatures and thresholds, test is reported."""

    train: float = Field(gt=0, lt=1)
    validation: float = Field(gt=0, lt=1)
    calibration: float = Field(gt=0, lt=1)
    test: float = Field(gt=0, lt=1)

    @model_validator(mode="after")
    def _sums_to_one(self) -> SplitConfig:
        total = self.train + self.validation + self.calibration + self.test
        if abs(total - 1) > 1e-6:
            raise ValueError(f"the parts of the split sum to {total:.3f}, not to 1")
        return self


class ImageConfig(Strict):
    """Encoder, size and preprocessing of the image: names and meanings of ImageSpec, which travels in the bundle.

    Sizes are multiples of 32, the stride of most encoders; slices: 0 for films.
    start_from: weights to begin with, a file or folder on this machine; empty: random ones.
    """

    rows: int = Field(ge=64, multiple_of=32)
    cols: int = Field(ge=64, multiple_of=32)
    slices: int = Field(default=0, ge=0, multiple_of=32)
    encoder: str = "monai.densenet121"
    crop: str = "exposed_field"
    spacing_mm: tuple[float, ...] = ()
    window: tuple[float, float] | None = None
    intensity: str = "standardise"
    modalities: tuple[str, ...] = ()
    start_from: str = ""

    @model_validator(mode="after")
    def _steps_are_known(self) -> ImageConfig:
        self.to_spec()
        return self

    def to_spec(self) -> ImageSpec:
        """Give the spec for the bundle. Raises ValueError where it names an unknown step."""
        return ImageSpec(**self.model_dump(exclude={"start_from"}))


class TextConfig(Strict):
    """encoder: a name of ENCODERS: "hf.bert", or "text.tfidf" or "text.words" for whole words without a BERT.

    pretrained: a BERT folder or hub name; empty: a compact BERT with its own vocabulary, from random weights;
    vocabulary: its size, in pieces or in words; skip_sections: sections that hold the answer and are not read.
    """

    encoder: str = "hf.bert"
    pretrained: str = ""
    vocabulary: int = Field(default=5000, ge=200)
    hidden: int = Field(default=128, ge=8)
    layers: int = Field(default=2, ge=1)
    heads: int = Field(default=4, ge=1)
    max_tokens: int = Field(default=192, ge=16, le=512)
    stride: int = Field(default=48, ge=0)
    languages: tuple[str, ...] = ("en",)
    skip_sections: tuple[str, ...] = ()

    @field_validator("skip_sections")
    @classmethod
    def _sections_are_known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        # A mistyped name would let the answer be read.
        for name in names:
            find_entry(dict.fromkeys(SECTION_NAMES), name, what="section")
        return names


class VitalsConfig(Strict):
    """encoder: a name of ENCODERS."""

    encoder: str = "tab.mlp"


class AudioConfig(Strict):
    """encoder: a name of ENCODERS; the rest as in AudioSpec. The defaults are for auscultation; for cough 16000 Hz."""

    encoder: str = "audio.mfcc"
    rate_hz: int = Field(default=4000, ge=1000, le=48_000)
    high_pass_hz: float = Field(default=60.0, ge=0)
    gate: float = Field(default=1.5, ge=0)
    level: float = Field(default=0.1, ge=0)
    window_seconds: float = Field(default=5.0, gt=0)
    overlap: float = Field(default=0.5, ge=0, lt=1)

    def to_spec(self) -> AudioSpec:
        """Give the spec for the bundle."""
        return AudioSpec(**self.model_dump())


class StageConfig(Strict):
    """inputs: "records" trains without images (a cheap warm-up), "all" on everything; size: image pixels.

    The learning rate climbs to `rate`, then falls along a cosine to `end_rate`. frozen: inputs whose encoders stand
    still (a text encoder that has learned enough in the warm-up over-fits while the image encoder is still learning).
    Where the image encoder stands still (or there is none), frozen inputs are embedded once, without augmentation.
    unfreeze_layers: how many of the last blocks of a frozen encoder learn all the same; the log names the blocks.
    base_share: the part of what a base learns from that each epoch draws anew; labelled real films are all taken.
    """

    inputs: Literal["records", "all"]
    epochs: int = Field(ge=1)
    batch: int = Field(ge=2)
    rate: float = Field(gt=0, lt=1)
    end_rate: float = Field(gt=0, lt=1)
    size: int = Field(default=160, ge=64, multiple_of=32)
    frozen: tuple[InputKind, ...] = ()
    unfreeze_layers: dict[InputKind, int] = Field(default_factory=dict)
    base_share: float = Field(default=1.0, gt=0, le=1)


class AllowedLeak(Strict):
    """A leak (its code in medmm/training/leakage.py) that the run goes on with deliberately; the card says why."""

    code: str
    reason: str = Field(min_length=3)


class LeakageConfig(Strict):
    """What the leakage linter lets pass."""

    allow: tuple[AllowedLeak, ...] = ()

    @property
    def reasons(self) -> dict[str, str]:
        """Give the reason of each allowed code."""
        return {one.code: one.reason for one in self.allow}


class TrainingConfig(Strict):
    """Everything that a training run depends on besides the data; its sha256 is the run's id.

    inputs: what the model takes in, any subset; image: needed where inputs names it.
    auxiliary_weight: of the single inputs' heads; the higher, the more an encoder learns by itself (bench_subsets.py).
    box_weight: of the question where on the film a finding lies, for the cases whose table gives its box.
    head: softmax for findings that exclude each other, with "none of them" beside them; precision: see precision.py.
    folds, seeds, fusions: a member for every combination; what it says of its own fold's patients is kept too.
    ensemble: what becomes of them. soup: the weights of members of the best fusion are averaged greedily into one
    network; mean, weighted, vote: all stay, and averaged are logits, logits by fitted weights, or probabilities.
    base: stages that are trained once, before the members, which all go on from there: on every case but the labelled
    ones of the domains. Only those are then divided into folds, so that what is said of them was never seen before.
    neighbours: how many training cases the bundle holds as vectors; None: 1000 simulated ones, no patients.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    version: str
    seed: int = Field(ge=0)
    description: str
    intended_use: str
    limits: tuple[str, ...]
    findings: tuple[str, ...]
    simulate: SimulateConfig | None = None
    split: SplitConfig
    inputs: tuple[InputKind, ...] = (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)
    image: ImageConfig | None = None
    augment: AugmentConfig = AugmentConfig()
    text: TextConfig = TextConfig()
    vitals: VitalsConfig = VitalsConfig()
    audio: AudioConfig = AudioConfig()
    embedding: int = 128
    hidden: int = 128
    fusion: str = "concat"
    head: Head = "sigmoid"
    dropout: float = Field(default=0.1, ge=0, lt=1)
    modality_dropout: float = Field(default=0.3, ge=0, lt=1)
    auxiliary_weight: float = Field(default=3.0, ge=0)
    box_weight: float = Field(default=0.0, ge=0)
    weight_decay: float = Field(default=0.02, ge=0)
    folds: int = Field(default=0, ge=0, le=50)
    seeds: tuple[int, ...] = ()
    fusions: tuple[str, ...] = ()
    ensemble: Ensemble = "soup"
    imbalance: Imbalance = "none"
    focal_gamma: float = Field(default=2.0, gt=0)
    early_stop: EarlyStop | None = None
    gradient_clip: float = Field(default=1.0, gt=0)
    layer_decay: float = Field(default=1.0, gt=0, le=1)
    lora: LoraConfig | None = None
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    precision: Precision = "auto"
    tracking: Tracking = "none"
    base: tuple[StageConfig, ...] = ()
    stages: tuple[StageConfig, ...] = Field(min_length=1)
    domains: tuple[DomainConfig, ...] = ()
    threads: int = Field(default=2, ge=1)
    readers: int = Field(default=2, ge=1)
    bootstrap: int = Field(default=2000, ge=100)
    leakage: LeakageConfig = LeakageConfig()
    neighbours: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _inputs_fit(self) -> TrainingConfig:
        if not self.inputs or len(set(self.inputs)) < len(self.inputs):
            raise ValueError("inputs must name at least one input, each once")
        if InputKind.IMAGE in self.inputs and self.image is None:
            raise ValueError("inputs has image, but image.rows and image.cols are not given")
        for name, stage in self._named_stages():
            if stage.inputs == "records" and set(self.inputs) == {InputKind.IMAGE}:
                raise ValueError(f"{name} trains on records, but inputs has neither note nor vitals")
            if strange := set(stage.frozen) - set(self.inputs):
                raise ValueError(f"{name}.frozen names {min(strange)}, which inputs does not have")
            if strange := set(stage.unfreeze_layers) - set(stage.frozen):
                raise ValueError(f"{name}.unfreeze_layers names {min(strange)}, which is not frozen there")
        if self.folds == 1:
            raise ValueError("folds must be 0 (none) or at least 2")
        if self.lora and InputKind.NOTE not in self.inputs:
            raise ValueError("lora adapts the text encoder, but inputs does not have note")
        if self.head == "softmax" and (soft := [domain.name for domain in self.domains if domain.soft]):
            raise ValueError(f"head softmax takes one finding a case, but domains.{soft[0]} has soft labels")
        return self

    def _named_stages(self) -> Iterator[tuple[str, StageConfig]]:
        yield from ((f"base.{number}", stage) for number, stage in enumerate(self.base))
        yield from ((f"stages.{number}", stage) for number, stage in enumerate(self.stages))

    @property
    def run_id(self) -> str:
        """Hash of the whole configuration."""
        # Without defaults: a field that a later version adds changes nothing of what was trained before.
        content = self.model_dump(mode="json", exclude_defaults=True)
        return hashlib.sha256((json.dumps(content, sort_keys=True) + DEFAULTS).encode()).hexdigest()

    @property
    def weights_id(self) -> str:
        """Hash of what the weights depend on, not the words of the card."""
        return self._hash(WORDS)

    @property
    def start_id(self) -> str:
        """Hash of what the vocabulary and the base depend on: nothing that only the members after it know."""
        return self._hash(WORDS | MEMBERS)

    def _hash(self, without: frozenset[str]) -> str:
        content = self.model_dump(mode="json", exclude=set(without), exclude_defaults=True)
        for domain in content.get("domains", ()):
            domain.pop("source")
            domain.pop("study", None)
        return hashlib.sha256((json.dumps(content, sort_keys=True) + DEFAULTS).encode()).hexdigest()


def load_config(path: Path) -> TrainingConfig:
    """Read a YAML configuration. Raises UnreadableFile, or InputError naming the first field that is wrong."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        # The system's words alone: its number and the whole path say nothing more.
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnreadableFile(
            Words("training configuration {name} cannot be read: {error}", name=path.name, error=reason), source=path
        ) from error
    try:
        return TrainingConfig.model_validate(content)
    except ValidationError as error:
        raise InputError(
            first_trouble(TrainingConfig, error, name=path.name),
            Words("resources/training/ holds a configuration that works."),
            path,
        ) from error

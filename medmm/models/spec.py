"""What a model takes in and how: the frozen facts that travel inside a bundle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from medmm.core.lookup import find_entry
from medmm.core.quality import InputKind
from medmm.core.record import VITAL_BY_NAME
from medmm.models.ensemble_spec import EnsembleSpec

SPEC_SCHEMA = "medmm.model/1"
# What `models.image_encoder` builds; named here too, so that a configuration is checked without loading torch.
IMAGE_ENCODERS = (
    "monai.densenet121",
    "monai.densenet169",
    "monai.resnet18",
    "monai.resnet50",
    "monai.efficientnet-b0",
    "monai.vit",
)
# exposed_field: without the borders where nothing varies; none: all of it.
CROPS = ("exposed_field", "none")
# standardise: mean 0 and deviation 1 of each image; window: black -1, white 1, the same for every image.
INTENSITIES = ("standardise", "window")
# Read by pydantic wherever a spec comes from JSON: a key that we do not know is an error.
STRICT = ConfigDict(extra="forbid")
SERIES_ENCODER = "tab.gru"
WORD_ENCODERS = ("text.tfidf", "text.words")
TEXT_STEPS = ("mask_phi", "clean", "negation", "stop_words", "stem")
# sigmoid: each finding for itself; softmax: at most one of them, beside "none of them" (`models/exclusive.py`).
HEADS = ("sigmoid", "softmax")
VITAL_STATISTICS = ("last", "mean", "min", "max", "slope_per_hour", "count", "hours_since")


@dataclass(frozen=True)
class ImageSpec:
    """How an image becomes a tensor [1, rows, cols], or a volume one of [1, slices, rows, cols].

    Steps, in this order: window (centre, width in modality units; None: what the image itself states), crop, resample
    to spacing_mm (one number an axis; (): fit to the size, with the aspect of the plane kept), crop or pad to the size
    about the middle, intensity scaling, clipped to -limit..limit.
    encoder: a name of IMAGE_ENCODERS; crop, intensity: names of CROPS and INTENSITIES;
    slices: 0 for a film; a volume is turned first: slices towards the head, rows to the back, columns to the left;
    modalities: those a volume may come from (CT, MR); (): any.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    rows: int
    cols: int
    encoder: str = "monai.densenet121"
    crop: str = "exposed_field"
    limit: float = 5.0
    slices: int = 0
    spacing_mm: tuple[float, ...] = ()
    window: tuple[float, float] | None = None
    intensity: str = "standardise"
    modalities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require_known(self.encoder, IMAGE_ENCODERS, what="image encoder")
        _require_known(self.crop, CROPS, what="crop")
        _require_known(self.intensity, INTENSITIES, what="intensity scaling")
        if self.spacing_mm and (len(self.spacing_mm) != self.n_axes or not all(0 < mm < 100 for mm in self.spacing_mm)):
            raise ValueError(f"spacing_mm needs {self.n_axes} numbers of millimetres, found {list(self.spacing_mm)}")
        if self.window is not None and self.window[1] < 1:
            raise ValueError(f"the width of the window must be at least 1, found {self.window[1]:g}")

    @property
    def size(self) -> tuple[int, ...]:
        """Give the axes of the model's input: (rows, cols) or (slices, rows, cols)."""
        return (self.slices, self.rows, self.cols) if self.slices else (self.rows, self.cols)

    @property
    def n_axes(self) -> int:
        """Count them: 2 for a film, 3 for a volume."""
        return len(self.size)


def _require_known(name: str, names: tuple[str, ...], *, what: str) -> None:
    find_entry(dict.fromkeys(names, name), name, what=what)


@dataclass(frozen=True)
class TextSpec:
    """How notes become chunks of tokens: at most max_tokens each (special ones included), overlapping by stride.

    folder: inside the bundle, a BERT folder (config.json, tokenizer.json, tokenizer_config.json);
    max_chunks: what a case may have in all; notes beyond it are counted in the coverage, never cut in silence;
    languages: those of the training notes (ISO 639-1); a note in another one is not read;
    steps: what is done to a note before it is cut into tokens, names of TEXT_STEPS; all but "mask_phi" are for bags of
    words; skip_sections: sections that are not read, by the names of records/sections.py.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    encoder: str = "hf.bert"
    folder: str = "tokenizer"
    max_tokens: int = 192
    stride: int = 48
    max_chunks: int = 96
    languages: tuple[str, ...] = ("en",)
    steps: tuple[str, ...] = ()
    skip_sections: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = TEXT_STEPS if self.is_words else TEXT_STEPS[:1]
        unknown = [step for step in self.steps if step not in known]
        if unknown:
            raise ValueError(f"unknown text step {unknown[0]!r} for {self.encoder}; known: {', '.join(known)}")

    @property
    def is_words(self) -> bool:
        """Tell whether the encoder reads whole words of a vocabulary instead of BERT's pieces."""
        return self.encoder in WORD_ENCODERS


@dataclass(frozen=True)
class VitalsSpec:
    """Vital signs and the training statistics of their features: (value - centre) / scale.

    Features stand sign by sign, each with its statistics, then its missing flag (never scaled):
    len(names) * (len(statistics) + 1) in all; centre and scale: len(names) * len(statistics).
    An encoder over time ("tab.gru") takes single values, scaled by the statistic "last", at no more than max_steps
    times; where there are more, neighbours are averaged.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    names: tuple[str, ...]
    centre: tuple[float, ...]
    scale: tuple[float, ...]
    statistics: tuple[str, ...] = VITAL_STATISTICS
    encoder: str = "tab.mlp"
    limit: float = 5.0
    max_steps: int = 64

    def __post_init__(self) -> None:
        expected = len(self.names) * len(self.statistics)
        unknown = [name for name in self.names if name not in VITAL_BY_NAME]
        if unknown:
            raise ValueError(f"unknown vital signs in the model's spec: {', '.join(unknown)}")
        if len(self.centre) != expected or len(self.scale) != expected:
            raise ValueError(f"vitals spec needs {expected} centres and scales, found {len(self.centre)}")

    @property
    def is_series(self) -> bool:
        """Tell whether the encoder reads the vital signs over time."""
        return self.encoder == SERIES_ENCODER

    @property
    def n_features(self) -> int:
        """Count the features that reach the encoder."""
        return len(self.names) * (len(self.statistics) + 1)

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Name every feature: `heart_rate.last`, ..., `heart_rate.missing`."""
        return tuple(f"{name}.{part}" for name in self.names for part in (*self.statistics, "missing"))

    def columns_of(self, name: str) -> slice:
        """Give the columns of one vital sign."""
        width = len(self.statistics) + 1
        start = self.names.index(name) * width
        return slice(start, start + width)


@dataclass(frozen=True)
class AudioSpec:
    """How recordings become windows of features [rows, frames]; each step is a function of prepare_audio.py.

    encoder: "audio.mfcc" (n_mfcc coefficients) or "audio.log_mel" (n_mels bands);
    resampled to rate_hz; high-passed at high_pass_hz (0: not); gate: how many times the noise floor a frequency must
    reach to pass whole (0: no denoising); level: RMS that the recording is brought to (0: as it is); windows of
    window_seconds that overlap by the share `overlap`: nothing is cut, the last one ends with the recording.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    encoder: str = "audio.mfcc"
    rate_hz: int = 4000
    high_pass_hz: float = 60.0
    gate: float = 1.5
    level: float = 0.1
    window_seconds: float = 5.0
    overlap: float = 0.5
    frame_seconds: float = 0.064
    hop_seconds: float = 0.016
    n_mels: int = 40
    n_mfcc: int = 20

    def __post_init__(self) -> None:
        sound = 0 <= self.overlap < 1 and 0 < self.hop_seconds <= self.frame_seconds <= self.window_seconds
        if not sound or self.rate_hz < 1000 or not 1 <= self.n_mfcc <= self.n_mels:
            raise ValueError("audio spec: windows, frames or bands do not fit each other")

    @property
    def is_cepstral(self) -> bool:
        """Tell whether rows are cepstral coefficients rather than bands of frequency."""
        return self.encoder == "audio.mfcc"

    @property
    def n_rows(self) -> int:
        """Count the rows of a window's features."""
        return self.n_mfcc if self.is_cepstral else self.n_mels


Part = ImageSpec | TextSpec | VitalsSpec | AudioSpec


@dataclass(frozen=True)
class ModelSpec:
    """Everything needed to build the network and to prepare its inputs.

    findings: order of the logits; input_kinds: order of the columns of `present`;
    embedding: width of every input's vector after its LayerNorm; hidden: width of the fusion head;
    head: a name of HEADS;
    ensemble: the members of a network of several, each with its own fusion; `fusion` is then that of the first.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    version: str
    findings: tuple[str, ...]
    input_kinds: tuple[InputKind, ...]
    image: ImageSpec | None = None
    text: TextSpec | None = None
    vitals: VitalsSpec | None = None
    embedding: int = 128
    hidden: int = 128
    fusion: str = "concat"
    dropout: float = 0.1
    modality_dropout: float = 0.3
    intended_use: str = ""
    limits: tuple[str, ...] = ()
    audio: AudioSpec | None = None
    head: str = "sigmoid"
    ensemble: EnsembleSpec | None = None

    def __post_init__(self) -> None:
        _require_known(self.head, HEADS, what="head")
        declared = {kind for kind, part in self.parts.items() if part is not None}
        if set(self.input_kinds) != declared:
            names = ", ".join(sorted(declared)) or "nothing"
            raise ValueError(f"input kinds {', '.join(self.input_kinds) or 'none'} do not match the spec of {names}")
        if len(set(self.findings)) != len(self.findings) or not self.findings:
            raise ValueError("findings must be named once each, and at least one")
        if self.ensemble and self.ensemble.n_inputs != len(self.input_kinds):
            raise ValueError(f"members read {self.ensemble.n_inputs} inputs, the model {len(self.input_kinds)}")
        if self.ensemble and self.ensemble.members[0].fusion != self.fusion:
            raise ValueError("the fusion of an ensemble must be that of its first member")

    def n_encoders(self, kind: InputKind) -> int:
        """Count the different encoders of an input, which an ensemble may have several of."""
        return self.ensemble.n_encoders(self.input_kinds.index(kind)) if self.ensemble else 1

    @property
    def parts(self) -> dict[InputKind, Part | None]:
        """How each kind of input is prepared and encoded, None where the model does not take it."""
        return {
            InputKind.IMAGE: self.image,
            InputKind.NOTE: self.text,
            InputKind.VITALS: self.vitals,
            InputKind.AUDIO: self.audio,
        }

"""What the model says: findings, shares, explanation, and the whole result of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from medmm.core.finding_score import Decision as Decision
from medmm.core.finding_score import FindingScore as FindingScore
from medmm.core.heat_map import HeatMap, SoundMap
from medmm.core.network_input import NetworkInput
from medmm.core.quality import InputFile, InputKind, QualityNote
from medmm.core.run_record import RunRecord
from medmm.core.similar import SimilarCases
from medmm.core.what_if import WhatIf
from medmm.core.words import NOTHING, Words

# Part of the change that the parts of an attribution may miss before it has to be told.
MAX_GAP = 0.01
# From here on an input's own head says yes or no: odds of nearly three to one.
CLEAR_LOGIT = 1.0


@dataclass(frozen=True)
class InputUse:
    """Whether an input went into the prediction, and what the gate said about it."""

    used: bool
    gate: tuple[QualityNote, ...] = ()


@dataclass(frozen=True)
class Shares:
    """Exact Shapley share of each present input, in logits; sum(by_kind) = total - baseline.

    alone: what the head of each input by itself says, in logits and not calibrated; empty where it was not asked.
    """

    finding: str
    by_kind: dict[InputKind, float]
    baseline: float
    total: float
    alone: dict[InputKind, float] = field(default_factory=dict)

    @property
    def opposed(self) -> tuple[tuple[InputKind, ...], tuple[InputKind, ...]]:
        """Name the inputs whose own head says yes and those whose head says no; empty unless both are there."""
        yes = tuple(kind for kind, logit in self.alone.items() if logit >= CLEAR_LOGIT)
        no = tuple(kind for kind, logit in self.alone.items() if logit <= -CLEAR_LOGIT)
        return (yes, no) if yes and no else ((), ())

    @property
    def rests_on(self) -> InputKind | None:
        """The one input that carries over 90 % of the absolute shares, if there is one."""
        weight = sum(abs(share) for share in self.by_kind.values())
        top = max(self.by_kind, key=lambda kind: abs(self.by_kind[kind]), default=None)
        alone = top is not None and len(self.by_kind) > 1 and weight > 0 and abs(self.by_kind[top]) > 0.9 * weight
        return top if alone else None


@dataclass(frozen=True)
class TokenWeight:
    """Weight of a stretch of a note in logits; start and end index the original text of notes[note_index].

    is_negated: the stretch is a negation cue together with what it denies, weighed as one.
    """

    start: int
    end: int
    text: str
    weight: float
    section: str = ""
    note_index: int = 0
    is_negated: bool = False


@dataclass(frozen=True)
class MomentWeight:
    """Weight of one vital sign at one time in logits; time in ISO 8601."""

    time: str
    weight: float


@dataclass(frozen=True)
class VitalWeight:
    """Weight of one vital sign in logits, with the last value in its unit; value None where it was missing.

    imputed: it was not measured, the model went on from its default; reference: the usual range of an adult at rest;
    time: when the value was measured, ISO 8601, empty where it was not;
    moments: what each time adds to the weight, where the model reads the vital signs over time.
    """

    name: str
    value: float | None
    unit: str
    weight: float
    imputed: bool = False
    moments: tuple[MomentWeight, ...] = ()
    reference: tuple[float, float] | None = None
    time: str = ""

    @property
    def side(self) -> Literal["above", "below", ""]:
        """Tell on which side of its usual range the value lies, empty within it."""
        if self.value is None or self.reference is None:
            return ""
        return "above" if self.value > self.reference[1] else "below" if self.value < self.reference[0] else ""


@dataclass(frozen=True)
class JointSum:
    """What the inputs add to a finding's logit on one way from blank inputs to those of the case, in logits.

    sum(by_kind) = change up to the gap, which is relative to the change; baseline: the logit of the blank inputs;
    method: the attribution with the layer at which each input was varied; n_steps: points on the way.
    """

    by_kind: dict[InputKind, float]
    change: float
    baseline: float
    gap: float
    n_steps: int
    method: str

    @property
    def is_complete(self) -> bool:
        """Tell whether the parts add up to the change within 1 %."""
        return self.gap <= MAX_GAP


@dataclass(frozen=True)
class Explanation:
    """Why one finding got its score.

    joint: what each input adds, of which the weights of tokens and vitals are the pieces; completeness_gap: its gap.
    tokens: words, and negations with their target as one; sentences: the same weights summed over each sentence;
    map_refusal: why there is no heat map although one was asked for, empty otherwise;
    what_if: the answer if one thing of the case were otherwise.
    """

    finding: str
    heatmap: HeatMap | None = None
    tokens: tuple[TokenWeight, ...] = ()
    vitals: tuple[VitalWeight, ...] = ()
    completeness_gap: float | None = None
    sounds: tuple[SoundMap, ...] = ()
    joint: JointSum | None = None
    sentences: tuple[TokenWeight, ...] = ()
    map_refusal: Words = NOTHING
    what_if: tuple[WhatIf, ...] = ()


@dataclass(frozen=True)
class ModelIdentity:
    """Which model spoke, where it ran and how. sha256 covers every file of the bundle.

    n_members: how many networks answer side by side; 1 for a single network, also for a soup of several.
    """

    name: str
    version: str
    sha256: str
    device: str = "cpu"
    runtime: str = "torch"
    precision: str = "float32"
    is_calibrated: bool = False
    limits: tuple[str, ...] = ()
    n_members: int = 1


@dataclass(frozen=True)
class SeenImage:
    """Which image a number of the result means: its first slice's SOP instance UID and file, relative to the folder."""

    sop_instance_uid: str
    path: str


@dataclass(frozen=True)
class CaseResult:
    """The answer for one case: everything the window, the JSON, the PDF and the batch show.

    image_index: the one of the case's images that was scored, None where none was;
    images: what `image_index` and a heat map's count, for those who hold the case without its pixels;
    inputs: the files that were scored, with the SHA-256 of each;
    record: how it came about, None where that was not kept; seen: what the network got, not kept in a document;
    similar: training cases near this one, None where the bundle holds none; no score depends on them.
    """

    patient_id: str
    study_uid: str
    index_time: str
    model: ModelIdentity
    findings: tuple[FindingScore, ...]
    inputs_used: dict[InputKind, InputUse]
    shares: dict[str, Shares] = field(default_factory=dict)
    explanations: dict[str, Explanation] = field(default_factory=dict)
    checks: tuple[QualityNote, ...] = ()
    timing_ms: dict[str, float] = field(default_factory=dict)
    note_coverage: float | None = None
    image_index: int | None = None
    images: tuple[SeenImage, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    record: RunRecord | None = field(default=None, compare=False)
    seen: NetworkInput | None = field(default=None, compare=False)
    similar: SimilarCases | None = None

    @property
    def is_calibrated(self) -> bool:
        """Tell whether the numbers are probabilities: of a calibrated model, for inputs that it was calibrated for."""
        return self.model.is_calibrated and all(finding.probability is not None for finding in self.findings)

    @property
    def score_word(self) -> str:
        """Name what the numbers are."""
        return "probability" if self.is_calibrated else "uncalibrated score"

    @property
    def shared_reason(self) -> Words:
        """Why nothing at all is decided, where every finding is uncertain for the same reason; else empty."""
        reasons = dict.fromkeys(finding.reason for finding in self.findings)
        return next(iter(reasons)) if len(reasons) == 1 and len(self.findings) > 1 else NOTHING

    @property
    def missing_inputs(self) -> tuple[InputKind, ...]:
        """Name the inputs that the prediction did without; a sound counts only where the model could have heard it."""
        missing = [kind for kind, use in self.inputs_used.items() if not use.used]
        return tuple(kind for kind in missing if kind is not InputKind.AUDIO or _could_hear(self.inputs_used[kind]))


def _could_hear(use: InputUse) -> bool:
    return any(note.code != "not_in_model" for note in use.gate)

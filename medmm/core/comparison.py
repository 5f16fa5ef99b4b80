"""Two results of one case beside each other: what changed in the answers, and in how they came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from medmm.core.prediction import CaseResult, FindingScore

# A change of the shown number above this is listed as one (FIELD.md 14, rule 13).
LARGE_CHANGE = 0.1
# Largest difference in logits that another run of the same bundle may show: on the same device, and on another one.
SAME_DEVICE, OTHER_DEVICE = 1e-4, 1e-3

Verdict = Literal["identical", "within", "beyond"]
Place = Literal["file", "model", "software", "machine", "setting", "step", "input"]


@dataclass(frozen=True)
class FindingDelta:
    """One finding in both results; None where a result does not have it."""

    name: str
    first: FindingScore | None
    second: FindingScore | None

    @property
    def logit(self) -> float | None:
        """Second minus first in logits."""
        if self.first is None or self.second is None:
            return None
        return self.second.logit - self.first.logit

    @property
    def shown(self) -> float | None:
        """Second minus first on one scale: probabilities where both are calibrated, else raw scores."""
        if self.first is None or self.second is None:
            return None
        one, other = self.first.probability, self.second.probability
        if one is None or other is None:
            return self.second.score - self.first.score
        return other - one

    @property
    def is_flipped(self) -> bool:
        """Tell whether the decision is another one."""
        return self.first is not None and self.second is not None and self.first.decision != self.second.decision

    @property
    def is_large(self) -> bool:
        """Tell whether the number changed by more than 0.1."""
        return self.shown is not None and abs(self.shown) > LARGE_CHANGE


@dataclass(frozen=True)
class Difference:
    """One thing in which two runs differ; empty text where one of them does not have it."""

    place: Place
    name: str
    first: str
    second: str


@dataclass(frozen=True)
class Comparison:
    """Two results of one case. deltas: largest disagreement first; nothing of one result goes into the other."""

    first: CaseResult
    second: CaseResult
    deltas: tuple[FindingDelta, ...]
    differences: tuple[Difference, ...]

    @property
    def largest_logit(self) -> float | None:
        """The largest difference in logits, None where no finding is in both."""
        return max((abs(delta.logit) for delta in self.deltas if delta.logit is not None), default=None)

    @property
    def largest_shown(self) -> float | None:
        """The largest difference of the numbers shown."""
        return max((abs(delta.shown) for delta in self.deltas if delta.shown is not None), default=None)

    @property
    def tolerance(self) -> float:
        """The difference in logits that counts as the same answer."""
        one, other = self.first.model, self.second.model
        is_same = (_device(one.device), one.precision) == (_device(other.device), other.precision)
        return SAME_DEVICE if is_same else OTHER_DEVICE

    @property
    def verdict(self) -> Verdict:
        """Tell whether both gave the same answer to the last bit, within the tolerance, or not."""
        gap = self.largest_logit
        is_whole = all(delta.first is not None and delta.second is not None for delta in self.deltas)
        if gap is None or not is_whole or gap > self.tolerance:
            return "beyond"
        is_same = gap == 0 and not any(delta.is_flipped for delta in self.deltas)
        return "identical" if is_same else "within"


def compare(first: CaseResult, second: CaseResult) -> Comparison:
    """Put two results of one case side by side, the largest disagreement first."""
    ours = {finding.name: finding for finding in first.findings}
    theirs = {finding.name: finding for finding in second.findings}
    deltas = [FindingDelta(name, ours.get(name), theirs.get(name)) for name in dict.fromkeys((*ours, *theirs))]
    deltas.sort(key=_agreement)
    return Comparison(first, second, tuple(deltas), tuple(_differences(first, second)))


def _agreement(delta: FindingDelta) -> tuple[bool, bool, float]:
    gap = delta.shown
    return (gap is None, not delta.is_flipped and not delta.is_large, -abs(gap or 0.0))


def _device(title: str) -> str:
    # "cpu (2 threads)" and "cpu (1 threads)" are one device; threads are told as a difference of their own.
    return title.split(" ")[0]


def _differences(first: CaseResult, second: CaseResult) -> list[Difference]:
    found = _changed("file", _files(first), _files(second))
    found += _changed("model", _model(first), _model(second))
    found += _changed("input", _inputs(first), _inputs(second))
    one, other = first.record, second.record
    if one is None or other is None:
        return found
    found += _changed("software", one.software, other.software)
    found += _changed("machine", one.machine, other.machine)
    found += _changed("setting", one.settings, other.settings)
    found += _changed("step", _steps(first), _steps(second))
    return found


def _changed(place: Place, first: Mapping[str, str], second: Mapping[str, str]) -> list[Difference]:
    names = dict.fromkeys((*first, *second))
    pairs = ((name, first.get(name, ""), second.get(name, "")) for name in names)
    return [Difference(place, name, one, other) for name, one, other in pairs if one != other]


def _files(result: CaseResult) -> dict[str, str]:
    return {file.path: file.sha256 for file in result.inputs}


def _model(result: CaseResult) -> dict[str, str]:
    model = result.model
    return {"name": model.name, "version": model.version, "sha256": model.sha256}


def _inputs(result: CaseResult) -> dict[str, str]:
    used = {kind.value: "used" if use.used else "unused" for kind, use in result.inputs_used.items()}
    record = result.record
    tensors = record.tensors if record is not None else {}
    return used | {f"{kind.value} tensor": facts.sha256 for kind, facts in tensors.items()}


def _steps(result: CaseResult) -> dict[str, str]:
    steps = result.record.steps if result.record is not None else {}
    return {
        f"{kind.value}.{step.code}.{name}": _as_text(value)
        for kind, own in steps.items()
        for step in own
        for name, value in step.parameters.items()
    }


def _as_text(value: object) -> str:
    # Read back from a document a tuple is a list, and a whole float may have become an integer.
    if isinstance(value, list | tuple):
        return ", ".join(_as_text(one) for one in value)
    return f"{value:.9g}" if isinstance(value, float) else str(value)

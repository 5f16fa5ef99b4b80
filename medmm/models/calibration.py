"""What turns logits into probabilities and decisions: temperatures, thresholds, conformal scores, as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from medmm.core.errors import BundleRefused
from medmm.core.quality import InputKind
from medmm.core.words import Words

# The class of a softmax head that is no finding.
NONE = "none"
AGAIN = Words("Import the bundle again.")


@dataclass(frozen=True)
class PatternScores:
    """Conformal scores 1 - p(true class), ascending, of labelled cases that were scored with one set of inputs.

    n_cases: how many cases; n_own: how many of them had exactly these inputs, of the others the rest was left out;
    present: finding -> scores of the cases that have it; absent: finding -> scores of those that have it not, under a
    softmax head NONE -> scores of the cases without any finding. A list may be empty: of that class there was no case.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    n_cases: int
    n_own: int
    present: dict[str, list[float]]
    absent: dict[str, list[float]]


@dataclass(frozen=True)
class Calibration:
    """One temperature and one threshold per finding; probability = sigmoid(logit / temperature).

    A softmax head has the same temperature T at every finding: probabilities = softmax(log p / T), "none" included.
    is_calibrated False: temperatures mean nothing, thresholds are on sigmoid(logit) and no probability is shown.
    threshold_rule and n_cases say in words where the numbers come from.
    patterns: pattern of inputs (`pattern_name`) -> scores that decisions at level 1 - alpha rest on; pooled: the same
    of all cases with the inputs they have, for patterns that have too few. Empty and None in bundles made before:
    these hold at most positive_quantiles and negative_quantiles, the quantiles of 1 - p(class) per finding among all
    calibration cases with and without it, at most 1.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    temperatures: dict[str, float]
    thresholds: dict[str, float]
    threshold_rule: str
    n_cases: int
    is_calibrated: bool = True
    positive_quantiles: dict[str, float] = field(default_factory=dict)
    negative_quantiles: dict[str, float] = field(default_factory=dict)
    alpha: float = 0.1
    patterns: dict[str, PatternScores] = field(default_factory=dict)
    pooled: PatternScores | None = None

    @property
    def has_scores(self) -> bool:
        """Tell whether decisions can rest on calibration scores by pattern of inputs."""
        return self.is_calibrated and self.pooled is not None


_ADAPTER = TypeAdapter(Calibration)


def pattern_name(kinds: Iterable[InputKind]) -> str:
    """Name a pattern of present inputs: image+note."""
    return "+".join(sorted(kind.value for kind in kinds))


def calibration_to_json(calibration: Calibration) -> str:
    """Write a calibration as JSON: numbers of one list on one line."""
    return "\n".join(_lines(asdict(calibration)))


def _lines(value: object, indent: str = "") -> Iterator[str]:
    if not isinstance(value, dict) or not value:
        yield json.dumps(value, ensure_ascii=False)
        return
    yield "{"
    for place, (key, item) in enumerate(value.items(), start=1):
        first, *rest = _lines(item, indent + "  ")
        lines = [f"{indent}  {json.dumps(key, ensure_ascii=False)}: {first}", *rest]
        yield from lines[:-1]
        yield lines[-1] + ("," if place < len(value) else "")
    yield indent + "}"


def calibration_from_json(text: str | bytes, *, findings: tuple[str, ...], head: str = "sigmoid") -> Calibration:
    """Read a calibration. Raises BundleRefused unless it fits the findings and the head, with positive temperatures."""
    try:
        calibration = _ADAPTER.validate_json(text, strict=True)
    except ValidationError as error:
        raise BundleRefused(Words("calibration.json: {error}", error=error.errors()[0]["msg"]), AGAIN) from error
    _require_findings(calibration, findings, head)
    if bad := next(_out_of_range(calibration), None):
        raise BundleRefused(Words("calibration.json: value out of range for {bad!r}", bad=bad), AGAIN)
    if head == "softmax" and len(set(calibration.temperatures.values())) > 1:
        raise BundleRefused(
            Words("calibration.json: findings that exclude each other have one temperature, not several"), AGAIN
        )
    return calibration


def _require_findings(calibration: Calibration, findings: tuple[str, ...], head: str) -> None:
    quantiles = (calibration.positive_quantiles, calibration.negative_quantiles)
    named = [calibration.temperatures, calibration.thresholds, *(quantiles if any(quantiles) else ())]
    fits = all(set(found) == set(findings) for found in named)
    for scores in _all_scores(calibration):
        absent = {NONE} if head == "softmax" else set(findings)
        fits &= set(scores.present) == set(findings) and set(scores.absent) == absent
    if not fits:
        raise BundleRefused(Words("calibration.json does not name the findings of the model"), AGAIN)


def _out_of_range(calibration: Calibration) -> Iterator[str]:
    if not 0 < calibration.alpha < 1:
        yield "alpha"
    kinds = {kind.value for kind in InputKind}
    yield from (name for name in calibration.patterns if not set(name.split("+")) <= kinds)
    for scores in _all_scores(calibration):
        for by_class in (scores.present, scores.absent):
            yield from (name for name, values in by_class.items() if not all(0 <= value <= 1 for value in values))
    for quantiles in (calibration.positive_quantiles, calibration.negative_quantiles):
        yield from (name for name, value in quantiles.items() if not 0 <= value <= 1)
    yield from (name for name, value in calibration.temperatures.items() if not 0.01 <= value <= 100)
    yield from (name for name, value in calibration.thresholds.items() if not 0 < value < 1)


def _all_scores(calibration: Calibration) -> list[PatternScores]:
    return [*calibration.patterns.values(), *([calibration.pooled] if calibration.pooled else [])]

"""From logits to scores, probabilities, intervals and decisions: temperature, thresholds, conformal answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import ModelError
from medmm.core.prediction import Decision, FindingScore
from medmm.core.words import Words
from medmm.inference.conformal import Limits, possible_answers
from medmm.inference.cooling import class_log_probabilities, cooled_logits
from medmm.inference.doubt_words import why_uncertain
from medmm.models.calibration import Calibration

Array = NDArray[np.float64]


@dataclass(frozen=True)
class OperatingPoint:
    """How one finding's logit is read.

    temperature: None without calibration (then there is no probability);
    threshold: on the scale that is shown (probability when calibrated, else score).
    """

    finding: str
    threshold: float = 0.5
    temperature: float | None = None


def operating_points(findings: Sequence[str], calibration: Calibration | None) -> tuple[OperatingPoint, ...]:
    """Read a bundle's calibration; without one every finding has threshold 0.5 on its score and no probability."""
    if calibration is None:
        return tuple(OperatingPoint(finding) for finding in findings)
    return tuple(
        OperatingPoint(
            finding=finding,
            threshold=calibration.thresholds[finding],
            temperature=calibration.temperatures[finding] if calibration.is_calibrated else None,
        )
        for finding in findings
    )


def uncalibrated_points(points: Sequence[OperatingPoint]) -> tuple[OperatingPoint, ...]:
    """Give the operating points on the scale of the raw score: what is left of them where calibration does not hold.

    Under a softmax head with a temperature, the score at which the finding alone would reach its threshold.
    """
    return tuple(
        point if point.temperature is None else OperatingPoint(point.finding, _on_score(point.threshold, point))
        for point in points
    )


def _on_score(threshold: float, point: OperatingPoint) -> float:
    if not 0.0 < threshold < 1.0:
        return threshold
    return sigmoid((point.temperature or 1.0) * math.log(threshold / (1.0 - threshold)))


def score_findings(
    logits: Sequence[float],
    points: Sequence[OperatingPoint],
    *,
    head: str = "sigmoid",
    limits: Limits | None = None,
    members: Array | None = None,
) -> tuple[FindingScore, ...]:
    """Turn logits into scores with decisions, in the order of `points`. head: as in the model's spec.

    limits: what the calibration cases with the same inputs allow, None where nothing is known about the doubt;
    members: logits [M, F] of an ensemble's members, whose range becomes the interval; None where there are none.
    Raises ModelError when a logit is not a finite number: that is never shown as a score.
    """
    for logit, point in zip(logits, points, strict=True):
        _require_finite(float(logit), point)
    temperatures = np.array([1.0 if point.temperature is None else point.temperature for point in points])
    cooled = cooled_logits(np.array(logits, dtype=np.float64), temperatures, head=head)
    probabilities = _sigmoids(cooled)
    scores = [
        _score(float(raw), float(own), point) for raw, own, point in zip(logits, probabilities, points, strict=True)
    ]
    if members is not None:
        ranges = _member_ranges(members, probabilities, temperatures, head)
        scores = [replace(score, interval=own) for score, own in zip(scores, ranges, strict=True)]
    if limits is None:
        return tuple(scores)
    none = float(np.exp(class_log_probabilities(cooled)[0])) if head == "softmax" else None
    answers = possible_answers(probabilities, limits, none=none)
    return tuple(_with_doubt(score, answers[place], limits, place) for place, score in enumerate(scores))


def _require_finite(logit: float, point: OperatingPoint) -> None:
    if not math.isfinite(logit):
        raise ModelError(
            Words("the model's output for {finding} is {logit}, not a number", finding=point.finding, logit=logit),
            Words("The weights or the input are damaged; verify the bundle with `medmm models verify`."),
        )


def _score(logit: float, probability: float, point: OperatingPoint) -> FindingScore:
    is_calibrated = point.temperature is not None
    shown = probability if is_calibrated else sigmoid(logit)
    return FindingScore(
        name=point.finding,
        logit=logit,
        score=sigmoid(logit),
        probability=shown if is_calibrated else None,
        threshold=point.threshold,
        decision="positive" if shown >= point.threshold else "negative",
    )


def _with_doubt(score: FindingScore, possible: tuple[Decision, ...], limits: Limits, place: int) -> FindingScore:
    """Keep the threshold's decision where it is the one possible answer, and calibration cases could exclude either."""
    absent = limits.absent[place] if len(limits.absent) > 1 else limits.absent[0]
    sides = (absent, limits.present[place])
    if possible == (score.decision,) and not any(math.isinf(side.quantile) for side in sides):
        return score
    return replace(score, decision="uncertain", reason=why_uncertain(possible, limits, sides))


def _member_ranges(members: Array, probabilities: Array, temperatures: Array, head: str) -> list[tuple[float, float]]:
    """Give the lowest and highest number of the members, on the shown scale; the number itself lies between."""
    every = np.vstack([_sigmoids(cooled_logits(members, temperatures, head=head)), probabilities[None]])
    return list(zip(every.min(axis=0).tolist(), every.max(axis=0).tolist(), strict=True))


def _sigmoids(logits: Array) -> Array:
    values: Array = np.exp(-np.logaddexp(0.0, -logits))
    return values


def sigmoid(logit: float) -> float:
    """Logistic function without overflow."""
    if logit >= 0:
        return 1.0 / (1.0 + math.exp(-logit))
    small = math.exp(logit)
    return small / (1.0 + small)

"""From logits to scores, probabilities and decisions: temperature, thresholds, conformal sets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medmm.core.errors import ModelError
from medmm.core.prediction import Decision, FindingScore
from medmm.core.words import Words
from medmm.inference.cooling import cooled_logits
from medmm.models.calibration import Calibration


@dataclass(frozen=True)
class OperatingPoint:
    """How one finding's logit is read.

    temperature: None without calibration (then there is no probability);
    threshold: on the scale that is shown (probability when calibrated, else score);
    positive_quantile, negative_quantile: conformal quantiles of 1 - p(class) among calibration cases that have,
    and that have not, the finding (class-conditional LAC, MODEL.md 2.1); 1 where there were too few cases to exclude
    anything.
    """

    finding: str
    threshold: float = 0.5
    temperature: float | None = None
    positive_quantile: float | None = None
    negative_quantile: float | None = None


def operating_points(findings: Sequence[str], calibration: Calibration | None) -> tuple[OperatingPoint, ...]:
    """Read a bundle's calibration; without one every finding has threshold 0.5 on its score and no probability."""
    if calibration is None:
        return tuple(OperatingPoint(finding) for finding in findings)
    return tuple(
        OperatingPoint(
            finding=finding,
            threshold=calibration.thresholds[finding],
            temperature=calibration.temperatures[finding] if calibration.is_calibrated else None,
            positive_quantile=calibration.positive_quantiles.get(finding),
            negative_quantile=calibration.negative_quantiles.get(finding),
        )
        for finding in findings
    )


def score_findings(
    logits: Sequence[float], points: Sequence[OperatingPoint], *, head: str = "sigmoid"
) -> tuple[FindingScore, ...]:
    """Turn logits into scores with decisions, in the order of `points`. head: as in the model's spec.

    Raises ModelError when a logit is not a finite number: that is never shown as a score.
    """
    for logit, point in zip(logits, points, strict=True):
        _require_finite(float(logit), point)
    temperatures = np.array([1.0 if point.temperature is None else point.temperature for point in points])
    cooled = cooled_logits(np.array(logits, dtype=np.float64), temperatures, head=head)
    return tuple(_score(float(raw), float(own), point) for raw, own, point in zip(logits, cooled, points, strict=True))


def _require_finite(logit: float, point: OperatingPoint) -> None:
    if not math.isfinite(logit):
        raise ModelError(
            Words("the model's output for {finding} is {logit}, not a number", finding=point.finding, logit=logit),
            Words("The weights or the input are damaged; verify the bundle with `medmm models verify`."),
        )


def _score(logit: float, cooled: float, point: OperatingPoint) -> FindingScore:
    probability = None if point.temperature is None else sigmoid(cooled)
    shown = sigmoid(logit) if probability is None else probability
    return FindingScore(
        name=point.finding,
        logit=logit,
        score=sigmoid(logit),
        probability=probability,
        threshold=point.threshold,
        decision=decide(shown, point),
    )


def decide(shown: float, point: OperatingPoint) -> Decision:
    """Decide positive, negative or uncertain.

    With conformal quantiles the set over {negative, positive} decides: one member that agrees with the threshold is
    the decision; both, none, or a member on the other side of the threshold is uncertain.
    Without quantiles (or without calibration) nothing is known about the doubt, and the threshold alone decides.
    """
    by_threshold: Decision = "positive" if shown >= point.threshold else "negative"
    if point.temperature is not None and point.positive_quantile is not None and point.negative_quantile is not None:
        return by_threshold if conformal_set(shown, point) == (by_threshold,) else "uncertain"
    return by_threshold


def conformal_set(probability: float, point: OperatingPoint) -> tuple[Decision, ...]:
    """List the answers that the calibration cases do not contradict at the bundle's level (split conformal, LAC)."""
    assert point.positive_quantile is not None
    assert point.negative_quantile is not None
    is_positive_possible = 1.0 - probability <= point.positive_quantile
    is_negative_possible = probability <= point.negative_quantile
    members: list[Decision] = []
    if is_negative_possible:
        members.append("negative")
    if is_positive_possible:
        members.append("positive")
    return tuple(members)


def conformal_quantile(scores: Sequence[float], *, alpha: float) -> float:
    """Give the ceil((n + 1)(1 - alpha))-th smallest score; inf (= the full set) when there are too few scores."""
    rank = math.ceil((len(scores) + 1) * (1.0 - alpha))
    return sorted(scores)[rank - 1] if rank <= len(scores) else math.inf


def class_quantiles(
    probabilities: Sequence[float], has_finding: Sequence[bool], *, alpha: float
) -> tuple[float, float]:
    """Give the (positive, negative) conformal quantiles of calibration cases, at most 1 (= always possible)."""
    positive = [1.0 - p for p, has in zip(probabilities, has_finding, strict=True) if has]
    negative = [p for p, has in zip(probabilities, has_finding, strict=True) if not has]
    return min(1.0, conformal_quantile(positive, alpha=alpha)), min(1.0, conformal_quantile(negative, alpha=alpha))


def sigmoid(logit: float) -> float:
    """Logistic function without overflow."""
    if logit >= 0:
        return 1.0 / (1.0 + math.exp(-logit))
    small = math.exp(logit)
    return small / (1.0 + small)

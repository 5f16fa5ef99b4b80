"""Split conformal answers: what the calibration cases do not contradict, by class and by pattern of inputs.

A class stays possible while 1 - p(class) is at most the quantile of the calibration cases of that class that were
scored with the same inputs (LAC of Sadinle et al. 2019, Mondrian by class and pattern as in Vovk et al. 2005, 4.5).
The true class is then among the possible ones in at least 1 - alpha of the cases, for every class and pattern.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.prediction import Decision
from medmm.core.quality import InputKind
from medmm.models.calibration import NONE, Calibration, PatternScores, pattern_name

Array = NDArray[np.float64]
# (n + 1)(1 - alpha) is a whole number for the usual levels; its rounding error must not cost a rank.
ROUNDING = 1e-9


@dataclass(frozen=True)
class ClassLimit:
    """How unlike its calibration cases a class may be: quantile of 1 - p(class), infinity where it is never excluded.

    n_cases: calibration cases of the class behind it, None where the bundle does not say.
    """

    quantile: float
    n_cases: int | None = None


@dataclass(frozen=True)
class Limits:
    """The limits that hold for one pattern of inputs.

    present: one for each finding; absent: one for each finding, or under a softmax head the one of "none of them";
    is_pooled: some limit rests on the cases of all patterns together; is_by_pattern: the bundle has scores by pattern.
    """

    alpha: float
    present: tuple[ClassLimit, ...]
    absent: tuple[ClassLimit, ...]
    is_pooled: bool = False
    is_by_pattern: bool = True


def conformal_quantile(scores: Sequence[float], *, alpha: float) -> float:
    """Give the ceil((n + 1)(1 - alpha))-th smallest score; inf (= the full set) when there are too few scores."""
    rank = math.ceil((len(scores) + 1) * (1.0 - alpha) - ROUNDING)
    return sorted(scores)[rank - 1] if rank <= len(scores) else math.inf


def needed_cases(alpha: float) -> int:
    """Give the smallest number of cases of a class of which the level 1 - alpha can exclude anything."""
    return math.ceil(1.0 / alpha - ROUNDING) - 1


def limits_for(
    calibration: Calibration | None, findings: Sequence[str], kinds: Iterable[InputKind], *, head: str = "sigmoid"
) -> Limits | None:
    """Choose the limits for a case with these inputs; None where the bundle cannot doubt.

    A class with too few cases of the pattern takes the pooled ones; with too few of these it is never excluded.
    """
    if calibration is None or not calibration.is_calibrated:
        return None
    absent_classes = [NONE] if head == "softmax" else list(findings)
    if calibration.pooled is None:
        return _quantiles_alone(calibration, findings)
    own, alpha = calibration.patterns.get(pattern_name(kinds)), calibration.alpha
    present: dict[str, ClassLimit] = {}
    absent: dict[str, ClassLimit] = {}
    is_pooled = False
    for classes, found, side in ((findings, present, "present"), (absent_classes, absent, "absent")):
        for name in classes:
            scores = _scores(own, side, name)
            if len(scores) < needed_cases(alpha):
                scores, is_pooled = _scores(calibration.pooled, side, name), True
            found[name] = ClassLimit(conformal_quantile(scores, alpha=alpha), len(scores))
    return Limits(alpha, tuple(present.values()), tuple(absent.values()), is_pooled)


def _scores(pattern: PatternScores | None, side: str, name: str) -> Sequence[float]:
    by_class: Mapping[str, list[float]] = getattr(pattern, side) if pattern is not None else {}
    return by_class.get(name, ())


def _quantiles_alone(calibration: Calibration, findings: Sequence[str]) -> Limits | None:
    positive, negative = calibration.positive_quantiles, calibration.negative_quantiles
    if not positive or not negative:
        return None
    return Limits(
        calibration.alpha,
        tuple(ClassLimit(positive[name]) for name in findings),
        tuple(ClassLimit(negative[name]) for name in findings),
        is_pooled=True,
        is_by_pattern=False,
    )


def possible_classes(probabilities: Array, quantiles: Sequence[float]) -> NDArray[np.bool_]:
    """Tell which classes are possible, [..., C], from their probabilities [..., C]."""
    possible: NDArray[np.bool_] = 1.0 - probabilities <= np.asarray(quantiles)
    return possible


def possible_answers(probabilities: Array, limits: Limits, *, none: float | None = None) -> list[tuple[Decision, ...]]:
    """List the possible answers of every finding of a case from their probabilities [F].

    none: the probability of "none of them" of a softmax head; then a finding is possibly absent where any other class
    is possible.
    """
    positive = possible_classes(probabilities, [limit.quantile for limit in limits.present])
    absent = [limit.quantile for limit in limits.absent]
    if none is None or not limits.is_by_pattern:
        negative = possible_classes(1.0 - probabilities, absent)
    else:
        is_none = bool(possible_classes(np.array([none]), absent)[0])
        negative = np.array([is_none or positive.sum() > own for own in positive], dtype=bool)
    names: tuple[tuple[NDArray[np.bool_], Decision], ...] = ((negative, "negative"), (positive, "positive"))
    return [tuple(word for which, word in names if which[place]) for place in range(len(positive))]

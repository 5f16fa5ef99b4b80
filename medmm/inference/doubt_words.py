"""Doubt in words: why a finding is uncertain, and what the decisions of a case rest on."""

from __future__ import annotations

import math
from collections.abc import Iterable

from medmm.core.prediction import Decision
from medmm.core.quality import InputKind, QualityNote
from medmm.core.words import Words, in_a_row
from medmm.inference.conformal import ClassLimit, Limits, needed_cases
from medmm.models.calibration import Calibration


def why_uncertain(possible: tuple[Decision, ...], limits: Limits, sides: tuple[ClassLimit, ClassLimit]) -> Words:
    """Say why no answer is given.

    sides: the limits of the finding's absence and presence; one that is infinite had too few cases to exclude anything.
    """
    level = f"{100 * (1 - limits.alpha):g}"
    absent, present = sides
    if math.isinf(present.quantile) or math.isinf(absent.quantile):
        return _too_few(level, limits, absent, present)
    if len(possible) > 1:
        return Words("Cannot tell at {level} %: both answers are possible.", level=level)
    if not possible:
        return Words("Cannot tell at {level} %: neither answer resembles the calibration cases.", level=level)
    return Words(
        "Cannot tell at {level} %: number and threshold say one thing, the calibration cases the other.", level=level
    )


def _too_few(level: str, limits: Limits, absent: ClassLimit, present: ClassLimit) -> Words:
    needed = needed_cases(limits.alpha)
    if math.isinf(present.quantile):
        return Words(
            "Cannot tell at {level} %: {n} calibration cases with the finding, at least {needed} are needed.",
            level=level,
            n=present.n_cases,
            needed=needed,
        )
    return Words(
        "Cannot tell at {level} %: {n} calibration cases without the finding, at least {needed} are needed.",
        level=level,
        n=absent.n_cases,
        needed=needed,
    )


def basis_notes(
    calibration: Calibration | None, limits: Limits | None, kinds: Iterable[InputKind]
) -> tuple[QualityNote, ...]:
    """Say what the decisions rest on where that is less than calibration cases with the same inputs."""
    if calibration is None or not calibration.is_calibrated:
        text = Words(
            "No conformal decision can be made: the scores are not calibrated. The threshold alone decides, and "
            "nothing is ever called uncertain."
        )
        return (QualityNote("no_conformal_decision", text),)
    if limits is None:
        text = Words(
            "No conformal decision can be made: the model's bundle holds no calibration scores. The threshold alone "
            "decides, and nothing is ever called uncertain."
        )
        return (QualityNote("no_conformal_decision", text),)
    if not limits.is_by_pattern:
        text = Words(
            "No conformal decision by inputs can be made: the model's bundle holds no calibration scores by pattern of "
            "inputs. What is uncertain follows from all its calibration cases together, whatever inputs they had."
        )
        return (QualityNote("no_conformal_by_inputs", text),)
    if limits.is_pooled:
        text = Words(
            "Too few calibration cases had exactly these inputs ({inputs}). What is uncertain follows from the "
            "calibration cases of all patterns of inputs together.",
            inputs=in_a_row(kinds),
        )
        return (QualityNote("conformal_pooled", text),)
    return ()

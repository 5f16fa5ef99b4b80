"""How far readers and model agree, by finding and by month, from the reviews that are kept."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from medmm.core.review import SAME_LOGIT, Call, Review

Z_95 = 1.959963984540054


class Reads(StrEnum):
    """Which of the readings count: all, those made before the model's value was seen, or those made after."""

    ALL = "all"
    READER_FIRST = "reader first"
    AI_FIRST = "AI first"


@dataclass(frozen=True)
class CaseReviews:
    """The log of one case. case: an opaque name, never the patient's."""

    case: str
    reviews: tuple[Review, ...]


@dataclass(frozen=True)
class Agreement:
    """Readings of one finding, or of one month. kappa and interval: None where they are not defined.

    n: with an opinion, = n_agreed + n_overruled; n_changed: the reader's call was another one after he saw the model's.
    """

    name: str
    n: int
    n_agreed: int
    n_overruled: int
    n_no_opinion: int
    n_changed: int
    kappa: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class _Read:
    decision: str
    call: Call
    month: str
    finding: str
    is_changed: bool


def agreement_by_finding(cases: Iterable[CaseReviews], *, reads: Reads = Reads.ALL) -> tuple[Agreement, ...]:
    """Give one row a finding, by name."""
    groups: defaultdict[str, list[_Read]] = defaultdict(list)
    for read in _reads(cases, reads):
        groups[read.finding].append(read)
    return tuple(_agreement(name, groups[name]) for name in sorted(groups))


def agreement_by_month(
    cases: Iterable[CaseReviews], *, finding: str = "", reads: Reads = Reads.ALL
) -> tuple[Agreement, ...]:
    """Give one row a month (2026-11), the oldest first; finding: only that one, empty for all together."""
    groups: defaultdict[str, list[_Read]] = defaultdict(list)
    for read in _reads(cases, reads):
        if finding in ("", read.finding):
            groups[read.month].append(read)
    return tuple(_agreement(name, groups[name]) for name in sorted(groups))


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Give Cohen's kappa (1960) of two nominal ratings; None without pairs or where chance alone agrees always."""
    observed, expected = _observed_and_expected(pairs)
    if not pairs or math.isclose(expected, 1.0):
        return None
    return (observed - expected) / (1 - expected)


def kappa_interval(pairs: Sequence[tuple[str, str]]) -> tuple[float, float] | None:
    """Give the 95 % interval of kappa with chance agreement taken as fixed, as Cohen (1960) does in his eq. 9.

    The observed agreement has Wilson's score interval in place of Wald's, which would be a point where all agree.
    """
    observed, expected = _observed_and_expected(pairs)
    if not pairs or math.isclose(expected, 1.0):
        return None
    n = len(pairs)
    middle = (observed + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
    half = Z_95 / (1 + Z_95**2 / n) * math.sqrt(observed * (1 - observed) / n + Z_95**2 / (4 * n**2))
    low, high = ((end - expected) / (1 - expected) for end in (middle - half, middle + half))
    return max(-1.0, low), min(1.0, high)


def _observed_and_expected(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    n = len(pairs)
    if not n:
        return 0.0, 0.0
    one, other = [first for first, _ in pairs], [second for _, second in pairs]
    kinds = {*one, *other}
    observed = sum(first == second for first, second in pairs) / n
    return observed, sum(one.count(kind) * other.count(kind) for kind in kinds) / n**2


def _agreement(name: str, reads: Sequence[_Read]) -> Agreement:
    pairs = [(read.decision, read.call.value) for read in reads if read.call is not Call.NO_OPINION]
    n_agreed = sum(decision == call for decision, call in pairs)
    return Agreement(
        name=name,
        n=len(pairs),
        n_agreed=n_agreed,
        n_overruled=len(pairs) - n_agreed,
        n_no_opinion=len(reads) - len(pairs),
        n_changed=sum(read.is_changed for read in reads),
        kappa=cohen_kappa(pairs),
        interval=kappa_interval(pairs),
    )


def _reads(cases: Iterable[CaseReviews], reads: Reads) -> list[_Read]:
    answers = [answer for case in cases for answer in _answers(case.reviews)]
    return [read for read in (_read(answer, reads) for answer in answers) if read is not None]


def _answers(log: Sequence[Review]) -> list[list[Review]]:
    """Put the reviews of one and the same answer of a model together, in the order of the log."""
    groups: list[list[Review]] = []
    for review in log:
        group = next((group for group in groups if _is_same(group[0], review)), None)
        if group is None:
            groups.append([review])
        else:
            group.append(review)
    return groups


def _is_same(one: Review, other: Review) -> bool:
    is_same = (one.finding, one.model.sha256, one.ai.decision) == (
        other.finding, other.model.sha256, other.ai.decision,
    )  # fmt: skip
    return is_same and abs(one.ai.logit - other.ai.logit) <= SAME_LOGIT


def _read(answer: Sequence[Review], reads: Reads) -> _Read | None:
    blind = next((review for review in answer if review.is_first), None)
    if (reads is Reads.READER_FIRST and blind is None) or (reads is Reads.AI_FIRST and blind is not None):
        return None
    # What was said before the model was seen is the independent reading; without one, the last word counts.
    counted = blind or answer[-1]
    is_changed = blind is not None and answer[-1].call is not blind.call
    return _Read(counted.ai.decision, counted.call, counted.time[:7], counted.finding, is_changed)

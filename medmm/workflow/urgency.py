"""In which order cases are read: the urgent ones first, and none waits for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from medmm.core.words import Words, as_title

# What a case is by its result. What the model could not read comes after everything that it could.
RANKS = {"positive": 0, "uncertain": 1, "negative": 2}
APART = 3


@dataclass(frozen=True)
class Waiting:
    """A case that nobody has read. since: when it could be read first, in seconds of any clock.

    decision: of the case as a whole, "" where there is no result; weight: the highest probability among the findings
    with that decision.
    """

    case: str
    decision: str
    weight: float
    since: float

    @property
    def rank(self) -> int:
        """The group that a case belongs to, the most urgent one first."""
        return RANKS.get(self.decision, APART)


@dataclass(frozen=True)
class Place:
    """A case in its place. is_overdue: it stands there because it has waited too long."""

    case: str
    is_overdue: bool = False


def reading_order(
    waiting: Iterable[Waiting], *, now: float, longest_wait_s: float | None, n_read: int = 0
) -> list[Place]:
    """Put cases in the order in which they are to be read; the order of equal ones is that of their names.

    Positive cases by their probability, then uncertain, negative and those without a result. What has waited longer
    than longest_wait_s (None: there is no such limit) goes to the front, the oldest first, and takes turns with the
    positive ones: a night's backlog that is overdue as a whole must not bury what is urgent. n_read: cases read before,
    which say whose turn it is. A case with k older overdue ones before it is read after 2 k + 2 others at most.
    """
    ranked = sorted(waiting, key=lambda one: (one.rank, -one.weight, one.since, one.case))
    overdue = [] if longest_wait_s is None else [one for one in ranked if now - one.since > longest_wait_s]
    overdue.sort(key=lambda one: (one.since, one.case))
    late = {one.case for one in overdue}
    n_positive = sum(one.rank == 0 for one in ranked)
    first, rest = ranked[:n_positive], ranked[n_positive:]
    turns = _take_turns(overdue, first, is_second_first=n_read % 2 == 1)
    return [
        *(Place(one.case, is_overdue=one.case in late and one.rank != 0) for one in turns),
        *(Place(one.case) for one in rest if one.case not in late),
    ]


def words_for(decision: str, finding: str, weight: float) -> Words:
    """Say in one line why a case that has a result stands where it does; finding: the one that decided."""
    if decision == "positive":
        return Words("{finding} {value}", finding=as_title(finding), value=f"{weight:.2f}")
    if decision == "uncertain":
        return Words("uncertain: {finding} {value}", finding=as_title(finding), value=f"{weight:.2f}")
    return Words("nothing found")


def words_of_wait(seconds: float) -> Words:
    """Say how long a case has waited."""
    minutes = max(0, int(seconds // 60))
    if minutes < 60:
        return Words("waits {minutes} min", minutes=minutes)
    return Words("waits {hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def _take_turns(one: Sequence[Waiting], other: Sequence[Waiting], *, is_second_first: bool) -> Iterator[Waiting]:
    """Give the members of two lists in turns, each member once, and what is left of the longer one at the end."""
    given: set[str] = set()
    lists = [iter(other), iter(one)] if is_second_first else [iter(one), iter(other)]
    while lists:
        source = lists.pop(0)
        found = next((each for each in source if each.case not in given), None)
        if found is None:
            yield from (each for each in chain(*lists) if each.case not in given)
            return
        given.add(found.case)
        yield found
        lists.append(source)

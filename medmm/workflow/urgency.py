"""In which order cases are read: the urgent ones first, and none waits for ever."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.words import Words, as_title

# What a case is by its result. What the model could not read comes after everything that it could.
POSITIVE, UNCERTAIN, NEGATIVE, APART = range(4)
RANKS = {"positive": POSITIVE, "uncertain": UNCERTAIN, "negative": NEGATIVE, "": APART}
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Waiting:
    """Cases that nobody has read, in the order of their names: columns, for there may be a million of them.

    ranks: int8, of RANKS;  weights: float64, the highest probability among the findings that decided;  since: float64,
    when a case could be read first, in seconds of any clock.
    """

    ranks: NDArray[np.int8]
    weights: NDArray[np.float64]
    since: NDArray[np.float64]


@dataclass(frozen=True)
class ReadingOrder:
    """The places of cases in the order of reading. is_overdue: by place before it was put in order, as `Waiting`."""

    places: Places
    is_overdue: NDArray[np.bool_]


def reading_order(waiting: Waiting, *, now: float, longest_wait_s: float | None, n_read: int = 0) -> ReadingOrder:
    """Put cases in the order in which they are to be read; the order of equal ones is that of their names.

    Positive cases by their probability, then uncertain, negative and those without a result. What has waited longer
    than longest_wait_s (None: there is no such limit) goes to the front, the oldest first, and takes turns with the
    positive ones: a night's backlog that is overdue as a whole must not bury what is urgent. n_read: cases read before,
    which say whose turn it is. A case with k older overdue ones before it is read after 2 k + 2 others at most.
    """
    ranks, since = waiting.ranks, waiting.since
    ranked = np.lexsort((since, -waiting.weights, ranks))
    is_late = np.zeros(len(ranks), np.bool_) if longest_wait_s is None else now - since > longest_wait_s
    by_age = np.argsort(since, kind="stable")
    overdue, positive = by_age[is_late[by_age]], ranked[ranks[ranked] == POSITIVE]
    front = _take_turns(overdue, positive, is_second_first=n_read % 2 == 1)
    rest = ranked[(ranks[ranked] != POSITIVE) & ~is_late[ranked]]
    return ReadingOrder(np.concatenate([front, rest]), is_late & (ranks != POSITIVE))


def words_for(decision: str, finding: str, weight: float) -> Words:
    """Say in one line why a case that has a result stands where it does; finding: the one that decided."""
    if decision == "positive":
        return Words("{finding} {value}", finding=as_title(finding), value=f"{weight:.2f}")
    if decision == "uncertain":
        return Words("uncertain: {finding} {value}", finding=as_title(finding), value=f"{weight:.2f}")
    return Words("nothing found")


def words_of_wait(seconds: float) -> Words:
    """Say how long a case has waited."""
    return Words("waits {time}", time=words_of_time(seconds))


def words_of_time(seconds: float) -> Words:
    """Write hours and minutes."""
    minutes = max(0, int(seconds // 60))
    if minutes < 60:
        return Words("{minutes} min", minutes=minutes)
    return Words("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def _take_turns(overdue: Places, positive: Places, *, is_second_first: bool) -> Places:
    """Give the members of two lists in turns, each member once, and what is left of the longer one at the end."""
    lists = [overdue.tolist(), positive.tolist()]
    at, turn = [0, 0], int(is_second_first)
    given: dict[int, None] = {}
    while at[0] < len(lists[0]) and at[1] < len(lists[1]):
        one = lists[turn][at[turn]]
        at[turn] += 1
        if one not in given:
            given[one] = None
            turn = 1 - turn
    front = np.fromiter(given, np.intp, len(given))
    left = np.concatenate([overdue[at[0] :], positive[at[1] :]])
    return np.concatenate([front, left[~np.isin(left, front)]])

"""The order of reading, and a simulated day of a reading room near its capacity."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from medmm.workflow.urgency import reading_order, words_for, words_of_wait
from tests.workflow.reading_room import CAP_S, Arrived, Read, arrivals, columns_of, in_order, read_all, wait_figures

SEEDS = (1, 2, 3)
CAP = 100.0


POSITIVE = (Arrived("p1", "positive", 0.9, 50.0), Arrived("p2", "positive", 0.6, 40.0))
UNCERTAIN = Arrived("u", "uncertain", 0.95, 30.0)
NEGATIVE = Arrived("n", "negative", 0.4, 20.0)
REFUSED = Arrived("r", "", 0.0, 10.0)


def test_positive_come_first_uncertain_before_negative_those_without_a_result_last() -> None:
    assert in_order((REFUSED, NEGATIVE, UNCERTAIN, POSITIVE[1], POSITIVE[0]), now=60.0, cap=CAP) == [
        "p1",
        "p2",
        "u",
        "n",
        "r",
    ]


def test_overdue_cases_and_positive_ones_take_turns_the_oldest_first() -> None:
    everything = (REFUSED, NEGATIVE, UNCERTAIN, *POSITIVE)

    assert in_order(everything, now=125.0, cap=CAP) == ["r", "p1", "n", "p2", "u"]
    assert in_order(everything, now=125.0, cap=CAP, n_read=1) == ["p1", "r", "p2", "n", "u"]


def test_a_case_that_is_both_overdue_and_positive_stands_there_once() -> None:
    assert in_order((*POSITIVE, NEGATIVE), now=1000.0, cap=CAP) == ["n", "p1", "p2"]


def test_without_a_cap_nothing_is_overdue() -> None:
    assert in_order((REFUSED, *POSITIVE), now=1e9, cap=None) == ["p1", "p2", "r"]


def test_only_what_moved_because_of_its_wait_is_called_overdue() -> None:
    order = reading_order(columns_of((NEGATIVE, *POSITIVE)), now=1000.0, longest_wait_s=CAP)

    assert order.places.tolist() == [0, 1, 2]
    assert order.is_overdue.tolist() == [True, False, False]


def test_nothing_waiting_is_no_order() -> None:
    assert in_order((), now=0.0, cap=CAP) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (words_for("positive", "pleural_effusion", 0.934), "Pleural effusion 0.93"),
        (words_for("uncertain", "pneumothorax", 0.4), "uncertain: Pneumothorax 0.40"),
        (words_for("negative", "pneumothorax", 0.1), "nothing found"),
        (words_of_wait(59.0), "waits 0 min"),
        (words_of_wait(15_000.0), "waits 4 h 10 min"),
    ],
)
def test_the_reason_is_one_line(words: str, expected: str) -> None:
    assert words == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_no_case_waits_longer_than_the_cap_and_what_is_bound_to_come_before_it(seed: int) -> None:
    reads = read_all(arrivals(seed=seed), longest_wait_s=CAP_S)

    overdue = [read for read in reads if read.started - read.case.since > CAP_S]
    assert overdue, "the day must be hard enough to make cases overdue"
    for read in overdue:
        # The read under way when it became overdue, then two turns for each older one and for itself.
        assert _n_reads_since(reads, read) <= 2 * (_n_older(reads, read) + 1) + 1


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_cap_the_longest_wait_is_longer(seed: int) -> None:
    cases = arrivals(seed=seed)

    capped, free = (
        max(read.started - read.case.since for read in read_all(cases, longest_wait_s=cap)) for cap in (CAP_S, None)
    )

    assert capped < free


@pytest.mark.parametrize("seed", SEEDS)
def test_urgent_cases_wait_far_less_than_in_the_order_of_arrival(seed: int) -> None:
    cases = arrivals(seed=seed)

    ours = wait_figures(read_all(cases, longest_wait_s=CAP_S), "positive")
    # A cap of nothing makes every case overdue: the oldest first, taking no turns where none is positive.
    first_come = wait_figures(read_all(cases, longest_wait_s=0.0, is_blind=True), "positive")

    assert ours.median < 0.2 * first_come.median
    assert ours.p95 < 0.5 * first_come.p95


def _n_reads_since(reads: list[Read], late: Read) -> int:
    return _count(reads, lambda one: late.case.since + CAP_S <= one.started < late.started)


def _n_older(reads: list[Read], late: Read) -> int:
    due = late.case.since + CAP_S
    return _count(reads, lambda one: one.case.since < late.case.since and one.started >= due)


def _count(reads: list[Read], claim: Callable[[Read], bool]) -> int:
    return sum(claim(read) for read in reads)

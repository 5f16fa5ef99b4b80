"""What lanes promise: order, a bound on what is begun, and an end of what was begun when somebody cancels."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from medmm.core.progress import CancelToken
from medmm.workflow.lanes import in_lanes


def test_answers_come_in_the_order_of_their_items_whoever_is_done_first() -> None:
    def slow_first(item: int) -> int:
        time.sleep(0.05 if item == 0 else 0)
        return item * item

    assert list(in_lanes(slow_first, range(6), n_lanes=3, cancel=CancelToken())) == [0, 1, 4, 9, 16, 25]


def test_lanes_work_side_by_side() -> None:
    both = threading.Barrier(2, timeout=10)

    def meet(item: int) -> int:
        both.wait()  # nobody passes alone
        return item

    assert list(in_lanes(meet, range(4), n_lanes=2, cancel=CancelToken())) == [0, 1, 2, 3]


def test_no_more_is_taken_than_the_lanes_can_hold() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100):
            taken.append(item)
            yield item

    answers = in_lanes(lambda item: item, items(), n_lanes=2, cancel=CancelToken())
    next(answers)

    assert len(taken) == 3
    answers.close()


def test_what_was_begun_is_given_after_a_cancel_and_nothing_more_is_taken() -> None:
    cancel = CancelToken()

    def work(item: int) -> int:
        if item == 3:
            cancel.set()
        return item

    found = list(in_lanes(work, range(100), n_lanes=2, cancel=cancel))

    assert found == list(range(len(found)))
    assert 4 <= len(found) <= 7


def test_what_work_raises_reaches_whoever_asks() -> None:
    def fail(item: int) -> int:
        raise OSError(item)

    with pytest.raises(OSError, match="0"):
        list(in_lanes(fail, range(3), n_lanes=2, cancel=CancelToken()))


def test_a_single_lane_begins_nothing_before_its_last_answer_was_taken() -> None:
    begun: list[int] = []
    threads = set()

    def work(item: int) -> int:
        begun.append(item)
        threads.add(threading.current_thread())
        return item

    answers = in_lanes(work, range(5), n_lanes=1, cancel=CancelToken())
    next(answers)

    assert begun == [0]
    assert threads == {threading.current_thread()}

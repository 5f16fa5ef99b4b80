"""Work on a stream of items in a few threads at once; what comes of them is given in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from medmm.core.progress import CancelToken

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def in_lanes(
    work: Callable[[Item], Answer], items: Iterable[Item], *, n_lanes: int, cancel: CancelToken
) -> Generator[Answer, None, None]:
    """Yield what `work` gives for each item; at most n_lanes items are worked on at a time, one more waits.

    A single lane is the caller's own thread: nothing is begun before what came of the last item was taken.
    Once `cancel` is set nothing more is taken, and what was begun is ended and given. Raises what `work` or `items`
    raise.
    """
    taken = _until(cancel, items)
    if n_lanes == 1:
        yield from map(work, taken)
        return
    begun: deque[Future[Answer]] = deque()
    with ThreadPoolExecutor(n_lanes) as pool:
        for item in taken:
            begun.append(pool.submit(work, item))
            if len(begun) > n_lanes:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


def _until(cancel: CancelToken, items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        if cancel.is_set:  # asked before the next item is waited for
            return

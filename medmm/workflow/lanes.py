"""Work on a stream of items in a few threads at once; what comes of them is given in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from medmm.core.progress import CancelToken

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def in_lanes(
    work: Callable[[Item], Answer], items: Iterable[Item], *, n_lanes: int, cancel: CancelToken
) -> Generator[Answer, None, None]:
    """Yield what `work` gives for each item; at most n_lanes items are worked on at a time, one more waits.

    Once `cancel` is set nothing more is taken, and what was begun is ended and given. Raises what `work` or `items`
    raise.
    """
    begun: deque[Future[Answer]] = deque()
    with ThreadPoolExecutor(n_lanes) as pool:
        for item in items:
            begun.append(pool.submit(work, item))
            if len(begun) > n_lanes:
                yield begun.popleft().result()
            if cancel.is_set:
                break
        while begun:
            yield begun.popleft().result()

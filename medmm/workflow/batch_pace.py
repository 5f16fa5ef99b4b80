"""How fast a batch goes and how long it will still take, in one line."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable

# The rate of the last so many groups: a night has slow and fast stretches.
WINDOW = 60


class Pace:
    """Counts outcomes and tells the rate of what was done last.

    total: cases to attempt; clock: seconds, for tests.
    """

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.outcomes: Counter[str] = Counter()
        self._clock = clock
        self._moments: deque[tuple[float, int]] = deque([(clock(), 0)], maxlen=WINDOW)

    @property
    def done(self) -> int:
        """Count the cases attempted so far."""
        return self.outcomes.total()

    def add(self, outcomes: Iterable[str]) -> None:
        """Count the outcomes of one group."""
        self.outcomes.update(outcomes)
        self._moments.append((self._clock(), self.done))

    @property
    def line(self) -> str:
        """Say counts by outcome, rate and time left."""
        counts = ", ".join(f"{count:,} {outcome}" for outcome, count in self.outcomes.most_common())
        (began, before), (now, after) = self._moments[0], self._moments[-1]
        if after == before or now <= began:
            return counts or "reading"
        rate = (after - before) / (now - began)
        return f"{counts} · {rate:.1f} cases/s · {duration((self.total - self.done) / rate)} left"


def duration(seconds: float) -> str:
    """Write a time that is left: seconds, minutes or hours."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"

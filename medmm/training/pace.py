"""How long a run still takes, from how long it took so far."""

from __future__ import annotations

import time
from collections.abc import Sequence

from medmm.training.config import StageConfig

# An epoch without images costs about this part of one with images at FULL_SIZE.
RECORDS_COST = 0.05
FULL_SIZE = 160


def epoch_cost(stage: StageConfig, *, has_images: bool) -> float:
    """Estimate the cost of an epoch against one at FULL_SIZE pixels: convolutions cost by area."""
    is_seen = has_images and stage.inputs == "all"
    return RECORDS_COST + ((stage.size / FULL_SIZE) ** 2 if is_seen else 0.0)


class Pace:
    """Counts finished work of this process and gives the seconds that are left."""

    def __init__(self, stages: Sequence[StageConfig], *, members: int, has_images: bool) -> None:
        self._costs = [epoch_cost(stage, has_images=has_images) for stage in stages]
        self._epochs = [stage.epochs for stage in stages]
        self._members = members
        self.has_images = has_images
        self._began = time.monotonic()
        self._done = 0.0

    def add(self, stage: int, part: float) -> None:
        """Note that a part (0..1) of an epoch of a stage was computed."""
        self._done += self._costs[stage] * part

    def left_s(self, member: int, stage: int, epochs_done: float) -> float | None:
        """Estimate the seconds until the last epoch of the last member; None before anything is known."""
        spent = time.monotonic() - self._began
        if self._done <= 0:
            return None
        one = sum(cost * n for cost, n in zip(self._costs, self._epochs, strict=True))
        gone = sum(cost * n for cost, n in zip(self._costs[:stage], self._epochs[:stage], strict=True))
        left = one * (self._members - max(member, 0)) - gone - self._costs[stage] * epochs_done
        return spent / self._done * max(0.0, left)


def time_words(seconds: float | None) -> str:
    """Write a time span for a terminal: "about 4 min left"."""
    if seconds is None:
        return ""
    if seconds < 90:
        return f", about {max(1, round(seconds))} s left"
    if seconds < 5400:
        return f", about {round(seconds / 60)} min left"
    return f", about {seconds / 3600:.1f} h left"

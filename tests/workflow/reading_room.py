"""A simulated day of a reading room: cases arrive near its capacity, one reader takes the first of the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from medmm.workflow.urgency import Waiting, reading_order

HOUR_S = 3600.0
CAP_S = 4 * HOUR_S
READ_S = 180.0
# 97 % of the 480 reads of a day, a third of them in the busy hours besides their even part: a backlog of hours grows.
N_CASES, BUSY_SHARE = 466, 0.35
SHARES = {"positive": 0.1, "uncertain": 0.15, "negative": 0.7, "": 0.05}


@dataclass(frozen=True)
class Read:
    """A case and when somebody began to read it, in seconds."""

    case: Waiting
    started: float


@dataclass(frozen=True)
class WaitFigures:
    """Waits of one kind of cases in minutes."""

    n: int
    median: float
    p95: float
    longest: float


def arrivals(*, seed: int, n_cases: int = N_CASES) -> list[Waiting]:
    """Make the cases of a day in the order in which they arrive."""
    random = np.random.default_rng(seed)
    is_busy = random.random(n_cases) < BUSY_SHARE
    hours = np.where(is_busy, random.uniform(7, 19, n_cases), random.uniform(0, 24, n_cases))
    decisions = random.choice(list(SHARES), size=n_cases, p=list(SHARES.values()))
    weights = random.random(n_cases)
    found = [
        Waiting(f"case {place:04d}", str(decision), float(weight), float(hour) * HOUR_S)
        for place, (decision, weight, hour) in enumerate(zip(decisions, weights, hours, strict=True))
    ]
    return sorted(found, key=lambda one: one.since)


def read_all(cases: Sequence[Waiting], *, longest_wait_s: float | None, is_blind: bool = False) -> list[Read]:
    """Let one reader take the first of the list again and again; is_blind: the list knows no results."""
    coming = [replace(case, decision="") for case in cases] if is_blind else list(cases)
    real = {case.case: case for case in cases}
    now, reads, waiting = 0.0, [], {}
    while coming or waiting:
        if not waiting:
            now = max(now, coming[0].since)
        while coming and coming[0].since <= now:
            arrived = coming.pop(0)
            waiting[arrived.case] = arrived
        order = reading_order(waiting.values(), now=now, longest_wait_s=longest_wait_s, n_read=len(reads))
        chosen = waiting.pop(order[0].case)
        reads.append(Read(real[chosen.case], now))
        now += READ_S
    return reads


def wait_figures(reads: Sequence[Read], decision: str | None = None) -> WaitFigures:
    """Sum up how long the cases of a decision waited, or all of them."""
    waits = [
        (read.started - read.case.since) / 60 for read in reads if decision is None or read.case.decision == decision
    ]
    return WaitFigures(len(waits), float(np.median(waits)), float(np.percentile(waits, 95)), max(waits))

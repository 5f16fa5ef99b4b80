"""A simulated day of a reading room: cases arrive near its capacity, one reader takes the first of the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from medmm.workflow.urgency import RANKS, Waiting, reading_order

HOUR_S = 3600.0
CAP_S = 4 * HOUR_S
READ_S = 180.0
# 97 % of the 480 reads of a day, a third of them in the busy hours besides their even part: a backlog of hours grows.
N_CASES, BUSY_SHARE = 466, 0.35
SHARES = {"positive": 0.1, "uncertain": 0.15, "negative": 0.7, "": 0.05}


@dataclass(frozen=True)
class Arrived:
    """A case that came. since: when, in seconds."""

    case: str
    decision: str
    weight: float
    since: float


@dataclass(frozen=True)
class Read:
    """A case and when somebody began to read it, in seconds."""

    case: Arrived
    started: float


@dataclass(frozen=True)
class WaitFigures:
    """Waits of one kind of cases in minutes."""

    n: int
    median: float
    p95: float
    longest: float


def arrivals(*, seed: int, n_cases: int = N_CASES) -> list[Arrived]:
    """Make the cases of a day in the order in which they arrive."""
    random = np.random.default_rng(seed)
    is_busy = random.random(n_cases) < BUSY_SHARE
    hours = np.where(is_busy, random.uniform(7, 19, n_cases), random.uniform(0, 24, n_cases))
    decisions = random.choice(list(SHARES), size=n_cases, p=list(SHARES.values()))
    weights = random.random(n_cases)
    found = [
        Arrived(f"case {place:04d}", str(decision), float(weight), float(hour) * HOUR_S)
        for place, (decision, weight, hour) in enumerate(zip(decisions, weights, hours, strict=True))
    ]
    return sorted(found, key=lambda one: one.since)


def read_all(cases: Sequence[Arrived], *, longest_wait_s: float | None, is_blind: bool = False) -> list[Read]:
    """Let one reader take the first of the list again and again; is_blind: the list knows no results."""
    coming = [replace(case, decision="") for case in cases] if is_blind else list(cases)
    real = {case.case: case for case in cases}
    now, reads = 0.0, list[Read]()
    waiting: dict[str, Arrived] = {}
    while coming or waiting:
        if not waiting:
            now = max(now, coming[0].since)
        while coming and coming[0].since <= now:
            arrived = coming.pop(0)
            waiting[arrived.case] = arrived
        names = in_order(waiting.values(), now=now, cap=longest_wait_s, n_read=len(reads))
        chosen = waiting.pop(names[0])
        reads.append(Read(real[chosen.case], now))
        now += READ_S
    return reads


def in_order(cases: Iterable[Arrived], *, now: float, cap: float | None, n_read: int = 0) -> list[str]:
    """Give the names of cases in the order of reading."""
    named = sorted(cases, key=lambda one: one.case)
    order = reading_order(columns_of(named), now=now, longest_wait_s=cap, n_read=n_read)
    return [named[place].case for place in order.places]


def columns_of(cases: Sequence[Arrived]) -> Waiting:
    """Write cases as columns."""
    ranks = np.array([RANKS[one.decision] for one in cases], np.int8)
    return Waiting(ranks, np.array([one.weight for one in cases]), np.array([one.since for one in cases]))


def wait_figures(reads: Sequence[Read], decision: str | None = None) -> WaitFigures:
    """Sum up how long the cases of a decision waited, or all of them."""
    waits = [
        (read.started - read.case.since) / 60 for read in reads if decision is None or read.case.decision == decision
    ]
    return WaitFigures(len(waits), float(np.median(waits)), float(np.percentile(waits, 95)), max(waits))

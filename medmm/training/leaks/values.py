"""What the linter looks at and what it finds, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.training.patients import PatientRow
from medmm.training.reading import Reading

PARTS = ("train", "validation", "calibration", "test", "held_out")
EVALUATED = frozenset({"test", "held_out"})
MAX_EVIDENCE = 10
# What a single word, value or pattern may reach before it is taken for the answer itself (MODEL.md 7, item 6).
ANSWER_AUROC = 0.98


@dataclass(frozen=True)
class Leak:
    """One way in which the figures of a run would flatter it.

    code: stable, for --allow-leak; message: what was found, with numbers; evidence: the first places where;
    n: how many places in all.
    """

    code: str
    message: str
    evidence: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class Probe:
    """How well something that should not matter can be told, or tells a finding: AUROC with a 95 % interval."""

    what: str
    by: str
    auroc: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Material:
    """All cases of a run side by side: rows[i] was read as readings[i]."""

    rows: Sequence[PatientRow]
    readings: Sequence[Reading]
    findings: tuple[str, ...]
    seed: int = 0

    @property
    def parts(self) -> NDArray[np.str_]:
        """Give the part of every case, test and held_out as one: neither is trained on."""
        return np.array(["evaluated" if row.part in EVALUATED else row.part for row in self.rows])

    @property
    def labels(self) -> NDArray[np.float64]:
        """Give the true labels [N, F]; NaN where unknown or only another model's score."""
        labels = np.array([row.labels for row in self.rows], dtype=np.float64)
        labels[[row.is_soft for row in self.rows]] = np.nan
        return labels


Check = Callable[[Material], Iterator[Leak]]


def leak(code: str, message: str, evidence: Sequence[str]) -> Leak:
    """Make a leak that shows the first places only."""
    return Leak(code, message, tuple(evidence[:MAX_EVIDENCE]), len(evidence))


def place(row: PatientRow) -> str:
    """Say which case in which part."""
    return f"{row.domain}/{row.path.name} ({row.part})"

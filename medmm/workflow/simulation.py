"""Simulated cohorts on disk."""

from __future__ import annotations

from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.progress import CancelToken, Progress
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.storage.paths import ensure_folder


def simulate_patients(
    out: Path,
    *,
    n_patients: int,
    seed: int,
    inputs: frozenset[InputKind],
    progress: Progress,
    cancel: CancelToken,
    workers: int = 1,
    is_planted: bool = False,
) -> Path:
    """Write n_patients folders and truth.csv into an empty folder; gives the path of truth.csv.

    is_planted: with one finding more that takes film and note together (simulate/planted.py).

    Raises StorageError when the folder already holds something.
    """
    from medmm.simulate.cohort import simulate_cohort

    if out.is_dir() and any(out.iterdir()):
        raise StorageError(
            Words("folder {out!r} is not empty", out=out.name), Words("Choose a new folder for the cohort."), out
        )
    return simulate_cohort(
        ensure_folder(out),
        n_patients=n_patients,
        seed=seed,
        inputs=inputs,
        progress=progress,
        cancel=cancel,
        workers=min(workers, n_patients),
        is_planted=is_planted,
    )

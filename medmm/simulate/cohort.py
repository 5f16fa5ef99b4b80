"""A cohort on disk: one folder a patient and truth.csv."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from medmm.core.case import InputKind
from medmm.core.errors import InputError, StorageError
from medmm.core.progress import CancelToken, Progress
from medmm.core.words import Words
from medmm.simulate.boxes import find_boxes
from medmm.simulate.patient import SimulatedPatient, simulate_patient, write_patient
from medmm.simulate.planted import FINDING, plant_device
from medmm.simulate.truth import FINDINGS

__all__ = ["FINDINGS", "simulate_cohort"]

TRUTH_HEADER = "case,finding,present,carried_by,row0,col0,row1,col1,fault"


@dataclass(frozen=True)
class _Order:
    out_dir: Path
    seed: int
    inputs: frozenset[InputKind]
    is_planted: bool


def simulate_cohort(
    out_dir: Path,
    *,
    n_patients: int,
    seed: int,
    inputs: frozenset[InputKind],
    progress: Progress,
    cancel: CancelToken,
    workers: int = 1,
    is_planted: bool = False,
) -> Path:
    """Write `n_patients` folders and give the path of truth.csv, which comes last.

    is_planted: with the finding of planted.py, which takes film and note together.
    Same seed, same bytes, whatever the number of workers; patient k is the same in every cohort of that seed.
    Raises InputError where no input is chosen, StorageError if out_dir is not empty.
    """
    _check(out_dir, n_patients, inputs)
    out_dir.mkdir(parents=True, exist_ok=True)
    order = _Order(out_dir, seed, inputs, is_planted)
    lines = [TRUTH_HEADER]
    results = (
        _in_pool(order, n_patients, workers) if workers > 1 else map(partial(_simulate_one, order), range(n_patients))
    )
    try:
        for done, rows in enumerate(results, start=1):
            lines += rows
            progress(done, n_patients, "simulating patients")
            cancel.raise_if_set()
    finally:
        _close(results)
    truth = out_dir / "truth.csv"
    truth.write_bytes(("\n".join(lines) + "\n").encode())
    return truth


def _check(out_dir: Path, n_patients: int, inputs: frozenset[InputKind]) -> None:
    if n_patients < 1:
        raise InputError(Words("a cohort needs at least one patient, found {n_patients}", n_patients=n_patients))
    if not inputs:
        raise InputError(
            Words("cannot simulate patients: no input chosen"), Words("Choose among image, note, vitals and audio.")
        )
    if out_dir.exists() and (not out_dir.is_dir() or any(out_dir.iterdir())):
        raise StorageError(
            Words("{out_dir} is not an empty folder", out_dir=out_dir),
            Words("Choose a new folder for the cohort."),
            out_dir,
        )


def _in_pool(order: _Order, n_patients: int, workers: int) -> Iterator[list[str]]:
    # Spawned: the caller may hold threads (Qt, torch) that a fork would break.
    pool = ProcessPoolExecutor(max_workers=min(workers, n_patients), mp_context=get_context("spawn"))
    try:
        yield from pool.map(partial(_simulate_one, order), range(n_patients), chunksize=4)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _close(results: Iterable[list[str]]) -> None:
    close = getattr(results, "close", None)
    if close is not None:
        close()


def _simulate_one(order: _Order, index: int) -> list[str]:
    case = f"case_{index + 1:05d}"
    patient = simulate_patient(order.seed, index)
    rows = truth_rows(case, patient, order.inputs)
    if order.is_planted:
        patient, is_present = plant_device(patient, seed=order.seed, index=index)
        carriers = "image+note" if is_present else ""
        rows.append(f"{case},{FINDING},{int(is_present)},{carriers},,,,,")
    write_patient(order.out_dir / case, patient, order.inputs)
    return rows


def truth_rows(case: str, patient: SimulatedPatient, inputs: frozenset[InputKind]) -> list[str]:
    """Give the patient's rows of truth.csv, one a finding."""
    boxes = find_boxes(patient.plan, patient.truth, patient.rows) if InputKind.IMAGE in inputs else {}
    rows = []
    for finding in FINDINGS:
        carried = "+".join(kind.value for kind in patient.carriers.get(finding, ()) if kind in inputs)
        box = boxes.get(finding)
        corners = f"{box.row0},{box.col0},{box.row1},{box.col1}" if box else ",,,"
        rows.append(f"{case},{finding},{int(patient.truth.present[finding])},{carried},{corners},")
    return rows

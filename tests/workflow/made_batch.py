"""Results stores of many cases, made without a model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow.batch_folders import STORE, key_of

FINDINGS = ("pneumothorax", "pneumonia", "pleural_effusion", "pulmonary_edema", "cardiomegaly", "nodule")
MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)
THRESHOLD, DOUBT = 0.4, 0.05


def make_batch(out: Path, n_cases: int, *, seed: int = 1, n_pending: int = 0) -> Path:
    """Write a store: of the cases 2 % failed, 3 % were refused, the rest has the six findings; give its folder."""
    out.mkdir(parents=True, exist_ok=True)
    store = ResultStore(out / STORE)
    store.open({"model": f"made {seed}"})
    results = made_results(n_cases, seed=seed)
    while chunk := [one for _, one in zip(range(2000), results, strict=False)]:
        store.record_many(chunk)
    store.add_pending(CaseRow(name := f"pending {place:06d}", key_of(name)) for place in range(n_pending))
    store.close()
    return out


def made_results(n_cases: int, *, seed: int) -> Iterator[tuple[CaseRow, tuple[FindingRow, ...]]]:
    """Give cases and findings: one in ten cases has something positive."""
    random = np.random.default_rng(seed)
    for place in range(n_cases):
        name, kind = f"patient {place:06d}", random.random()
        at = (MIDNIGHT + timedelta(seconds=place * 0.25)).isoformat(timespec="seconds")
        row = CaseRow(name, key_of(name), f"ID{place:06d}", seconds=0.25, finished_at=at)
        if kind < 0.02:
            yield _with(row, "failed", "unreadable", "slice 3 is cut off"), ()
        elif kind < 0.05:
            yield _with(row, "refused", "identity_mismatch", "the note belongs to somebody else"), ()
        else:
            chances = random.beta(0.6, 6.0, len(FINDINGS))
            yield _with(row, "done", "", ""), tuple(_finding(name, *one) for one in zip(FINDINGS, chances, strict=True))


def _with(row: CaseRow, outcome: str, reason: str, message: str) -> CaseRow:
    return CaseRow(
        row.case, row.key, row.patient_id, outcome, reason, message, row.seconds, finished_at=row.finished_at
    )


def _finding(case: str, name: str, chance: float) -> FindingRow:
    decision = "uncertain" if abs(chance - THRESHOLD) < DOUBT else "positive" if chance > THRESHOLD else "negative"
    return FindingRow(case, name, float(chance), float(chance), THRESHOLD, int(chance > THRESHOLD), decision)

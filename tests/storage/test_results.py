"""The batch store keeps every case exactly once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from medmm.core.errors import StorageError
from medmm.storage.results import CaseRow, FindingRow, ResultStore


def opened(path: Path, model: str = "abc") -> ResultStore:
    store = ResultStore(path)
    store.open({"model": model})
    return store


def test_a_recorded_case_replaces_its_pending_row_and_old_findings(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    store.add_pending([CaseRow("b", "k2"), CaseRow("a", "k1")])
    finding = FindingRow("a", "nodule", 0.25, None, 0.5, 0, "negative")

    store.record(CaseRow("a", "k1", "P1", "done"), [finding])
    store.record(CaseRow("a", "k1", "P1", "done"), [finding])
    store.add_pending([CaseRow("a", "k1")])

    assert [(case.case, case.outcome) for case in store.cases()] == [("a", "done"), ("b", "pending")]
    assert store.findings() == (finding,)
    store.close()


def test_a_batch_begun_before_decisions_had_reasons_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    opened(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE findings DROP COLUMN decision_reason")
        connection.execute("INSERT INTO cases VALUES ('a', 'k1', 'P1', 'done', '', '', 1.0)")
        connection.execute("INSERT INTO findings VALUES ('a', 'nodule', 0.25, NULL, 0.5, 0, 'negative')")
    connection.close()

    store = opened(path)
    added = FindingRow("b", "nodule", 0.4, 0.4, 0.5, 0, "uncertain", "Cannot tell.")
    store.record(CaseRow("b", "k2", "P2", "done"), [added])

    assert store.findings() == (FindingRow("a", "nodule", 0.25, None, 0.5, 0, "negative"), added)
    store.close()


def test_a_run_with_another_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    opened(path).close()

    with pytest.raises(StorageError, match="written with model abc, this run has xyz"):
        opened(path, model="xyz")


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    path.write_bytes(b"not a database, but long enough to be looked at as one" * 40)

    with pytest.raises(StorageError, match=r"results\.sqlite cannot be used"):
        opened(path)


def test_a_folder_of_any_name_holds_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "run?1 100%"
    folder.mkdir()
    store = ResultStore(folder / "results.sqlite")
    store.open({})
    store.close()

    assert (folder / "results.sqlite").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["run?1 100%"]

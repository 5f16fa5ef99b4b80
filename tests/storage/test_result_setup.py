"""A store of an older schema is brought up to date after a backup; a newer or foreign one is left alone."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.errors import StorageError
from medmm.storage import result_setup
from medmm.storage.result_setup import BACKUP_SUFFIX
from medmm.storage.results import CaseRow, FindingRow, ResultStore
from tests.storage.old_store import make_old_store
from tests.storage.store_process import result


def opened(path: Path, model: str = "abc") -> ResultStore:
    store = ResultStore(path)
    store.open({"model": model})
    return store


def rows_of(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("has_reasons", [True, False])
def test_a_store_of_schema_1_is_backed_up_and_brought_up_to_date(tmp_path: Path, has_reasons: bool) -> None:
    path = tmp_path / "results.sqlite"
    make_old_store(path, 3, has_reasons=has_reasons)
    before = rows_of(path, "SELECT * FROM findings ORDER BY rowid")

    store = opened(path)

    reason = "Cannot tell." if has_reasons else ""
    assert store.facts() == {"schema": "medmm.results/2", "model": "abc"}
    assert [(c.case, c.outcome, c.urgency, c.decision) for c in store.cases()] == [
        ("case0000", "done", 0.7, "positive"),
        ("case0001", "done", 0.7, "positive"),
        ("case0002", "pending", 0.0, ""),
    ]
    assert store.findings()[:2] == (
        FindingRow("case0000", "pneumonia", 0.75, 0.7, 0.5, 1, "positive", reason),
        FindingRow("case0000", "nodule", 0.5, 0.4, 0.5, 0, "uncertain", reason),
    )
    assert all(is_sound for *_, is_sound in store.results())
    store.close()
    assert rows_of(tmp_path / f"results.sqlite{BACKUP_SUFFIX}", "SELECT * FROM findings ORDER BY rowid") == before
    assert rows_of(path, "SELECT name FROM sqlite_master WHERE name IN ('cases_1', 'findings_1')") == []


def test_a_store_that_is_up_to_date_is_not_backed_up_again(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    make_old_store(path)
    opened(path).close()
    (tmp_path / f"results.sqlite{BACKUP_SUFFIX}").unlink()

    opened(path).close()

    assert [child.name for child in tmp_path.iterdir() if "backup" in child.name] == []


def test_a_migration_that_breaks_off_leaves_schema_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "results.sqlite"
    make_old_store(path, 3)

    def fill(*_: object) -> list[FindingRow]:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(result_setup, "_old_findings", fill)
        with pytest.raises(StorageError, match="database or disk is full"):
            opened(path)

    assert rows_of(path, "SELECT value FROM facts WHERE name = 'schema'") == [("medmm.results/1",)]
    assert rows_of(path, "SELECT count(*) FROM findings") == [(4,)]
    store = opened(path)
    assert len(store.cases()) == 3
    store.close()


def test_a_newer_store_is_refused_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    opened(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE facts SET value = 'medmm.results/3' WHERE name = 'schema'")
    before = hashlib.sha256(path.read_bytes()).hexdigest()

    with pytest.raises(
        StorageError, match=r"written by a newer MedMM \(medmm.results/3; this one knows medmm.results/2"
    ):
        opened(path)

    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [child.name for child in tmp_path.iterdir() if child.is_file()] == ["results.sqlite"]


def test_another_programs_database_is_refused_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE library (book TEXT)")
    before = path.read_bytes()

    with pytest.raises(StorageError, match="is not a results store"):
        opened(path)

    assert path.read_bytes() == before


def test_a_store_of_schema_1_of_another_model_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    make_old_store(path)

    with pytest.raises(StorageError, match="written with model abc, this run has xyz"):
        opened(path, model="xyz")

    assert rows_of(path, "SELECT value FROM facts WHERE name = 'schema'") == [("medmm.results/1",)]
    assert not (tmp_path / f"results.sqlite{BACKUP_SUFFIX}").exists()


@pytest.mark.parametrize("cut", ["head", "middle"])
def test_a_damaged_store_says_what_to_do(tmp_path: Path, cut: str) -> None:
    path = tmp_path / "results.sqlite"
    store = opened(path)
    store.add_pending(CaseRow(f"case{number}", "k") for number in range(2000))
    store.close()
    damaged = bytearray(path.read_bytes())
    start = 0 if cut == "head" else 4096
    damaged[start : start + 8192] = b"\xa5" * 8192
    path.write_bytes(damaged)

    with pytest.raises(StorageError) as trouble:
        opened(path)

    assert re.match(r"results\.sqlite (cannot be used|is damaged)", trouble.value.message)
    assert "put a copy of it in its place" in trouble.value.hint


def test_a_byte_that_turned_is_found_or_changes_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    store.record_many(result(number) for number in range(200))
    store.add_pending(CaseRow(f"waits {number:04d}", "k") for number in range(50))
    told = recorded(store)
    store.close()
    sound = (tmp_path / "results.sqlite").read_bytes()
    rng = random.Random(7)
    ends = Counter(turned(sound, rng.randrange(len(sound)), rng.randrange(8), tmp_path, told) for _ in range(200))

    assert ends["silent"] == 0
    assert ends["refused"] > 20
    assert ends["named"] > 20


def recorded(store: ResultStore) -> list[object]:
    """Give what a run has recorded and what it would go on with; whom readers gave a case to is no part of it."""
    rows = [
        (replace(case, read_state="", assigned_to=""), found) for case, found, is_sound in store.results() if is_sound
    ]
    return [rows, [case.case for case in store.waiting()], store.counts().outcomes]


def turned(sound: bytes, place: int, bit: int, folder: Path, told: list[object]) -> str:
    path = folder / "turned.sqlite"
    path.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << bit]) + sound[place + 1 :])
    try:
        with closing(opened(path)) as store:
            if not all(is_sound for *_, is_sound in store.results()):
                return "named"
            return "harmless" if recorded(store) == told else "silent"
    except StorageError:
        return "refused"
    finally:
        for left in folder.glob("turned.sqlite*"):
            left.unlink()

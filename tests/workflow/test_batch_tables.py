"""results.csv, results.parquet and summary.json are made from the store, whole or not at all."""

from __future__ import annotations

import csv
import errno
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.errors import StorageError
from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow import batch_parquet
from medmm.workflow.batch_tables import COLUMNS, BatchSummary, write_tables

CASES = (
    CaseRow("=cmd()", "k1", "00042", "done", seconds=2.0),
    CaseRow("b", "k2", "", "failed", "unreadable_file", "cut off", 1.0),
    CaseRow("c", "k3"),
)
FINDINGS = (
    FindingRow("=cmd()", "nodule", 0.25, None, 0.5, 0, "negative"),
    FindingRow("=cmd()", "oedema", 1 / 3, 2 / 3, 0.5, 1, "uncertain", "Cannot tell at 90 %."),
)
HEADER = "case,patient_id,outcome,reason,finding,score,probability,threshold,positive,decision"


def stored(folder: Path, cases: Iterable[CaseRow] = CASES) -> ResultStore:
    store = ResultStore(folder / "results.sqlite")
    store.open({})
    store.record_many((case, [f for f in FINDINGS if f.case == case.case]) for case in cases)
    return store


def written(folder: Path) -> BatchSummary:
    with closing(stored(folder)) as store:
        return write_tables(store, folder)


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "results.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_has_one_row_a_finding_and_one_for_a_case_without(tmp_path: Path) -> None:
    written(tmp_path)

    assert (tmp_path / "results.csv").read_bytes().decode() == (
        f"{HEADER}\n"
        "'=cmd(),00042,done,,nodule,0.250000,,0.500000,0,negative\n"
        "'=cmd(),00042,done,,oedema,0.333333,0.666667,0.500000,1,uncertain\n"
        "b,,failed,unreadable_file,,,,,,\n"
        "c,,pending,,,,,,,\n"
    )


def test_parquet_has_the_rows_of_the_csv_with_numbers_and_text_as_they_are(tmp_path: Path) -> None:
    from pyarrow.parquet import read_table

    written(tmp_path)

    table = read_table(tmp_path / "results.parquet")
    assert tuple(table.column_names) == COLUMNS
    assert [tuple(row.values()) for row in table.to_pylist()] == [
        ("=cmd()", "00042", "done", "", "nodule", 0.25, None, 0.5, 0, "negative"),
        ("=cmd()", "00042", "done", "", "oedema", 1 / 3, 2 / 3, 0.5, 1, "uncertain"),
        ("b", "", "failed", "unreadable_file", *[None] * 6),
        ("c", "", "pending", "", *[None] * 6),
    ]


def test_parquet_is_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow.parquet import ParquetFile

    monkeypatch.setattr(batch_parquet, "ROWS_PER_GROUP", 2)
    written(tmp_path)

    with ParquetFile(tmp_path / "results.parquet") as file:
        assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [2, 2]


def test_the_order_in_which_cases_were_recorded_changes_no_byte(tmp_path: Path) -> None:
    for name, cases in (("forth", CASES), ("back", tuple(reversed(CASES)))):
        (tmp_path / name).mkdir()
        with closing(stored(tmp_path / name, cases)) as store:
            write_tables(store, tmp_path / name)

    for name in ("results.csv", "results.parquet", "summary.json"):
        assert (tmp_path / "forth" / name).read_bytes() == (tmp_path / "back" / name).read_bytes()


def test_summary_counts_every_outcome_and_the_rate_of_attempted_cases(tmp_path: Path) -> None:
    summary = written(tmp_path)

    assert summary.outcomes == {"done": 1, "failed": 1, "refused": 0, "cancelled": 0, "pending": 1}
    assert summary.reasons == {"unreadable_file": 1}
    assert summary.cases_per_hour == 2400.0  # two cases in three seconds
    document = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert (document["schema"], document["outcomes"]) == ("medmm.summary/1", summary.outcomes)


def test_an_edited_row_is_named_without_its_numbers_and_waits_again(tmp_path: Path) -> None:
    store = stored(tmp_path)
    with closing(sqlite3.connect(tmp_path / "results.sqlite")) as connection, connection:
        connection.execute("UPDATE findings SET score = 0.75 WHERE finding = 'nodule'")

    summary = write_tables(store, tmp_path)
    waiting = [case.case for case in store.waiting()]
    store.close()

    damaged = [
        (row["case"], row["outcome"], row["finding"]) for row in rows_of(tmp_path) if row["reason"] == "damaged_row"
    ]
    assert damaged == [("'=cmd()", "failed", "")]
    assert summary.reasons == {"damaged_row": 1, "unreadable_file": 1}
    assert waiting == ["=cmd()", "c"]


def test_tables_that_find_no_room_leave_the_older_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".sqlite"}
    store = stored(tmp_path, [replace(CASES[1], reason="other")])

    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fill)
    with pytest.raises(StorageError, match=r"results.csv, results.parquet could not be written .* No space left"):
        write_tables(store, tmp_path)
    store.close()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".sqlite"} == before

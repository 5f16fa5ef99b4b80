"""The import report: every file, skipped ones first."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from medmm.core.case import CaseSources
from medmm.core.quality import SkippedFile
from medmm.workflow.import_table import count_words, import_rows, write_csv
from medmm.workflow.survey import survey
from tests.workflow.patients_on_disk import write_film


def test_every_file_is_listed_with_its_outcome_and_the_skipped_ones_first(tmp_path: Path) -> None:
    write_film(tmp_path / "in", 1)
    (tmp_path / "in" / "note.txt").write_text("Patient ID: P1\n\nHistory: cough.\n", encoding="utf-8")
    (tmp_path / "in" / "empty.dcm").write_bytes(b"")

    (case,) = survey(CaseSources(tmp_path / "in"), tmp_path / "in")

    assert [(row.file, row.outcome) for row in import_rows(case)] == [
        ("empty.dcm", "skipped (empty_file)"),
        ("film001.dcm", "read as image"),
        ("note.txt", "read as note"),
    ]
    assert count_words(case) == "2 files read, 1 skipped."


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path) -> None:
    write_film(tmp_path / "in", 1)
    (case,) = survey(CaseSources(tmp_path / "in"), tmp_path / "in")
    odd = SkippedFile(tmp_path / "in" / "=cmd.dcm", "damaged", '王, "cut" off')

    path = write_csv(replace(case, skipped=(odd,)), tmp_path / "report.csv")

    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert rows[0] == ["file", "outcome", "reason"]
    assert rows[1] == ["'=cmd.dcm", "skipped (damaged)", '王, "cut" off']


def test_a_single_file_is_counted_as_one(tmp_path: Path) -> None:
    write_film(tmp_path / "in", 1)

    (case,) = survey(CaseSources(tmp_path / "in"), tmp_path / "in")

    assert count_words(case) == "1 file read, 0 skipped."

"""medmm.toml: typed declarations; an unknown key is answered with the nearest known one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from medmm.core.errors import InvalidRecord
from medmm.records.case_file import CaseFile, read_case_file


def case_file(tmp_path: Path, text: str) -> CaseFile:
    path = tmp_path / "medmm.toml"
    path.write_text(text, encoding="utf-8")
    return read_case_file(path)


def test_every_key_is_read(tmp_path: Path) -> None:
    found = case_file(
        tmp_path,
        'patient_id = "004211"\nindex_time = 2024-01-02T03:00:00\nseries_uid = "1.2.3"\nnote_encoding = "gbk"\n'
        '[columns]\nFieber = "temperature"\n[units]\nFieber = "F"\n',
    )

    assert found == CaseFile(
        "004211", datetime(2024, 1, 2, 3), "1.2.3", {"Fieber": "temperature"}, {"Fieber": "F"}, "gbk"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('patientid = "1"', "unknown key 'patientid'. Did you mean 'patient_id'"),
        ("patient_id = 4211", "4211 must be text in quotes"),
        ("patient_id = ", "is not valid TOML"),
        ('index_time = "02/01/2024"', "'02/01/2024' is not a time"),
        ('note_encoding = "base64"', "unknown text encoding 'base64'"),
        ('units = "F"', "'F' must be a table of names in quotes"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InvalidRecord, match=reason):
        case_file(tmp_path, text)

"""Notes and tables are told apart by content; suffixes are hints."""

from __future__ import annotations

from pathlib import Path

import pytest

from medmm.records.sniff import is_note, is_table

TABLE = b"time,heart_rate,spo2\n2024-01-02 03:00,80,97\n"
NOTE = b"Patient ID: 1\nChief Complaint: cough, fever, no chills\nAssessment: unclear\n"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("v.csv", TABLE, "table"),
        ("v.txt", TABLE, "table"),
        ("v", b"\xef\xbb\xbf" + TABLE, "table"),
        ("v.dat", TABLE.decode().encode("utf-16"), "table"),
        ("damaged.csv", b"\xff\xd8\xff\xe0 nonsense", "table"),
        ("n.txt", NOTE, "note"),
        ("n", NOTE, "note"),
        ("n.md", b"some words, with commas, in a line", "note"),
        ("n.txt", b"%PDF-1.7\n", "note"),
        ("LICENSE", b"Permission is hereby granted, free of charge, to any person", ""),
        ("x.bin", b"\x00\x01\x02" * 50, ""),
        ("cda.xml", b"<?xml version='1.0'?><ClinicalDocument/>", ""),
        ("fhir.json", b'{"resourceType": "Bundle"}', ""),
    ],
)
def test_files_are_told_apart(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert (is_table(path), is_note(path)) == (expected == "table", expected == "note")


def test_what_is_no_regular_file_is_neither(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")

    assert not is_note(tmp_path / "loop.txt")
    assert not is_table(tmp_path / "missing.csv")


def test_a_nameless_file_that_names_two_patients_is_a_note_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_text("MRN: 004211\nCough.\nMRN: 004217\nFever.\n", encoding="utf-8")

    assert is_note(path)

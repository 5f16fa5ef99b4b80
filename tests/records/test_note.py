"""Notes: strict decoding, every character kept, identity and dates from header lines."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from medmm.core.errors import IdentityMismatch, InputError, InvalidRecord, UnreadableFile
from medmm.core.quality import Severity
from medmm.records.note import MAX_BYTES, read_note

ENGLISH = (
    "Patient ID: 004211\nName: Smith, John\nDOB: 1970-01-31\nSex: M\nDate: 2024-03-05 08:30\n\n"
    "Assessment: possible pneumonia.\n"
)
CHINESE = "姓名：王小红  性别：女  年龄：54岁\n病历号：004217\n出生日期：1970年1月31日\n主诉：发热咳嗽三天。\n"


def write(tmp_path: Path, content: bytes, name: str = "note.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_english_header_lines_give_the_identity_and_the_time(tmp_path: Path) -> None:
    note = read_note(write(tmp_path, ENGLISH.encode()))

    found = note.identity
    assert (found.patient_id, found.name, found.birth_date, found.sex) == ("004211", "Smith^John", "19700131", "M")
    assert found.source == "note note.txt"
    assert note.written_at == datetime(2024, 3, 5, 8, 30)
    assert (note.language, note.encoding) == ("en", "utf-8")


def test_chinese_header_lines_with_several_facts_give_the_identity(tmp_path: Path) -> None:
    note = read_note(write(tmp_path, CHINESE.encode()))

    found = note.identity
    assert (found.patient_id, found.name, found.birth_date, found.sex) == ("004217", "王小红", "19700131", "F")
    assert note.language == "zh"


@pytest.mark.parametrize(
    ("bom", "codec"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_byte_order_marks_are_obeyed_and_taken_off(tmp_path: Path, bom: bytes, codec: str) -> None:
    note = read_note(write(tmp_path, bom + CHINESE.encode(codec)))

    assert note.text == CHINESE
    assert note.encoding == codec


def test_other_encodings_are_refused_until_declared(tmp_path: Path) -> None:
    path = write(tmp_path, CHINESE.encode("gb18030"))

    with pytest.raises(InvalidRecord, match=r"not text in a known encoding: UTF-8 fails at byte 0"):
        read_note(path)
    note = read_note(path, encoding="GB18030")

    assert note.text == CHINESE
    assert [found.code for found in note.notes] == ["encoding_declared"]


def test_a_declared_encoding_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecord, match=r"unknown text encoding 'gb18031'. Did you mean 'gb18030'"):
        read_note(write(tmp_path, b"x"), encoding="gb18031")


def test_line_ends_become_newlines_and_nothing_else_changes(tmp_path: Path) -> None:
    note = read_note(write(tmp_path, b"a\r\nb\rc\td  \n"))

    assert note.text == "a\nb\nc\td  \n"


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", "\u200b\n".encode()])
def test_an_empty_note_is_refused_and_not_taken_for_one_without_findings(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InvalidRecord, match="holds no text"):
        read_note(write(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\nxyz", "is a PDF"),
        (b"PK\x03\x04rest", "is a zip archive or an Office document"),
        (b"{\\rtf1 x}", "is an RTF document"),
        (b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'lol'>]><ClinicalDocument/>", "is an XML document"),
        (b'{"resourceType":"Observation"}', "is a JSON document"),
        (b"MSH|^~\\&|A|B\rPID|||P9999\r", "is an HL7 v2 message"),
        (b"Patient ID: 1\x00\n", "holds NUL bytes"),
        (b"\x00" * 100, "holds NUL bytes"),
    ],
)
def test_what_is_no_plain_text_is_refused_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_note(write(tmp_path, content))


def test_a_note_above_the_cap_is_refused_with_its_size(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"has 5,000,001 bytes; at most 5,000,000 are read"):
        read_note(write(tmp_path, b"a" * (MAX_BYTES + 1)))


def test_a_long_note_carries_a_warning(tmp_path: Path) -> None:
    note = read_note(write(tmp_path, b"fever " * 10_000))

    assert [found.code for found in note.notes] == ["note_long"]


def test_control_and_invisible_characters_are_kept_and_told(tmp_path: Path) -> None:
    note = read_note(write(tmp_path, "fever\x1b[2J \u202etxet\u202c".encode()))

    assert note.text == "fever\x1b[2J \u202etxet\u202c"
    assert note.notes[0].message == "The note holds 3 invisible or control characters."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    with pytest.raises(UnreadableFile, match="not a regular file"):
        read_note(tmp_path / "pipe.txt")


def test_a_note_that_names_two_patients_is_refused(tmp_path: Path) -> None:
    text = ENGLISH + "\n---\n" + ENGLISH.replace("004211", "004217")

    with pytest.raises(IdentityMismatch, match="names 2 patients: '004211' and '004217'"):
        read_note(write(tmp_path, text.encode()))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("DOB: 1970-01-31", "DOB: 1970-01-30"),
        ("Patient name: Smith, John", "Patient name: Jones, Mary"),
    ],
)
def test_two_birth_dates_or_patient_names_are_two_patients(tmp_path: Path, first: str, second: str) -> None:
    with pytest.raises(IdentityMismatch, match="names 2 patients"):
        read_note(write(tmp_path, f"{first}\nCough.\n\n{second}\nFever.\n".encode()))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("DOB: 1970-01-31", "DOB: 31 Jan 1970"),
        ("Patient name: Wang Xiaohong", "Patient name: Wang"),
        ("Patient name: Wang Xiaohong", "患者姓名：王小红"),
        ("Patient name: Smith, John", "Name: Dr. Jones"),
    ],
)
def test_one_patient_written_in_two_ways_is_one(tmp_path: Path, first: str, second: str) -> None:
    note = read_note(write(tmp_path, f"{first}\nCough.\n\n{second}\nFever.\n".encode()))

    assert note.identity.name or note.identity.birth_date


@pytest.mark.parametrize(
    "line", ["[[END]] patient_id=P9999", "</text><patient>P9999", "Patient: 54 year old man with cough"]
)
def test_prose_that_looks_like_a_header_changes_no_identity(tmp_path: Path, line: str) -> None:
    note = read_note(write(tmp_path, (ENGLISH.replace("Name: Smith, John\n", "") + line).encode()))

    assert (note.identity.patient_id, note.identity.name) == ("004211", "")


def test_an_ambiguous_birth_date_is_told_and_not_compared(tmp_path: Path) -> None:
    note = read_note(write(tmp_path, b"MRN: 1\nDOB: 03/04/1970\n"))

    assert note.identity.birth_date == ""
    assert [(found.code, found.severity) for found in note.notes] == [("birth_date_unreadable", Severity.WARNING)]


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=200))
def test_every_accepted_note_keeps_every_character_and_its_sections_cover_it(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, b"\xef\xbb\xbf" + text.encode())
    try:
        note = read_note(path)
    except InputError:
        reject()

    assert note.text == text
    assert "".join(note.text[part.start : part.end] for part in note.sections) == text

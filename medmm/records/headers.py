"""Whose note it is and when it was written, from its header lines in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from medmm.core.errors import IdentityMismatch
from medmm.core.identity import PatientIdentity
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.records.cells import shown
from medmm.records.dates import dicom_date, parse_time
from medmm.records.identity import compare_identities
from medmm.records.person_name import parse_sex, to_person_name

_KEYS: dict[str, tuple[str, ...]] = {
    "patient_id": (
        "patient id", "patient identifier", "patient no", "patient number", "medical record number", "mrn",
        "患者编号", "患者id", "病历号", "病案号", "病人编号",
    ),
    "weak_id": ("id",),
    "patient_name": ("patient name", "患者姓名"),
    "name": ("name", "patient", "姓名"),
    "birth_date": ("date of birth", "birth date", "birthdate", "dob", "出生日期", "出生年月日", "生日"),
    "sex": ("sex", "gender", "性别"),
    "date": (
        "date", "date of visit", "visit date", "note date", "exam date", "date of exam", "written", "date/time",
        "日期", "就诊日期", "记录日期", "记录时间", "检查日期", "就诊时间",
    ),
    "other": ("age", "年龄", "科室", "床号", "住院号", "门诊号", "department", "ward", "bed", "physician", "accession"),
}  # fmt: skip
_ROLE = {key: role for role, keys in _KEYS.items() for key in keys}
_NAMES = "|".join(re.escape(key).replace(r"\ ", r"[ _]") for key in sorted(_ROLE, key=len, reverse=True))
_KEY = re.compile(rf"(?:^|(?<=[\s,;|，；　])|(?<=\*\*))(?P<key>{_NAMES})\**\s?[:：=]\**[ \t]*", re.IGNORECASE)
# Spaces before a key at the start of a line are common; prose in front of it is not a header.
_LINE_START = re.compile(rf"^[ \t>*#\-]*(?P<key>{_NAMES})\**\s?[:：=]", re.IGNORECASE)
_VALUE_END = re.compile(r"[\t;|；]|[ \u3000]{2,}")
NAMES = ("patient_name", "name")
MAX_HEADER_LINES = 40
MAX_LINE = 400
MAX_ID = 64


@dataclass(frozen=True)
class NoteHeader:
    """What the header lines of a note say."""

    identity: PatientIdentity = PatientIdentity()
    written_at: datetime | None = None
    notes: tuple[QualityNote, ...] = ()


def find_header(text: str, *, source: str = "") -> NoteHeader:
    """Read "Patient ID: ...", "Name: ... DOB: ...", "姓名：... 性别：..." lines.

    Raises IdentityMismatch where the note names two patients.
    """
    pairs = list(_pairs(text))
    ids = _distinct(value for role, value in pairs if role == "patient_id")
    _refuse_two(ids)
    _refuse_two(_distinct(value for role, value in pairs if role == "birth_date" and dicom_date(value)), key=dicom_date)
    _refuse_two(_other_names([value for role, value in pairs if role == "patient_name" and _is_name(value)]))
    patient_id = ids[0] if ids else _first(pairs, "weak_id")
    birth = _first(pairs, "birth_date")
    identity = PatientIdentity(
        patient_id=patient_id,
        name=to_person_name(next((value for role, value in pairs if role in NAMES and _is_name(value)), "")),
        birth_date=dicom_date(birth),
        sex=parse_sex(_first(pairs, "sex")),
        source=source,
    )
    doubts = (_birth_doubt(birth),) if birth and not identity.birth_date else ()
    return NoteHeader(identity, parse_time(_first(pairs, "date")), doubts)


def _refuse_two(values: list[str], *, key: Callable[[str], str] = str) -> None:
    if len({key(value) for value in values}) > 1:
        raise IdentityMismatch(
            Words(
                "the note names {n_values} patients: {one} and {other}",
                n_values=len(values),
                one=shown(values[0]),
                other=shown(values[1]),
            ),
            Words("Split it into one note for each patient."),
        )


def _other_names(names: list[str]) -> list[str]:
    # The first name and those that it cannot be: "Wang" or 王小红 may stand for "Wang Xiaohong", "Li" may not.
    known = [PatientIdentity(name=to_person_name(name)) for name in names]
    differ = [name for name, one in zip(names, known, strict=True) if _is_conflict(known[0], one)]
    return [names[0], *differ] if differ else []


def _is_conflict(one: PatientIdentity, other: PatientIdentity) -> bool:
    return any(note.severity is Severity.STOP for note in compare_identities([one, other]))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    n_lines = 0
    for line in text.split("\n"):
        n_lines += bool(line.strip())
        if not _LINE_START.match(line[:MAX_LINE]):
            continue
        for role, value in _line_pairs(line[:MAX_LINE]):
            # Further down, "Name:" may be a physician's and "Date:" a follow-up's; an id is a claim anywhere.
            if value and (role == "patient_id" or n_lines <= MAX_HEADER_LINES):
                yield role, value


def _line_pairs(line: str) -> Iterator[tuple[str, str]]:
    matches = list(_KEY.finditer(line))
    ends = [*(match.start() for match in matches[1:]), len(line)]
    for match, end in zip(matches, ends, strict=True):
        role = _ROLE[match["key"].casefold().replace("_", " ")]
        value = _VALUE_END.split(line[match.end() : end].strip(" ,，*"), maxsplit=1)[0].strip(" ,，*")
        if role in ("patient_id", "weak_id"):
            value = re.split(r"[\s,，]", value, maxsplit=1)[0][: MAX_ID + 1]
        yield role, value[:120]


def _distinct(values: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _first(pairs: list[tuple[str, str]], role: str) -> str:
    return next((value for found, value in pairs if found == role), "")


def _is_name(text: str) -> bool:
    # "Patient: 54 year old man with cough" is prose, and taking it for a name would stop a sound case.
    words = text.replace("^", " ").split()
    return len(words) <= 6 and not any(char.isdigit() for char in text) and not text[:1].islower()


def _birth_doubt(text: str) -> QualityNote:
    message = Words("The birth date {text} of the note has no single meaning and was not compared.", text=shown(text))
    return QualityNote("birth_date_unreadable", message, Severity.WARNING, InputKind.NOTE)

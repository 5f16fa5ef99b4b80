"""What the sources of one case say about the same thing: side, age, sex, dates, devices and operations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from medmm.core.case import Case
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import ClinicalNote
from medmm.core.words import Words
from medmm.records.context_flags import FLAG_WORDS, find_context
from medmm.records.laterality import affirmed_side
from medmm.records.person_in_text import find_person

# A birthday between note and film, and one year of slack for ages that were rounded.
MAX_AGE_GAP = 2
ADULT_YEARS = 16
SIDE_WORDS = {"L": Words("left"), "R": Words("right")}
SEX_WORDS = {"F": Words("a woman"), "M": Words("a man")}
_ACCESSION = re.compile(
    r"\baccession(?: (?:no|number))?\.? ?[:#]? ?(?P<number>(?=[A-Z0-9-]*\d)[A-Z0-9-]{4,16})\b", re.IGNORECASE
)
# Notes are read by rule here: a book in a folder must not hold the case up.
MAX_TEXT = 60_000


def compare_sources(case: Case) -> tuple[QualityNote, ...]:
    """Give the differences between notes and images beyond whom they name. None of them stops the scoring."""
    found = [*_age_of_header(case)]
    for note in case.notes:
        found += [*_side(note, case), *_person(note, case), *_accession(note, case)]
    return (*found, *_context(case))


def age_at(birth_date: str, time: datetime | None) -> int | None:
    """Give the whole years from a DICOM birth date (YYYYMMDD) to a time; None where one is not known."""
    try:
        born = datetime.strptime(birth_date, "%Y%m%d")
    except ValueError:
        return None
    if time is None:
        return None
    return time.year - born.year - ((time.month, time.day) < (born.month, born.day))


def _side(note: ClinicalNote, case: Case) -> Iterator[QualityNote]:
    stated = {one.header.laterality.strip().upper()[:1] for one in (case.images or case.series)} & {"L", "R"}
    side = affirmed_side(note.text[:MAX_TEXT]) if len(stated) == 1 else None
    if side is not None and side not in stated:
        message = Words(
            "The note speaks of the {side} side only; the image is stated to show the {other} (Image Laterality).",
            side=SIDE_WORDS[side],
            other=SIDE_WORDS[next(iter(stated))],
        )
        yield QualityNote("laterality_conflict", message, Severity.WARNING)


def _person(note: ClinicalNote, case: Case) -> Iterator[QualityNote]:
    person = find_person(note.text[:MAX_TEXT])
    age = age_at(case.patient.birth_date, note.written_at or case.index_time)
    if person.age_years is not None and age is not None and abs(person.age_years - age) > MAX_AGE_GAP:
        message = Words(
            "The note speaks of a patient of {told} years; by the birth date it is {age} years.",
            told=person.age_years,
            age=age,
        )
        yield QualityNote("note_age_conflict", message, Severity.WARNING, InputKind.NOTE)
    stated = case.patient.sex
    if person.sex and stated in SEX_WORDS and person.sex != stated:
        message = Words(
            "The note speaks of {told}; the other sources say {stated}.",
            told=SEX_WORDS[person.sex],
            stated=SEX_WORDS[stated],
        )
        yield QualityNote("note_sex_conflict", message, Severity.WARNING, InputKind.NOTE)


def _accession(note: ClinicalNote, case: Case) -> Iterator[QualityNote]:
    stated = {one.header.accession_number.strip() for one in (case.images or case.series)} - {""}
    named = {match["number"] for match in _ACCESSION.finditer(note.text[:MAX_TEXT])}
    is_earlier = (
        case.index_time is not None
        and note.written_at is not None
        and (note.written_at.date() < case.index_time.date())
    )
    if stated and named and not stated & named and not is_earlier:
        message = Words(
            "The note names the accession number {named}; the images have {stated}.",
            named=", ".join(sorted(named)),
            stated=", ".join(sorted(stated)),
        )
        yield QualityNote("accession_conflict", message, Severity.WARNING)


def _age_of_header(case: Case) -> Iterator[QualityNote]:
    age = age_at(case.patient.birth_date, case.index_time)
    if age is not None and age < 0:
        yield QualityNote(
            "birth_after_study",
            Words("The birth date lies after the study; one of the two is wrong."),
            Severity.WARNING,
        )
    elif age is not None and age < ADULT_YEARS:
        message = Words("The patient is {age} years old; models of adults say nothing certain of a child.", age=age)
        yield QualityNote("patient_is_child", message, Severity.WARNING)


def _context(case: Case) -> Iterator[QualityNote]:
    codes = {flag.code for note in case.notes for flag in find_context(note.text[:MAX_TEXT])}
    for code in (code for code in FLAG_WORDS if code in codes):
        message = Words("The note tells of {what}; the film may look odd for that reason.", what=FLAG_WORDS[code])
        yield QualityNote(code, message, Severity.INFO, InputKind.NOTE)

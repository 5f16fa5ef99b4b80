"""Who and what the report is about: the patient block and the study block."""

from __future__ import annotations

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity, display_name
from medmm.core.image import StudyHeader
from medmm.core.prediction import CaseResult
from medmm.report.dates import age_in_words, read_date, spell_date, spell_moment, spell_time
from medmm.report.value import Fact

SEXES = {"M": "male", "F": "female", "O": "other"}
NOT_STATED = "not stated"
# The running head holds one line; the first page prints both in full.
RUNNING_NAME, RUNNING_ID = 36, 18


def patient_name(patient: PatientIdentity) -> str:
    """Give the name as printed."""
    return display_name(patient.name) or "Name not stated"


def patient_facts(case: Case, result: CaseResult, *, header: StudyHeader) -> tuple[Fact, ...]:
    """List the second identifier, birth date, age on the day of the study, and sex."""
    patient = case.patient
    day = read_date(header.study_date) or (case.index_time.date() if case.index_time else None)
    age = age_in_words(patient.birth_date, on=day)
    born = spell_date(patient.birth_date) or NOT_STATED
    return (
        Fact("Patient ID", patient.patient_id or result.patient_id or NOT_STATED),
        Fact("Born", f"{born} ({age})" if age else born),
        Fact("Sex", SEXES.get(patient.sex.upper(), patient.sex) or NOT_STATED),
    )


def study_header(case: Case, result: CaseResult) -> StudyHeader:
    """Give the header of the image that was scored, else of the first one; empty where there is none."""
    index = result.image_index or 0
    return case.images[index].header if index < len(case.images) else StudyHeader()


def study_facts(case: Case, result: CaseResult, *, header: StudyHeader) -> tuple[Fact, ...]:
    """List the examination, its time, accession number and place, and the time the case stands for."""
    described = _unique(header.modality, header.study_description, header.series_description, header.body_part)
    # U says "unpaired" (PS3.3 C.7.3.1): no side to print.
    side = header.laterality if header.laterality in ("R", "L", "B") else ""
    seen = " ".join(part for part in (header.view_position, side) if part)
    facts = [
        Fact("Examination", ", ".join((*described, *([f"view {seen}"] if seen else [])))),
        Fact("Performed", _moment(header.study_date, header.study_time)),
        Fact("Accession", header.accession_number),
        Fact("Institution", header.institution),
        Fact("Index time", spell_moment(case.index_time) if case.index_time else result.index_time),
        Fact("Study UID", result.study_uid or header.study_uid),
    ]
    kept = tuple(fact for fact in facts if fact.value)
    return kept or (Fact("Examination", "no study: this case has no image header"),)


def running_head(case: Case, result: CaseResult) -> str:
    """Name the patient on every page by name, identifier and birth date."""
    patient = case.patient
    parts = (
        _shortened(patient_name(patient), RUNNING_NAME),
        f"ID {_shortened(patient.patient_id or result.patient_id or NOT_STATED, RUNNING_ID)}",
        spell_date(patient.birth_date),
    )
    return "  ·  ".join(part for part in parts if part)


def _moment(day: str, time: str) -> str:
    return ", ".join(part for part in (spell_date(day), spell_time(time)) if part)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _unique(*words: str) -> tuple[str, ...]:
    """Drop empty words and those that say again what an earlier one said."""
    kept: list[str] = []
    for word in words:
        if word and not any(word.casefold() in other.casefold() for other in kept):
            kept.append(word)
    return tuple(kept)

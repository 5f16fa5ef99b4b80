"""What note, film and table say about the same thing is compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.records.cross_checks import age_at, compare_sources
from medmm.records.person_in_text import PersonInText, find_person
from tests.inference.builders import NOON, make_case, make_image, make_note

WOMAN_OF_62 = PatientIdentity(patient_id="7", birth_date="19610401", sex="F")


def codes(case: Case) -> list[str]:
    return [note.code for note in compare_sources(case)]


def case_of(text: str, *, patient: PatientIdentity = WOMAN_OF_62, laterality: str = "") -> Case:
    case = make_case(images=(make_image(laterality=laterality),), notes=(make_note(text),))
    return replace(case, patient=patient)


@pytest.mark.parametrize(
    ("text", "laterality", "found"),
    [
        ("Crackles over the left base.", "R", ["laterality_conflict"]),
        ("Crackles over the left base.", "L", []),
        ("Crackles over the left base.", "U", []),
        ("Crackles over the left base.", "B", []),
        ("No left effusion.", "R", []),
        ("Fracture of L1, cough.", "R", []),
        ("右侧胸痛。", "L", ["laterality_conflict"]),
    ],
)
def test_the_side_of_the_note_is_held_against_that_of_the_image(text: str, laterality: str, found: list[str]) -> None:
    assert codes(case_of(text, laterality=laterality)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("62-year-old woman with cough.", []),
        ("63 y/o female, fever.", []),
        ("Pt is a 31 yo woman.", ["note_age_conflict"]),
        ("62-year-old man with cough.", ["note_sex_conflict"]),
        ("Her 88-year-old father has a cold. 62 yo F with cough.", []),
        ("男，62岁，咳嗽。", ["note_sex_conflict"]),
        ("女，62岁，咳嗽。", []),
        ("Cough for 3 days.", []),
    ],
)
def test_age_and_sex_of_the_text_are_held_against_the_header(text: str, found: list[str]) -> None:
    assert codes(case_of(text)) == found


def test_a_child_and_a_birth_after_the_study_are_told() -> None:
    assert codes(case_of("Cough.", patient=replace(WOMAN_OF_62, birth_date="20150101"))) == ["patient_is_child"]
    assert codes(case_of("Cough.", patient=replace(WOMAN_OF_62, birth_date="20250101"))) == ["birth_after_study"]


@pytest.mark.parametrize(
    ("text", "hours_before", "found"),
    [
        ("Accession: A702331. Cough.", 1, []),
        ("Accession number A999999. Cough.", 1, ["accession_conflict"]),
        ("Accession number A999999. Earlier film.", 48, []),
        ("Accession pending. Cough.", 1, []),
    ],
)
def test_a_note_of_this_day_names_this_study(text: str, hours_before: int, found: list[str]) -> None:
    note = make_note(text, written_at=NOON - timedelta(hours=hours_before))
    assert codes(make_case(images=(make_image(accession_number="A702331"),), notes=(note,))) == found


def test_context_is_told_once_for_several_notes() -> None:
    case = make_case(notes=(make_note("Pacemaker."), make_note("Known pacemaker, POD 2.")))
    assert codes(case) == ["context_pacemaker", "context_post_operative"]


def test_age_counts_whole_years_up_to_the_birthday() -> None:
    assert age_at("19610305", NOON) == 63
    assert age_at("19610306", NOON) == 62
    assert age_at("1961", NOON) is None


def test_person_gives_age_and_sex_of_the_patient() -> None:
    assert find_person("Pt is a 70 yo man") == PersonInText(70, "M")
    assert find_person("seen 3 days ago") == PersonInText()

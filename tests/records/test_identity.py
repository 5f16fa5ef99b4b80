"""Identity: conflicts stop with both values shown; look-alikes are never equal; silence is told."""

from __future__ import annotations

import pytest

from medmm.core.identity import PatientIdentity
from medmm.core.quality import QualityNote, Severity
from medmm.records.identity import compare_identities

IMAGES = PatientIdentity("004217", "WANG^XIAOHONG=王^小红", "19700131", "F", "images")


def compared(**changes: str) -> tuple[QualityNote, ...]:
    values = {"patient_id": "004217", "name": "", "birth_date": "", "sex": "", "source": "note a.txt"} | changes
    return compare_identities([IMAGES, PatientIdentity(**values)])


def test_equal_sources_are_confirmed() -> None:
    notes = compared(name="Wang Xiaohong", birth_date="19700131", sex="F")

    assert [(note.code, note.severity) for note in notes] == [("identity_confirmed", Severity.INFO)]


def test_another_id_stops_with_both_values() -> None:
    notes = compared(patient_id="004211")

    assert [note.severity for note in notes] == [Severity.STOP]
    assert notes[0].message == "This note belongs to MRN 004211; the images belong to MRN 004217."


@pytest.mark.parametrize(
    ("patient_id", "code"),
    [
        ("4217", "identity_conflict"),
        ("0042170", "identity_conflict"),
        ("004217.0", "identity_conflict"),
        ("OO4217", "identity_conflict"),
        ("004217\u200b", "identity_conflict"),
        ("００４２１７", "identity_unsure"),
    ],
)
def test_look_alike_ids_stop(patient_id: str, code: str) -> None:
    notes = compared(patient_id=patient_id)

    assert [(note.code, note.severity) for note in notes] == [(code, Severity.STOP)]


def test_ids_that_differ_in_case_stop_and_ask() -> None:
    notes = compare_identities([PatientIdentity("P1", source="images"), PatientIdentity("p1", source="vitals v.csv")])

    assert [(note.code, note.severity) for note in notes] == [("identity_unsure", Severity.STOP)]
    assert "confirm that this is one patient" in notes[0].message


def test_a_cyrillic_look_alike_is_shown_escaped() -> None:
    notes = compare_identities([PatientIdentity("P1", source="images"), PatientIdentity("Р1", source="note a.txt")])

    assert notes[0].message == "This note belongs to MRN '\\u04201'; the images belong to MRN P1."


@pytest.mark.parametrize(
    "name", ["王小红", "Wang Xiaohong", "XIAOHONG WANG", "Wang^Xiaohong=别^名", "Ms. Wang Xiaohong", "王 小红"]
)
def test_one_equal_name_group_is_enough(name: str) -> None:
    assert [note.code for note in compared(name=name)] == ["identity_confirmed"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "Other Person", "This note names Other Person; the images name WANG XIAOHONG · 王 小红."),
        ("name", "李小红", "This note names 李小红; the images name WANG XIAOHONG · 王 小红."),
        (
            "birth_date",
            "19310131",
            "This note belongs to a patient born 19310131; the images belong to a patient born 19700131.",
        ),
        ("sex", "M", "This note belongs to a patient of sex M; the images belong to a patient of sex F."),
    ],
)
def test_the_same_id_with_other_facts_stops(field: str, value: str, message: str) -> None:
    notes = compared(**{field: value})

    assert [(note.code, note.severity, note.message) for note in notes] == [
        ("identity_conflict", Severity.STOP, message)
    ]


def test_a_name_that_is_part_of_the_other_is_a_warning() -> None:
    one = PatientIdentity("1", "SMITH^JOHN^Q", source="images")

    notes = compare_identities([one, PatientIdentity("1", "John Smith", source="note a.txt")])

    assert [(note.code, note.severity) for note in notes] == [("name_partly_equal", Severity.WARNING)]


def test_names_in_different_scripts_need_a_shared_id() -> None:
    latin = PatientIdentity("1", "WANG^XIAOHONG", source="images")
    confirmed = compare_identities([latin, PatientIdentity("1", "王小红", source="note a.txt")])
    open_question = compare_identities([latin, PatientIdentity("", "王小红", source="note a.txt")])

    assert [(n.code, n.severity) for n in confirmed] == [("name_not_comparable", Severity.INFO)]
    assert [(n.code, n.severity) for n in open_question] == [("name_not_comparable", Severity.WARNING)]


def test_a_silent_source_is_told() -> None:
    notes = compared(patient_id="")

    assert [(note.code, note.severity) for note in notes] == [("identity_not_confirmed", Severity.WARNING)]
    assert notes[0].message == "This note names no patient: identity not confirmed."


def test_sources_that_share_no_fact_are_told() -> None:
    notes = compare_identities(
        [PatientIdentity("1", source="images"), PatientIdentity(name="John Smith", source="note a.txt")]
    )

    assert {note.code for note in notes} == {"identity_not_confirmed"}


def test_a_single_source_has_nothing_to_compare() -> None:
    assert compare_identities([IMAGES]) == ()


def test_a_conflict_is_never_cut_off_behind_warnings() -> None:
    words = ["LEE", "ANN", "BEA", "CAT", "DEE", "EVE"]
    nested = [PatientIdentity("7", " ".join(words[:n]), source=f"note {n}") for n in range(1, 7)]
    man = PatientIdentity("7", sex="M", source="note z")
    woman = PatientIdentity("7", sex="F", source="images")

    notes = compare_identities([*nested, man, woman])

    assert notes[0].severity is Severity.STOP
    assert "sex M" in notes[0].message

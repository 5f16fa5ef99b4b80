"""The study browser's rows: order, priors, folding, and finding by words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.core.image import SeriesSummary, StudyHeader
from medmm.core.quality import QualityNote, Severity
from medmm.core.words import Words, in_a_row
from medmm.imaging.dimensions import name_value
from ui.language import speak
from ui.state.browser_rows import Row, RowKind, Wanted, extent_words, make_rows, to_words
from ui.state.patient import Patient, Stage

WANG = PatientIdentity("004211", "WANG^XIAOHONG=王^小红=わん^しゃおほん", "19610312", "F")


def make_series(
    number: int, *, study: str = "now", date: str = "20261103", who: PatientIdentity = WANG, **header: str
) -> SeriesSummary:
    facts = {"modality": "CT", "body_part": "CHEST", "series_number": str(number), **header}
    return SeriesSummary(
        StudyHeader(study_uid=study, study_date=date, **facts), who, (Path(f"/p/{study}/{number}"),), 20, 512, 512
    )


def make_patient(key: str, *series: SeriesSummary, who: PatientIdentity = WANG) -> Patient:
    case = Case(Path("/p"), who, series=series)
    return Patient(key, Path("/p"), Stage.OPEN, case)


def kinds(rows: list[Row]) -> list[RowKind]:
    return [row.kind for row in rows]


@pytest.mark.parametrize("n_series", [1, 15, 16, 17, 261])
def test_every_series_has_a_row_in_the_order_of_its_number(n_series: int) -> None:
    patient = make_patient("a", *(make_series(number) for number in reversed(range(n_series))))

    rows = make_rows([patient], Wanted("a"))

    assert kinds(rows) == [RowKind.PATIENT, RowKind.STUDY, *[RowKind.SERIES] * n_series]
    assert [row.title for row in rows[2:]] == [f"CT  ·  {number}" for number in range(n_series)]
    assert len({row.key for row in rows}) == len(rows)


def test_priors_are_marked_newest_first_also_from_another_place() -> None:
    here = make_patient("a", make_series(1), make_series(1, study="b", date="20240101"))
    knee = make_series(1, study="knee", date="20250101", body_part="KNEE")
    there = make_patient("b", make_series(1, study="c", date="20250601"), knee)

    rows = make_rows([here, there], Wanted("a"))

    studies = [(row.title, row.mark) for row in rows if row.kind is RowKind.STUDY]
    assert studies == [
        ("3 Nov 2026  ·  CT", ""),
        ("1 Jan 2024  ·  CT", "prior"),
        ("1 Jun 2025  ·  CT", "prior"),
    ]


def test_only_the_patient_shown_is_unfolded_until_another_is_by_hand() -> None:
    patients = [make_patient("a", make_series(1)), make_patient("b", make_series(1, study="x"))]

    closed = make_rows(patients, Wanted("a"))
    both = make_rows(patients, Wanted("a", toggled=frozenset({"patient b"})))
    none = make_rows(patients, Wanted("a", toggled=frozenset({"patient a"})))

    assert kinds(closed) == [RowKind.PATIENT, RowKind.STUDY, RowKind.SERIES, RowKind.PATIENT]
    assert len(both) == 6
    assert kinds(none) == [RowKind.PATIENT, RowKind.PATIENT]


def test_of_a_patient_with_many_series_only_the_newest_study_is_unfolded() -> None:
    old = [make_series(number, study="old", date="20200101") for number in range(30)]
    patient = make_patient("a", *(make_series(number) for number in range(30)), *old)

    rows = make_rows([patient], Wanted("a"))

    assert [row.is_open for row in rows if row.kind is RowKind.STUDY] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "wang",
        "xiaohong wang",
        "王小红",
        "小红",
        "わん",
        "004211",
        "A88",
        "lung",
        "ｌｕｎｇ 王",
        "3 nov 2026",
        "ct 王小红",
    ],
)
def test_a_study_is_found_by_the_name_in_any_script_by_id_accession_and_description(text: str) -> None:
    other = PatientIdentity("9", "MÜLLER^EVA", "19500101", "F")
    wanted = make_series(1, accession_number="A88", series_description="Lung 1.25", study_description="Thorax")
    stranger = make_series(1, study="x", who=other, date="20250101", modality="MR", body_part="KNEE")

    rows = make_rows(
        [make_patient("a", wanted), make_patient("b", stranger, who=other)], Wanted("b", words=to_words(text))
    )

    assert [row.target for row in rows if row.kind is RowKind.PATIENT] == ["a"]
    assert [row.target for row in rows if row.kind is RowKind.SERIES] == [wanted.key]


def test_what_is_odd_about_a_series_is_told_in_its_row_and_tip() -> None:
    odd = QualityNote("series_split", "One series holds 2 stacks.", Severity.WARNING)
    fine = QualityNote("fine", "Nothing to worry about.", Severity.INFO)
    series = replace(make_series(1), notes=(odd, fine))

    row = make_rows([make_patient("a", series)], Wanted("a"))[2]

    assert row.warning == "One series holds 2 stacks."
    assert "One series holds 2 stacks." in row.tip


@pytest.mark.parametrize(("modality", "words"), [("US", "20 frames"), ("MR", "20 slices")])
def test_many_images_of_one_file_are_frames_unless_they_are_cuts(modality: str, words: str) -> None:
    assert extent_words(make_series(1, modality=modality)) == words


def test_stacks_of_one_series_are_named_in_the_language_of_the_window_and_found_by_both(
    application: QApplication,
) -> None:
    part = in_a_row([name_value("TemporalPositionIndex", "3"), name_value("EchoTime", "80.0")])
    named = Words("{described} ({part})", described="Perf", part=part)
    patient = make_patient("a", make_series(1, series_description=named))

    in_english = make_rows([patient], Wanted("a"))[2].second
    speak("zh_CN")
    in_chinese = make_rows([patient], Wanted("a"))[2].second
    found = [len(make_rows([patient], Wanted("a", words=to_words(text)))) for text in ("时间点", "time", "echo")]
    speak("en")

    assert in_english == "Perf (time 3, TE 80 ms)"
    assert in_chinese == "Perf（时间点 3, TE 80 ms）"
    assert found == [3, 3, 0]

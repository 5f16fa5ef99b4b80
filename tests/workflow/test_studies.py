"""Studies and their priors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.identity import PatientIdentity
from medmm.core.image import SeriesSummary, StudyHeader
from medmm.workflow.studies import Study, priors_of, studies_of

ANNA = PatientIdentity("P1", "TEST^ANNA", "19700101", "F")


def series(study: str, date: str, *, modality: str = "DX", part: str = "CHEST", number: str = "1") -> SeriesSummary:
    header = StudyHeader(
        study_uid=study, study_date=date, modality=modality, body_part=part, series_number=number, study_time="0800"
    )
    return SeriesSummary(header, ANNA, (Path(f"{study}.{number}"),), 1, 10, 10)


def study(*args: str, **values: str) -> Study:
    return studies_of([series(*args, **values)])[0]  # type: ignore[arg-type]


def test_studies_come_newest_first_and_their_series_by_number_not_by_name() -> None:
    found = studies_of(
        [series("old", "20240101"), *(series("new", "20260101", number=n) for n in ("10", "9", "2", "x", "1"))]
    )

    assert [one.uid for one in found] == ["new", "old"]
    assert [one.header.series_number for one in found[0].series] == ["1", "2", "9", "10", "x"]


def test_priors_are_the_earlier_studies_of_the_same_region_newest_first() -> None:
    current = study("now", "20260101")
    others = [study("a", "20200101"), study("b", "20250101"), study("later", "20270101"), current]

    assert [prior.uid for prior in priors_of(current, others)] == ["b", "a"]


@pytest.mark.parametrize(
    ("other", "is_found"),
    [
        (study("a", "20250101", modality="CT", part="THORAX"), True),
        (study("a", "20250101", modality="DX", part="KNEE"), False),
        (study("a", "20250101", modality="CR", part=""), True),
        (study("a", "20250101", modality="MR", part=""), False),
        (study("a", "", modality="DX"), False),
    ],
)
def test_a_prior_shows_the_same_body_part_or_without_one_the_same_kind(other: Study, is_found: bool) -> None:
    assert bool(priors_of(study("now", "20260101"), [other])) is is_found


def test_a_study_of_another_patient_is_no_prior_even_with_the_same_id() -> None:
    current = study("now", "20260101")
    stranger = Study("b", (replace(series("b", "20250101"), identity=replace(ANNA, birth_date="19500505")),))
    nobody = Study("c", (replace(series("c", "20250101"), identity=PatientIdentity()),))

    assert priors_of(current, [stranger, nobody]) == ()
    assert priors_of(nobody, [current]) == ()

"""The opened patients and the selection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.image import ImageInstance
from medmm.core.prediction import SeenImage
from tests.ui.builders import make_case, make_result
from ui.messages import Problem
from ui.state.case_state import CaseState, by_urgency
from ui.state.patient import Stage, case_key
from ui.state.worklist import status_words


@pytest.fixture
def cases() -> CaseState:
    return CaseState()


def opened(cases: CaseState, name: str = "a") -> str:
    key = cases.add(Path("/patients") / name)
    cases.select(key)
    cases.set_case(key, make_case(Path("/patients") / name))
    return key


def count(signal: object) -> Callable[[], int]:
    seen: list[object] = []
    signal.connect(lambda *values: seen.append(values))  # type: ignore[attr-defined]
    return lambda: len(seen)


def test_the_key_of_a_case_does_not_show_its_name() -> None:
    assert "wang" not in case_key(Path("/patients/wang"))
    assert case_key(Path("/patients/wang")) == case_key(Path("/patients/../patients/wang"))


def test_a_result_selects_the_most_urgent_finding(cases: CaseState) -> None:
    key = opened(cases)

    cases.set_result(key, make_result())

    assert cases.finding is not None
    assert cases.finding.name == "pneumonia"
    assert cases.explanation is not None


def test_findings_are_sorted_by_urgency_then_number() -> None:
    assert [f.name for f in by_urgency(make_result().findings)] == ["pneumonia", "pulmonary_edema", "nodule"]


def test_news_about_another_patient_changes_nothing_shown(cases: CaseState) -> None:
    first = opened(cases, "a")
    second = cases.add(Path("/patients/b"))
    heard = count(cases.result_changed)

    cases.set_case(second, make_case())
    cases.set_result(second, make_result())

    assert heard() == 0
    assert cases.key == first
    assert cases.result is None


def test_a_former_result_is_previous_while_a_new_one_is_made(cases: CaseState) -> None:
    key = opened(cases)
    cases.set_result(key, make_result())

    cases.set_stage(key, Stage.SCORING)
    assert cases.current is not None
    assert cases.current.is_previous
    cases.set_unscored(key)

    assert not cases.current.is_previous
    assert cases.current.stage is Stage.SCORED


def test_a_case_read_again_has_no_result(cases: CaseState) -> None:
    key = opened(cases)
    cases.set_result(key, make_result())

    cases.set_case(key, make_case())

    assert cases.result is None
    assert cases.finding is None


def test_closing_the_patient_shown_shows_its_neighbour(cases: CaseState) -> None:
    first, second = opened(cases, "a"), opened(cases, "b")

    cases.remove(second)
    assert cases.key == first
    cases.remove(first)

    assert cases.key == ""
    assert cases.current is None


@pytest.mark.parametrize(("stop", "words"), [(True, "identity conflict"), (False, "not scored")])
def test_the_state_of_a_patient_is_said_in_words(cases: CaseState, stop: bool, words: str) -> None:
    key = cases.add(Path("/patients/a"))
    cases.select(key)
    cases.set_case(key, make_case(stop=stop))

    assert cases.current is not None
    assert status_words(cases.current) == words


def test_a_patient_that_could_not_be_read_says_so(cases: CaseState) -> None:
    key = cases.add(Path("/patients/a"))
    cases.select(key)

    cases.set_problem(key, Problem("The folder is empty."))

    assert cases.current is not None
    assert status_words(cases.current) == "could not be read"


def test_choosing_a_finding_shows_the_image_that_its_map_lies_on(cases: CaseState) -> None:
    key = cases.add(Path("/patients/a"))
    cases.select(key)
    case = make_case()
    other = replace(case.images[0], instances=(ImageInstance("1.3", Path("b.dcm")),))
    cases.set_case(key, replace(case, images=(*case.images, other)))
    result = make_result()
    why = result.explanations["pneumonia"]
    assert why.heatmap is not None
    moved = replace(why, heatmap=replace(why.heatmap, image_index=1))
    seen = (*result.images, SeenImage("1.3", "b.dcm"))
    cases.set_result(key, replace(result, explanations={"pneumonia": moved}, images=seen))
    cases.select_finding("nodule")

    cases.select_finding("pneumonia")

    assert cases.image is other
    assert cases.result_index(cases.image) == 1

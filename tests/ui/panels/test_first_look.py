"""The reader's own look first: nothing of a result is seen before every finding is judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton

from medmm.core.review import Call
from tests.ui.builders import make_case, make_result
from ui.actions import Actions
from ui.panels.findings import finding_actions
from ui.panels.first_look import FirstLook
from ui.state.ai_line import ai_words
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.measurement_state import MeasurementState
from ui.state.review_state import ReviewState
from ui.state.worklist import status_words


@pytest.fixture
def cases(application: QApplication) -> CaseState:
    made = CaseState()
    made.set_reader_first(True)
    key = made.add(Path("/patients/a"))
    made.select(key)
    made.set_case(key, make_case())
    made.set_result(key, make_result())
    return made


@pytest.fixture
def reviews(cases: CaseState) -> ReviewState:
    return ReviewState(cases, MeasurementState(cases).stack_of, cases)


@pytest.fixture
def panel(cases: CaseState, reviews: ReviewState, application: QApplication) -> Iterator[FirstLook]:
    actions = Actions(QObject(cases))
    actions.bind({"say_absent": lambda: reviews.say(Call.ABSENT), "show_ai": reviews.commit})
    made = FirstLook(reviews, finding_actions(actions).first_look)
    yield made
    made.deleteLater()
    application.processEvents()


def button(panel: FirstLook, name: str) -> QPushButton:
    return next(one for one in panel.findChildren(QPushButton) if one.text() == name)


def lines(panel: FirstLook) -> list[str]:
    rows = panel.findChild(QListWidget)
    assert rows is not None
    return [rows.item(place).text() for place in range(rows.count())]


def test_a_veiled_result_is_seen_nowhere(cases: CaseState) -> None:
    assert cases.result is None
    assert cases.finding is None
    assert cases.explanation is None
    assert cases.current is not None
    assert "positive" not in status_words(cases.current)


def test_the_line_on_the_image_says_that_a_result_waits(cases: CaseState) -> None:
    engine = EngineState()

    assert ai_words(engine, cases.current, has_seen=False) == "chest-multimodal 1.0.0, not shown yet"


@pytest.mark.gui
def test_hidden_findings_are_named_without_what_the_model_says(panel: FirstLook) -> None:
    panel.show()

    shown = [*lines(panel), *(label.text() for label in panel.findChildren(QLabel))]
    assert lines(panel) == [
        "○  Nodule  ·  not judged",
        "○  Pneumonia  ·  not judged",
        "○  Pulmonary edema  ·  not judged",
    ]
    assert not any(word in text for text in shown for word in ("0.83", "positive", "negative", "uncertain"))


@pytest.mark.gui
def test_verdicts_on_all_findings_open_the_result(cases: CaseState, panel: FirstLook) -> None:
    panel.show()
    for _ in range(2):
        QTest.mouseClick(button(panel, "Absent"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(panel, "Show AI result"), Qt.MouseButton.LeftButton)
    assert cases.result is None
    assert lines(panel)[:2] == ["●  Nodule  ·  absent", "●  Pneumonia  ·  absent"]

    QTest.mouseClick(button(panel, "Absent"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(panel, "Show AI result"), Qt.MouseButton.LeftButton)

    assert cases.result is not None
    assert cases.finding is not None
    assert not panel.isVisible()


def test_a_second_run_of_the_same_patient_is_not_veiled_again(cases: CaseState) -> None:
    cases.reveal(cases.key, has_read=True)

    cases.set_result(cases.key, make_result())

    assert cases.result is not None


def test_switching_it_off_shows_what_was_veiled(cases: CaseState) -> None:
    cases.set_reader_first(False)

    assert cases.result is not None


def test_it_is_off_at_first(application: QApplication) -> None:
    cases = CaseState()
    key = cases.add(Path("/patients/a"))
    cases.select(key)
    cases.set_case(key, make_case())

    cases.set_result(key, make_result())

    assert cases.result is not None

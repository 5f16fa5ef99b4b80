"""The reader's own look first: nothing of a result is seen before an impression is noted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from tests.ui.builders import make_case, make_result
from ui.panels.first_look import FirstLook
from ui.state.ai_line import ai_words
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
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
def panel(cases: CaseState, application: QApplication) -> Iterator[FirstLook]:
    made = FirstLook(cases)
    yield made
    made.deleteLater()
    application.processEvents()


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
def test_an_impression_opens_the_result_and_stays_beside_it(cases: CaseState, panel: FirstLook) -> None:
    panel.show()
    box, show = panel.findChild(QLineEdit), panel.findChild(QPushButton)
    assert box is not None
    assert show is not None
    assert not show.isEnabled()

    QTest.keyClicks(box, "clear lungs")
    QTest.mouseClick(show, Qt.MouseButton.LeftButton)

    assert cases.result is not None
    assert cases.finding is not None
    assert not box.isVisible()
    assert "Your first impression: clear lungs" in [label.text() for label in panel.findChildren(QLabel)]


def test_a_second_run_of_the_same_patient_is_not_veiled_again(cases: CaseState) -> None:
    cases.reveal(cases.key, "clear lungs")

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

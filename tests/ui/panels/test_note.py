"""The Note tab under real keys and wheels: sections, search, negation, several and very long notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCharFormat, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QToolButton

from medmm.core.case import Case
from medmm.core.record import ClinicalNote
from medmm.records.sections import find_sections
from tests.ui.builders import make_case, make_note, make_result
from ui.panels.note import NotePanel
from ui.panels.note_text import NoteText
from ui.state.case_state import CaseState

pytestmark = pytest.mark.gui
TEXT = (
    "HISTORY: Cough and fever. No effusion, no oedema.\n\n"
    + "EXAMINATION: Bases clear.\n" * 30
    + "PLAN: Film, then fever chart.\n" * 30
)


@pytest.fixture
def panel(application: QApplication) -> Iterator[NotePanel]:
    cases = CaseState()
    cases.select(cases.add(Path("/patients/a")))
    made = NotePanel(cases)
    cases.setParent(made)
    made.resize(360, 320)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def show(panel: NotePanel, *notes: ClinicalNote) -> CaseState:
    cases = panel.findChild(CaseState)
    assert cases is not None
    cases.set_case(cases.key, replace(make_case(), notes=notes))
    return cases


def sectioned(text: str) -> ClinicalNote:
    return replace(make_note(text), sections=find_sections(text))


def text_of(panel: NotePanel) -> NoteText:
    return panel.findChildren(NoteText)[0]


def marked(panel: NotePanel, wanted: QTextCharFormat.UnderlineStyle) -> list[str]:
    marks = text_of(panel).extraSelections()
    return [mark.cursor.selectedText() for mark in marks if mark.format.underlineStyle() is wanted]


def box(panel: NotePanel, name: str) -> QComboBox:
    return next(found for found in panel.findChildren(QComboBox) if found.accessibleName() == name)


def field(panel: NotePanel) -> QLineEdit:
    return panel.findChildren(QLineEdit)[0]


def test_what_is_denied_is_dotted_with_its_cue_and_says_so(panel: NotePanel) -> None:
    show(panel, make_note("Cough. No effusion. 否认胸痛。"))

    assert marked(panel, QTextCharFormat.UnderlineStyle.DotLine) == ["No effusion", "否认胸痛"]
    assert text_of(panel).words_at(9) == "negated: No effusion"
    assert text_of(panel).words_at(2) == ""


def test_a_word_that_is_denied_and_weighs_carries_both_marks_and_both_reasons(panel: NotePanel) -> None:
    cases = show(panel, make_note("Cough and fever. No effusion."))
    cases.set_result(cases.key, make_result())

    run = next(mark for mark in text_of(panel).extraSelections() if mark.cursor.selectedText() == "No effusion")
    assert run.format.underlineStyle() is QTextCharFormat.UnderlineStyle.DotLine
    assert run.format.background().color().green() > run.format.background().color().red()
    assert text_of(panel).words_at(20) == "negated: No effusion\nweight −0.30 logits"


def test_choosing_a_section_brings_it_to_the_top_and_scrolling_tells_where_one_is(panel: NotePanel) -> None:
    show(panel, sectioned(TEXT))
    sections = box(panel, "Section of the note")
    assert sections.itemText(0) == "Past history"
    row = sections.findText("Plan")

    sections.setCurrentIndex(row)
    sections.activated.emit(row)

    assert TEXT[text_of(panel).top_index() :].startswith("PLAN: Film")
    text_of(panel).verticalScrollBar().setValue(0)
    assert sections.currentText() == "Past history"


def test_a_note_without_headings_has_no_section_list(panel: NotePanel) -> None:
    show(panel, sectioned("Cough."))

    assert box(panel, "Section of the note").isHidden()


def test_typing_finds_counts_and_marks_and_enter_goes_on(panel: NotePanel) -> None:
    show(panel, make_note("Fever. No cough.\nfever at night"))
    panel.find()

    QTest.keyClicks(field(panel), "fEVER")
    assert "1 of 2" in [label.text() for label in panel.findChildren(QLabel)]
    assert text_of(panel).textCursor().position() == 5
    QTest.keyClick(field(panel), Qt.Key.Key_Return)

    assert "2 of 2" in [label.text() for label in panel.findChildren(QLabel)]
    assert text_of(panel).textCursor().position() == 22
    QTest.keyClick(field(panel), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert text_of(panel).textCursor().position() == 5


def test_words_that_are_nowhere_are_said_to_be_nowhere(panel: NotePanel) -> None:
    show(panel, make_note("Cough."))

    QTest.keyClicks(field(panel), "fever")

    assert "none" in [label.text() for label in panel.findChildren(QLabel)]
    assert not any(button.isEnabled() for button in panel.findChildren(QToolButton) if button.accessibleName())


def test_escape_ends_the_search_and_gives_the_keyboard_back(panel: NotePanel, application: QApplication) -> None:
    show(panel, make_note("Cough."))
    panel.activateWindow()
    panel.find()
    QTest.keyClicks(field(panel), "cough")

    QTest.keyClick(field(panel), Qt.Key.Key_Escape)

    assert field(panel).text() == ""
    assert [mark.cursor.selectedText() for mark in text_of(panel).extraSelections()] == []
    assert panel.focusWidget() is text_of(panel)


def test_several_notes_are_chosen_by_date_and_title(panel: NotePanel) -> None:
    older = replace(make_note("DISCHARGE SUMMARY\nCough."), written_at=datetime(2026, 11, 1, 8, 30))
    cases = show(panel, older, make_note("Patient: X\nFever."))
    choice = box(panel, "Which note")
    assert [choice.itemText(row) for row in range(2)] == [
        "1 Nov 2026 08:30  ·  DISCHARGE SUMMARY",
        "no date  ·  note.txt",
    ]

    QTest.keyClick(choice, Qt.Key.Key_Down)

    assert cases.note_index == 1
    assert text_of(panel).toPlainText() == "Patient: X\nFever."
    cases.select_note(0)
    assert choice.currentIndex() == 0
    assert text_of(panel).toPlainText().startswith("DISCHARGE")


def test_the_words_looked_for_stay_when_another_note_is_shown(panel: NotePanel) -> None:
    cases = show(panel, make_note("Fever."), make_note("No fever, fever."))
    QTest.keyClicks(field(panel), "fever")

    cases.select_note(1)

    assert "1 of 2" in [label.text() for label in panel.findChildren(QLabel)]


def test_copying_gives_the_notes_own_characters(panel: NotePanel, application: QApplication) -> None:
    line = "word " * 1_000
    show(panel, make_note(f"{line}\n<b>𠮷</b>"))
    edit = text_of(panel)

    QTest.keySequence(edit, "Ctrl+A")
    QTest.keySequence(edit, "Ctrl+C")

    assert application.clipboard().text() == f"{line}\n<b>𠮷</b>"


def test_ctrl_and_wheel_make_the_text_larger(panel: NotePanel) -> None:
    show(panel, make_note("Cough."))
    edit = text_of(panel)
    before = edit.fontMetrics().height()
    center = QPointF(edit.viewport().rect().center())

    for _ in range(6):
        QApplication.sendEvent(
            edit.viewport(),
            QWheelEvent(center, edit.viewport().mapToGlobal(center), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )  # fmt: skip

    assert edit.fontMetrics().height() >= before + 5


def test_a_patient_without_a_note_is_told_so(panel: NotePanel) -> None:
    show(panel)

    assert "There is no clinical note among this patient's files." in [
        label.text() for label in panel.findChildren(QLabel)
    ]
    assert text_of(panel).isHidden()


@pytest.mark.slow
def test_a_note_of_a_million_characters_opens_and_scrolls_at_once(panel: NotePanel) -> None:
    # Processor time, for the machine may be busy; measured 0.09 s to open and 2 ms a step.
    note = sectioned("HISTORY: Cough and fever. No effusion, no oedema, denies pain.\n" * 16_000)
    cases = panel.findChild(CaseState)
    case: Case = replace(make_case(), notes=(note,))

    began = process_time()
    cases.set_case(cases.key, case)
    text_of(panel).viewport().repaint()
    opened = process_time()
    bar = text_of(panel).verticalScrollBar()
    for _ in range(50):
        bar.setValue(bar.value() + 3)
        text_of(panel).viewport().repaint()
    scrolled = process_time()

    assert opened - began < 0.2
    assert (scrolled - opened) / 50 < 0.016

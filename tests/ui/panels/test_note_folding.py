"""Folding of sections under real clicks and keys: what is folded is said so, found again and kept by note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QToolButton

from medmm.core.record import ClinicalNote
from medmm.records.sections import find_sections
from tests.ui.builders import make_case, make_note
from ui.panels.note import NotePanel
from ui.panels.note_folding import FoldColumn
from ui.panels.note_text import NoteText
from ui.state.case_state import CaseState

pytestmark = pytest.mark.gui
TEXT = "HISTORY: Cough.\nFever since Monday.\nNo pain.\nPLAN: Film.\nThen fever chart.\nFINDINGS:\nClear.\n"


@pytest.fixture
def panel(application: QApplication) -> Iterator[NotePanel]:
    cases = CaseState()
    cases.select(cases.add(Path("/patients/a")))
    made = NotePanel(cases)
    cases.setParent(made)
    made.resize(380, 420)
    made.show()
    show(made, TEXT)
    yield made
    made.close()
    made.deleteLater()


def show(panel: NotePanel, *texts: str) -> CaseState:
    cases = panel.findChild(CaseState)
    assert cases is not None
    cases.set_case(cases.key, replace(make_case(), notes=tuple(sectioned(text) for text in texts)))
    return cases


def sectioned(text: str) -> ClinicalNote:
    return replace(make_note(text), sections=find_sections(text))


def text_of(panel: NotePanel) -> NoteText:
    return panel.findChildren(NoteText)[0]


def lines_seen(panel: NotePanel) -> list[str]:
    block, seen = text_of(panel).document().begin(), []
    while block.isValid():
        if block.isVisible() and block.text():
            seen.append(block.text())
        block = block.next()
    return seen


def middle_of(panel: NotePanel, word: str) -> QPoint:
    text = text_of(panel)
    cursor = text.textCursor()
    cursor.setPosition(TEXT.index(word) + 2)
    return text.cursorRect(cursor).center()


def test_a_click_on_a_head_folds_its_section_and_another_opens_it(panel: NotePanel) -> None:
    QTest.mouseClick(text_of(panel).viewport(), Qt.MouseButton.LeftButton, pos=middle_of(panel, "HISTORY"))
    assert lines_seen(panel) == ["HISTORY: ", "PLAN: Film.", "Then fever chart.", "FINDINGS:", "Clear."]

    QTest.mouseClick(text_of(panel).viewport(), Qt.MouseButton.LeftButton, pos=middle_of(panel, "HISTORY"))
    assert len(lines_seen(panel)) == 7


def test_a_click_on_other_words_folds_nothing(panel: NotePanel) -> None:
    QTest.mouseClick(text_of(panel).viewport(), Qt.MouseButton.LeftButton, pos=middle_of(panel, "Cough"))

    assert len(lines_seen(panel)) == 7


def test_the_sign_beside_a_head_folds_it(panel: NotePanel) -> None:
    column = panel.findChildren(FoldColumn)[0]

    QTest.mouseClick(column, Qt.MouseButton.LeftButton, pos=QPoint(8, middle_of(panel, "PLAN").y()))

    assert "Then fever chart." not in lines_seen(panel)
    assert "Fever since Monday." in lines_seen(panel)


def test_arrows_fold_and_open_the_section_that_was_chosen(panel: NotePanel) -> None:
    sections = next(box for box in panel.findChildren(QComboBox) if box.accessibleName() == "Section of the note")
    row = sections.findText("Plan")
    sections.setCurrentIndex(row)
    sections.activated.emit(row)

    QTest.keyClick(text_of(panel), Qt.Key.Key_Left)
    assert "Then fever chart." not in lines_seen(panel)
    QTest.keyClick(text_of(panel), Qt.Key.Key_Right)
    assert "Then fever chart." in lines_seen(panel)


def test_one_button_folds_all_sections_and_opens_them_again(panel: NotePanel) -> None:
    button = next(found for found in panel.findChildren(QToolButton) if found.toolTip().startswith("Fold all"))

    button.click()
    assert lines_seen(panel) == ["HISTORY: ", "PLAN: ", "FINDINGS:"]
    assert button.accessibleName() == "Open all sections"
    button.click()
    assert len(lines_seen(panel)) == 7


def test_a_search_opens_the_section_that_holds_the_place(panel: NotePanel) -> None:
    text_of(panel).folding.close_only({0, 1, 2})

    QTest.keyClicks(panel.findChildren(QLineEdit)[0], "monday")

    assert "Fever since Monday." in lines_seen(panel)
    assert "Then fever chart." not in lines_seen(panel)


def test_each_note_keeps_its_own_folds(panel: NotePanel) -> None:
    cases = show(panel, TEXT, TEXT + "Later.\n")
    cases.select_note(0)
    text_of(panel).folding.close_only({1})

    cases.select_note(1)
    assert "Then fever chart." in lines_seen(panel)
    cases.select_note(0)
    assert "Then fever chart." not in lines_seen(panel)


def test_folded_text_is_copied_whole(panel: NotePanel, application: QApplication) -> None:
    text_of(panel).folding.close_only({0})

    text_of(panel).selectAll()
    text_of(panel).copy()

    assert application.clipboard().text() == TEXT


def test_how_much_is_folded_is_painted(panel: NotePanel) -> None:
    before = text_of(panel).grab().toImage()

    text_of(panel).folding.close_only({2})

    head = middle_of(panel, "FINDINGS")
    beside = [text_of(panel).grab().toImage().pixelColor(x, head.y() + 2).name() for x in range(110, 260)]
    assert len(set(beside)) > 1
    assert len({before.pixelColor(x, head.y() + 2).name() for x in range(110, 260)}) == 1


def test_a_long_note_folds_and_opens_at_once(panel: NotePanel) -> None:
    # Processor time; measured 0.2 s for 46,000 lines on a free machine.
    section = "HISTORY: Cough.\nFever and no pain, denies dyspnoea.\n" + "No change since.\n" * 400
    show(panel, (section + "PLAN: Film.\n") * 115)

    began = process_time()
    folding = text_of(panel).folding
    folding.close_only({fold.section for fold in folding.folds})
    text_of(panel).viewport().repaint()

    assert process_time() - began < 1.0

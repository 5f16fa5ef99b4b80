"""Keys: none twice, all can be changed, a conflict is named first, and what was changed acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QKeySequenceEdit, QLabel, QPushButton, QTableWidget

from tests.ui.viewer.builders import make_image
from ui.dialogs.keys_page import KeysPage
from ui.dialogs.shortcuts import shortcut_rows
from ui.key_table import holders, key_rows, keys_of_event, shown_keys, with_keys
from ui.state.settings_state import SettingsState
from ui.state.view_habits import ViewHabits
from ui.state.view_state import ViewState
from ui.viewer.canvas import ImageCanvas

Modifier = Qt.KeyboardModifier


def test_no_key_stands_twice(application: QApplication) -> None:
    counts = Counter(keys for keys in shown_keys({}).values() if keys)

    assert [keys for keys, count in counts.items() if count > 1] == []


def test_names_of_actions_and_of_keys_on_the_image_differ() -> None:
    assert max(Counter(row.name for row in key_rows()).values()) == 1


def test_all_usual_keys_are_keys_to_qt(application: QApplication) -> None:
    shown = shown_keys({})

    assert [row.name for row in key_rows() if row.keys and not shown[row.name]] == []


def test_keys_that_are_given_are_taken_from_their_former_holder(application: QApplication) -> None:
    changes = with_keys({}, "rotate", "I")

    assert changes == {"invert": "", "rotate": "I"}
    assert [row.name for row in holders(changes, "I")] == ["rotate"]


def test_going_back_leaves_no_change(application: QApplication) -> None:
    assert with_keys(with_keys({}, "rotate", "F7"), "rotate", "R") == {}


def test_what_qt_cannot_read_counts_as_no_key(application: QApplication) -> None:
    assert shown_keys({"rotate": "Hyper+Nonsense"})["rotate"] == ""


@pytest.mark.parametrize(
    ("key", "modifiers", "keys"),
    [
        (Qt.Key.Key_Plus, Modifier.ShiftModifier, "+"),
        (Qt.Key.Key_Plus, Modifier.KeypadModifier, "+"),
        (Qt.Key.Key_Down, Modifier.ShiftModifier, "Shift+Down"),
        (Qt.Key.Key_N, Modifier.ShiftModifier, "Shift+N"),
        (Qt.Key.Key_Space, Modifier.NoModifier, "Space"),
    ],
)
def test_an_event_is_written_like_the_table(key: Qt.Key, modifiers: Qt.KeyboardModifier, keys: str) -> None:
    assert keys_of_event(QKeyEvent(QEvent.Type.KeyPress, key, modifiers)) == keys


def test_the_page_of_f1_shows_the_keys_in_force(application: QApplication) -> None:
    rows = {text: keys for keys, text in shortcut_rows({"rotate": "F2", "invert": ""})}

    assert rows["Turn the image clockwise"] == "F2"
    assert "Swap black and white" not in rows


@pytest.mark.gui
def test_a_changed_key_acts_on_the_image_and_the_usual_one_no_longer(application: QApplication) -> None:
    canvas = ImageCanvas(ViewState())
    canvas.set_image(make_image(np.zeros((9, 20, 20), np.int16)))
    canvas.view_state.set_habits(ViewHabits(keys={"next_slice": "J", "hold_overlay": "Q", "preset_1": "F7"}))
    before = canvas.view_state.slice_index

    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_J)
    QTest.keyPress(canvas, Qt.Key.Key_Q)
    is_shown = canvas.view_state.is_overlay_shown
    QTest.keyRelease(canvas, Qt.Key.Key_Q)

    assert canvas.view_state.slice_index == before + 1
    assert is_shown
    assert not canvas.view_state.is_overlay_shown
    canvas.deleteLater()


@pytest.fixture
def page(application: QApplication) -> Iterator[tuple[KeysPage, SettingsState]]:
    state = SettingsState()
    made = KeysPage(state)
    made.show()
    yield made, state
    made.deleteLater()
    application.processEvents()


def choose(page: KeysPage, name: str) -> None:
    table = page.findChild(QTableWidget)
    assert table is not None
    table.selectRow([row.name for row in key_rows()].index(name))


def button(page: KeysPage, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text)


@pytest.mark.gui
def test_a_conflict_is_named_before_it_happens(page: tuple[KeysPage, SettingsState]) -> None:
    shown, state = page
    edit = shown.findChild(QKeySequenceEdit)
    assert edit is not None
    choose(shown, "rotate")

    QTest.keyClick(edit, Qt.Key.Key_I)

    texts = [label.text() for label in shown.findChildren(QLabel)]
    assert "I is taken by: Swap black and white. Set takes it away there." in texts
    assert state.settings.keys == {}
    QTest.mouseClick(button(shown, "Set"), Qt.MouseButton.LeftButton)
    assert state.settings.keys == {"invert": "", "rotate": "I"}


@pytest.mark.gui
def test_a_row_can_lose_its_key_and_get_it_back(page: tuple[KeysPage, SettingsState]) -> None:
    shown, state = page
    choose(shown, "rotate")

    QTest.mouseClick(button(shown, "No key"), Qt.MouseButton.LeftButton)
    without = dict(state.settings.keys)
    QTest.mouseClick(button(shown, "Reset"), Qt.MouseButton.LeftButton)

    assert without == {"rotate": ""}
    assert state.settings.keys == {}


@pytest.mark.gui
def test_reset_all_brings_every_key_back(page: tuple[KeysPage, SettingsState]) -> None:
    shown, state = page
    state.change(keys={"rotate": "F2", "invert": "F3"})
    choose(shown, "invert")
    edit = shown.findChild(QKeySequenceEdit)
    assert edit is not None

    QTest.mouseClick(button(shown, "Reset all"), Qt.MouseButton.LeftButton)

    assert state.settings.keys == {}
    assert edit.keySequence() == QKeySequence("I")
    assert not button(shown, "Set").isEnabled()


@pytest.mark.gui
def test_search_finds_a_row_by_its_keys(page: tuple[KeysPage, SettingsState]) -> None:
    shown, _ = page
    table = shown.findChild(QTableWidget)
    assert table is not None

    count = shown.show_only(QKeySequence("Ctrl+Shift+E").toString(QKeySequence.SequenceFormat.NativeText))

    assert count == 1


@pytest.mark.gui
def test_search_finds_a_row_by_its_title_in_the_menu(page: tuple[KeysPage, SettingsState]) -> None:
    shown, _ = page
    table = shown.findChild(QTableWidget)
    assert table is not None

    shown.show_only("Invert")

    rows = [row.name for place, row in enumerate(key_rows()) if not table.isRowHidden(place)]
    assert rows == ["invert"]

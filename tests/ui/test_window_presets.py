"""The editor of window presets with real events, and what it changes in the window and on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableWidget

from medmm.core.window_preset import WindowPreset
from medmm.workflow.window_presets import load_presets, store_presets
from ui.dialogs.window_presets import WindowPresetsDialog
from ui.state.preset_state import PresetState

A, B, C = WindowPreset("A", 400, 40), WindowPreset("B", 1500, -600), WindowPreset("C", 80, 40)
NAME, WIDTH, LEVEL = 1, 2, 3


@pytest.fixture
def state(application: object) -> PresetState:
    return PresetState({"CT": (A, B, C), "PT": (WindowPreset("SUV 0 to 6", 6, 3),)}, {})


@pytest.fixture
def dialog(state: PresetState) -> Iterator[WindowPresetsDialog]:
    made = WindowPresetsDialog(state)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def table_of(dialog: WindowPresetsDialog) -> QTableWidget:
    found = dialog.findChild(QTableWidget)
    assert isinstance(found, QTableWidget)
    return found


def press(dialog: WindowPresetsDialog, text: str) -> None:
    (button,) = [one for one in dialog.findChildren(QAbstractButton) if one.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(dialog: WindowPresetsDialog, row: int, column: int, text: str) -> None:
    table = table_of(dialog)
    table.setCurrentCell(row, column)
    QTest.keyClick(table, Qt.Key.Key_F2)
    # An editor that was closed before may still wait for its end.
    editor = table.findChildren(QLineEdit)[-1]
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    # The delegate takes the text over when the event loop comes round.
    QApplication.processEvents()


def shown(dialog: WindowPresetsDialog) -> list[list[str]]:
    table = table_of(dialog)
    return [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]


def test_presets_stand_with_their_digits(dialog: WindowPresetsDialog) -> None:
    assert shown(dialog) == [["1", "A", "400", "40"], ["2", "B", "1500", "-600"], ["3", "C", "80", "40"]]


def test_a_typed_width_counts_at_once(dialog: WindowPresetsDialog, state: PresetState) -> None:
    type_into(dialog, 1, WIDTH, "1600")

    assert state.of("CT")[1] == WindowPreset("B", 1600, -600)
    assert state.own == {"CT": (A, WindowPreset("B", 1600, -600), C)}


def test_a_name_and_a_level_can_be_changed(dialog: WindowPresetsDialog, state: PresetState) -> None:
    type_into(dialog, 0, NAME, "Mine")
    type_into(dialog, 0, LEVEL, "-12.5")

    assert state.of("CT")[0] == WindowPreset("Mine", 400, -12.5)


@pytest.mark.parametrize(
    ("column", "text", "verdict"),
    [
        (WIDTH, "0", "The width is 0; it must be above 0."),
        (WIDTH, "wide", "'wide' is no number."),
        (NAME, " ", "A preset needs a name."),
    ],
)
def test_what_cannot_be_is_taken_back_and_said(
    dialog: WindowPresetsDialog, state: PresetState, column: int, text: str, verdict: str
) -> None:
    type_into(dialog, 0, column, text)

    assert dialog.verdict == verdict
    assert shown(dialog)[0] == ["1", "A", "400", "40"]
    assert state.own == {}


def test_moving_a_preset_changes_its_digit(dialog: WindowPresetsDialog, state: PresetState) -> None:
    table_of(dialog).selectRow(2)

    press(dialog, "Up")

    assert [row[:2] for row in shown(dialog)] == [["1", "A"], ["2", "C"], ["3", "B"]]
    assert table_of(dialog).currentRow() == 1
    assert state.of("CT") == (A, C, B)


def test_presets_can_be_added_and_removed(dialog: WindowPresetsDialog, state: PresetState) -> None:
    press(dialog, "Add")
    assert [preset.name for preset in state.of("CT")] == ["A", "B", "C", "New preset"]

    table_of(dialog).selectRow(0)
    press(dialog, "Remove")

    assert [preset.name for preset in state.of("CT")] == ["B", "C", "New preset"]


def test_reset_brings_back_what_ships_for_this_modality_alone(dialog: WindowPresetsDialog, state: PresetState) -> None:
    state.set_presets("PT", ())
    type_into(dialog, 0, WIDTH, "500")

    press(dialog, "Reset")

    assert state.of("CT") == (A, B, C)
    assert state.own == {"PT": ()}


def test_radiographs_cannot_be_chosen(dialog: WindowPresetsDialog) -> None:
    box = dialog.findChild(QComboBox)
    assert box is not None

    assert {box.itemText(place) for place in range(box.count())} == {"CT", "MR", "PT", "NM", "US", "XA"}


def test_what_ships_taken_again_is_no_change(state: PresetState) -> None:
    state.set_presets("CT", (A,))
    state.set_presets("CT", (A, B, C))

    assert not state.is_changed("CT")


def test_an_edited_set_comes_back_at_the_next_start(state: PresetState, medmm_home: Path) -> None:
    state.set_presets("CT", (C, A))

    store_presets(state.own)

    assert load_presets().in_force["CT"] == (C, A)

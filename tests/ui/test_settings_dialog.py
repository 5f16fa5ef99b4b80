"""The settings page: a row for every field, search, changes at once, reset."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QSpinBox, QToolButton

from medmm.core.settings import Settings, setting_names
from ui.dialogs.setting_row import SettingRow
from ui.dialogs.settings import SettingsDialog
from ui.state.settings_state import SettingsState

pytestmark = pytest.mark.gui


@pytest.fixture
def dialog(application: QApplication) -> Iterator[tuple[SettingsDialog, SettingsState]]:
    state = SettingsState()
    made = SettingsDialog(state)
    made.show()
    yield made, state
    made.close()
    made.deleteLater()
    application.processEvents()


def row_of(dialog: SettingsDialog, name: str) -> SettingRow:
    return next(row for row in dialog.rows if row.name == name)


def test_every_setting_has_a_row_with_a_named_control(dialog: tuple[SettingsDialog, SettingsState]) -> None:
    page, _ = dialog

    assert [row.name for row in page.rows] == [name for name in setting_names() if name != "keys"]
    assert all(row.editor.accessibleName() and row.editor.toolTip() for row in page.rows)


def test_a_change_by_hand_is_taken_at_once(dialog: tuple[SettingsDialog, SettingsState]) -> None:
    page, state = dialog
    theme, restore, size, model = (
        row_of(page, name).editor for name in ("theme", "remember_recent", "font_scale_percent", "model")
    )
    assert isinstance(theme, QComboBox)
    assert isinstance(restore, QCheckBox)
    assert isinstance(size, QSpinBox)
    assert isinstance(model, QLineEdit)

    QTest.keyClick(theme, Qt.Key.Key_Down)
    QTest.mouseClick(restore, Qt.MouseButton.LeftButton, pos=QPoint(8, restore.height() // 2))
    size.setFocus()
    size.selectAll()
    QTest.keyClicks(size, "150")
    QTest.keyClick(size, Qt.Key.Key_Return)
    model.setFocus()
    QTest.keyClicks(model, "other ")
    QTest.keyClick(model, Qt.Key.Key_Return)

    assert state.settings == Settings(theme="light", remember_recent=False, font_scale_percent=150, model="other")
    assert page.isVisible()


def test_search_leaves_the_rows_that_have_the_words(dialog: tuple[SettingsDialog, SettingsState]) -> None:
    page, _ = dialog
    box = page.findChild(QLineEdit)
    assert box is not None

    QTest.keyClicks(box, "colour scale")

    assert [row.name for row in page.rows if row.isVisible()] == ["heat_map"]


def test_reset_is_offered_for_changed_rows_only(dialog: tuple[SettingsDialog, SettingsState]) -> None:
    page, state = dialog
    row = row_of(page, "theme")
    reset = row.findChild(QToolButton)
    assert reset is not None
    assert not reset.isEnabled()
    state.change(theme="light")

    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)

    assert state.settings.theme == "dark"
    assert not reset.isEnabled()


def test_a_wheel_that_scrolls_the_page_changes_nothing(dialog: tuple[SettingsDialog, SettingsState]) -> None:
    page, state = dialog
    editor = row_of(page, "theme").editor
    middle = QPointF(10, 10)
    turn = QWheelEvent(middle, editor.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                       Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip

    QApplication.sendEvent(editor, turn)

    assert state.settings == Settings()

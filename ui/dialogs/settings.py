"""The settings page: built from the fields of the settings, searchable, every change taken up at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLineEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from medmm.core.settings import KEYS, facts_of, setting_names
from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.keys_page import KeysPage
from ui.dialogs.setting_row import SettingRow
from ui.dialogs.size import open_in_size
from ui.language import tr
from ui.panels.plain_label import plain_label, tint
from ui.state.settings_state import SettingsState


class SettingsDialog(QDialog):
    """Not modal: one sees in the window what a change does."""

    def __init__(self, state: SettingsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setWindowTitle(tr("Settings"))
        open_in_size(self, 720, 620)
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(tr("Search settings"))
        self._search.setAccessibleName(tr("Search settings"))
        self._search.setToolTip(tr("Words of a setting's name or description"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._groups: dict[str, _Group] = {}
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._keys = KeysPage(state, self)
        self._nothing = plain_label(self, tr("No setting has these words."), token=theme.TEXT_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._search)
        self._tabs.addTab(self._page(), tr("General"))
        self._tabs.addTab(self._keys, tr("Keys"))
        column.addWidget(self._tabs, 1)
        column.addWidget(self._close_box())
        self._filter("")
        self._search.setFocus()

    @property
    def rows(self) -> tuple[SettingRow, ...]:
        """The rows of all groups, seen or not."""
        return tuple(row for group in self._groups.values() for row in group.rows)

    def show_keys(self) -> None:
        """Go to the page of keys."""
        self._tabs.setCurrentWidget(self._keys)

    def _page(self) -> QScrollArea:
        page = QWidget(self)
        page.setAutoFillBackground(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 12, 12, 0)
        column.setSpacing(16)
        column.addWidget(self._nothing)
        for name in setting_names():
            title = facts_of(name).group
            if title == KEYS:
                continue
            if title not in self._groups:
                self._groups[title] = _Group(title, page)
                column.addWidget(self._groups[title])
            self._groups[title].add(SettingRow(name, self._state, page))
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        scroll.viewport().setAutoFillBackground(False)
        return scroll

    def _close_box(self) -> QDialogButtonBox:
        box = close_box(self)
        close = box.button(QDialogButtonBox.StandardButton.Close)
        # Enter ends the typing in a field; it must not close the page.
        close.setDefault(False)
        close.setAutoDefault(False)
        return box

    def _filter(self, words: str) -> None:
        counts = [group.show_only(words) for group in self._groups.values()]
        self._nothing.setVisible(not any(counts))
        n_keys = self._keys.show_only(words)
        if words and bool(n_keys) != any(counts):
            # What is searched for stands on one of the two pages only.
            self._tabs.setCurrentIndex(0 if any(counts) else 1)


class _Group(QFrame):
    """A heading and the rows below it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[SettingRow] = []
        heading = plain_label(self, tr(title))
        tint(heading, theme.TEXT, pixels=theme.SIZE_SECTION, is_bold=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(heading)

    def add(self, row: SettingRow) -> None:
        """Put a row below the others."""
        self.rows.append(row)
        self._column.addWidget(row)

    def show_only(self, words: str) -> int:
        """Show the rows that have the words; the group goes away with its last row."""
        found = [row for row in self.rows if row.has_words(words)]
        for row in self.rows:
            row.setVisible(row in found)
        self.setVisible(bool(found))
        return len(found)

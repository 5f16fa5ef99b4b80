"""The page on which keys are changed: conflicts are named before they happen, and every row can go back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.key_table import PORTABLE, KeyRow, holders, key_rows, native, readable, shown_keys, with_keys
from ui.language import tr
from ui.panels.plain_label import plain_label, tint
from ui.state.settings_state import SettingsState

ROW_HEIGHT = 26


class KeysPage(QWidget):
    """A table of everything that has or could have a key, and below it the field for the row chosen."""

    def __init__(self, state: SettingsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._rows = key_rows()
        self._table = QTableWidget(len(self._rows), 3, self)
        self._edit = QKeySequenceEdit(self)
        self._title = plain_label(self)
        self._verdict = plain_label(self, wraps=True)
        self._set = _button(tr("Set"), tr("Give these keys to the row chosen"), self)
        self._remove = _button(tr("No key"), tr("Leave the row chosen without a key"), self)
        self._reset = _button(tr("Reset"), tr("Back to the usual keys of the row chosen"), self)
        self._reset_all = _button(tr("Reset all"), tr("Back to the usual keys of all rows"), self)
        self._build()
        self._connect()
        self._refresh()
        self._table.selectRow(0)

    def show_only(self, words: str) -> int:
        """Show the rows that have all the words, in what they do, in their title in the menu or in their keys."""
        shown, count = shown_keys(self._state.settings.keys), 0
        for place, row in enumerate(self._rows):
            title = tr(row.title).replace("&", "")
            texts = f"{tr(row.group)} {title} {tr(row.text)} {row.text} {native(shown[row.name])}".casefold()
            is_found = all(word in texts for word in words.casefold().split())
            self._table.setRowHidden(place, not is_found)
            count += is_found
        return count

    def _build(self) -> None:
        table, header = self._table, self._table.horizontalHeader()
        table.setHorizontalHeaderLabels([tr("Where"), tr("What it does"), tr("Keys")])
        table.setAccessibleName(tr("Keys"))
        table.setToolTip(tr("Choose a row, then press its new keys in the field below"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.scaled(ROW_HEIGHT))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._edit.setMaximumSequenceLength(1)
        self._edit.setAccessibleName(tr("New keys"))
        self._edit.setToolTip(tr("Press the new keys here"))
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in (self._edit, self._set, self._remove, self._reset):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self._reset_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(table, 1)
        column.addWidget(self._title)
        column.addLayout(line)
        column.addWidget(self._verdict)

    def _connect(self) -> None:
        self._table.itemSelectionChanged.connect(self._on_row_chosen)
        self._edit.keySequenceChanged.connect(self._refresh_verdict)
        self._set.clicked.connect(lambda: self._give(self._typed))
        self._remove.clicked.connect(lambda: self._give(""))
        self._reset.clicked.connect(lambda: self._give(readable(self._row.keys)))
        self._reset_all.clicked.connect(self._give_all_back)
        self._state.changed.connect(self._refresh)

    @property
    def _row(self) -> KeyRow:
        return self._rows[max(0, self._table.currentRow())]

    @property
    def _typed(self) -> str:
        return self._edit.keySequence().toString(PORTABLE)

    def _give(self, keys: str) -> None:
        self._state.change(keys=with_keys(self._state.settings.keys, self._row.name, keys))
        self._on_row_chosen()

    def _give_all_back(self) -> None:
        self._state.reset("keys")
        self._on_row_chosen()

    def _refresh(self) -> None:
        changes = self._state.settings.keys
        shown = shown_keys(changes)
        for place, row in enumerate(self._rows):
            keys = shown[row.name]
            is_changed = keys != readable(row.keys)
            is_double = len(list(holders(changes, keys))) > 1
            token = theme.WARNING if is_double else theme.ACCENT if is_changed else theme.TEXT
            for column, text in enumerate((tr(row.group), tr(row.text), native(keys))):
                item = QTableWidgetItem(text)
                item.setForeground(QBrush(theme.color(token if column == 2 else theme.TEXT)))
                item.setToolTip(tr("These keys stand twice") if is_double else text)
                self._table.setItem(place, column, item)
        self._reset_all.setEnabled(bool(changes))
        self._refresh_verdict()

    def _on_row_chosen(self) -> None:
        self._title.setText(tr("Keys for: {what}").format(what=tr(self._row.text)))
        keys = shown_keys(self._state.settings.keys)[self._row.name]
        self._edit.setKeySequence(QKeySequence.fromString(keys, PORTABLE))
        self._refresh_verdict()

    def _refresh_verdict(self) -> None:
        changes, name, typed = self._state.settings.keys, self._row.name, self._typed
        now = shown_keys(changes)[name]
        others = [tr(row.text) for row in holders(changes, typed) if row.name != name]
        self._set.setEnabled(bool(typed) and typed != now)
        self._remove.setEnabled(bool(now))
        self._reset.setEnabled(now != readable(self._row.keys))
        words = tr("{keys} is taken by: {others}. Set takes it away there.")
        self._verdict.setText(words.format(keys=native(typed), others=", ".join(others)) if others else "")
        tint(self._verdict, theme.WARNING, pixels=theme.SIZE_SECOND)


def _button(text: str, tip: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    return button

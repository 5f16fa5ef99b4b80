"""Edit the window presets of a modality: names, widths, levels, and their order, which is that of the digits."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from medmm.core.window_preset import WindowPreset, why_not
from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import mark, told, tr
from ui.panels.plain_label import plain_label
from ui.state.preset_state import PresetState

DIGIT, NAME, WIDTH, LEVEL = range(4)
ROW_HEIGHT, N_DIGITS = 26, 9
NEW = WindowPreset(mark("New preset"), 400.0, 40.0)


class WindowPresetsDialog(QDialog):
    """Every change counts at once; what cannot be is taken back and said."""

    def __init__(self, state: PresetState, modality: str = "CT", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setWindowTitle(tr("Window presets"))
        open_in_size(self, 560, 520)
        self._modality = QComboBox(self)
        self._modality.addItems(state.modalities)
        self._modality.setCurrentText(modality if modality in state.modalities else "CT")
        self._table = QTableWidget(0, 4, self)
        self._unit = plain_label(self, token=theme.TEXT_2, wraps=True)
        self._verdict = plain_label(self, token=theme.WARNING, wraps=True)
        self._buttons = {
            "add": _button(tr("Add"), tr("Add a preset below the others"), self),
            "remove": _button(tr("Remove"), tr("Remove the preset chosen"), self),
            "up": _button(tr("Up"), tr("Move the preset chosen to the digit before"), self),
            "down": _button(tr("Down"), tr("Move the preset chosen to the next digit"), self),
            "reset": _button(tr("Reset"), tr("Back to the presets of this modality that ship with MedMM"), self),
        }
        self._build()
        self._connect()
        self._refresh()
        self._choose(0)

    @property
    def verdict(self) -> str:
        """Why the last change was taken back; empty where it was not."""
        return self._verdict.text()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        label = QLabel(tr("&Modality"), self)
        label.setBuddy(self._modality)
        self._modality.setAccessibleName(tr("Modality"))
        self._modality.setToolTip(tr("The kind of images that these presets are offered for"))
        head.addWidget(label)
        head.addWidget(self._modality)
        head.addWidget(self._unit, 1)
        self._build_table()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for name, button in self._buttons.items():
            if name == "reset":
                foot.addStretch(1)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._table, 1)
        column.addLayout(foot)
        column.addWidget(self._verdict)
        box = close_box(self)
        close = box.button(box.StandardButton.Close)
        # Enter ends the typing in a cell; it must not close the page.
        close.setDefault(False)
        close.setAutoDefault(False)
        column.addWidget(box)

    def _build_table(self) -> None:
        table, header = self._table, self._table.horizontalHeader()
        table.setHorizontalHeaderLabels([tr("Key"), tr("Name"), tr("Width"), tr("Level")])
        table.setAccessibleName(tr("Window presets"))
        table.setToolTip(tr("Double click or F2 to change a cell"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.scaled(ROW_HEIGHT))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for column in (WIDTH, LEVEL):
            table.horizontalHeaderItem(column).setTextAlignment(Qt.AlignmentFlag.AlignRight)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self._modality.currentTextChanged.connect(lambda _text: (self._refresh(), self._choose(0)))
        self._table.itemChanged.connect(self._on_cell_changed)
        self._table.itemSelectionChanged.connect(self._refresh_buttons)
        self._state.changed.connect(self._refresh)
        self._buttons["add"].clicked.connect(self._on_add)
        self._buttons["remove"].clicked.connect(self._on_remove)
        self._buttons["up"].clicked.connect(lambda: self._move(-1))
        self._buttons["down"].clicked.connect(lambda: self._move(1))
        self._buttons["reset"].clicked.connect(lambda: self._state.reset(self._name))

    @property
    def _name(self) -> str:
        return self._modality.currentText()

    @property
    def _row(self) -> int:
        return self._table.currentRow()

    def _refresh(self) -> None:
        presets, row = self._state.of(self._name), self._row
        self._table.blockSignals(True)
        self._table.setRowCount(len(presets))
        for place, preset in enumerate(presets):
            texts = (str(place + 1) if place < N_DIGITS else "", preset.name, f"{preset.width:g}", f"{preset.level:g}")
            for column, text in enumerate(texts):
                self._write(place, column, text)
        self._table.blockSignals(False)
        self._unit.setText(_unit_words(self._name))
        self._verdict.setText("")
        self._choose(row)

    def _write(self, row: int, column: int, text: str) -> None:
        # A cell whose editor just closes must stay the same item.
        item = self._table.item(row, column)
        if item is None:
            self._table.setItem(row, column, _cell(text, column))
        else:
            item.setText(text)

    def _refresh_buttons(self) -> None:
        n_rows = self._table.rowCount()
        self._buttons["remove"].setEnabled(self._row >= 0)
        self._buttons["up"].setEnabled(self._row > 0)
        self._buttons["down"].setEnabled(0 <= self._row < n_rows - 1)
        self._buttons["reset"].setEnabled(self._state.is_changed(self._name))

    def _choose(self, row: int) -> None:
        if self._table.rowCount():
            self._table.selectRow(min(max(row, 0), self._table.rowCount() - 1))
        self._refresh_buttons()

    def _on_cell_changed(self, item: QTableWidgetItem) -> None:
        presets = list(self._state.of(self._name))
        before = presets[item.row()]
        changed, reason = _changed(before, item.column(), item.text())
        if reason:
            self._refresh()
            self._verdict.setText(reason)
        elif changed == before:
            self._refresh()
        else:
            presets[item.row()] = changed
            self._state.set_presets(self._name, tuple(presets))

    def _on_add(self) -> None:
        presets = self._state.of(self._name)
        self._state.set_presets(self._name, (*presets, replace(NEW, name=tr(NEW.name))))
        self._choose(len(presets))
        self._table.editItem(self._table.item(len(presets), NAME))

    def _on_remove(self) -> None:
        presets, row = list(self._state.of(self._name)), self._row
        del presets[row]
        self._state.set_presets(self._name, tuple(presets))
        self._choose(row)

    def _move(self, by: int) -> None:
        presets, row = list(self._state.of(self._name)), self._row
        presets.insert(row + by, presets.pop(row))
        self._state.set_presets(self._name, tuple(presets))
        self._choose(row + by)


def _changed(before: WindowPreset, column: int, text: str) -> tuple[WindowPreset, str]:
    if column == NAME:
        after = replace(before, name=text.strip())
    else:
        try:
            number = float(text.strip().replace(",", "."))
        except ValueError:
            return before, tr("{text} is no number.").format(text=repr(text.strip()))
        after = replace(before, width=number) if column == WIDTH else replace(before, level=number)
    return after, told(why_not(after.name, after.width, after.level))


def _cell(text: str, column: int) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    if column == DIGIT:
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
    if column in (WIDTH, LEVEL):
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def _unit_words(modality: str) -> str:
    if modality == "CT":
        return tr("In HU. Radiographs (CR, DX, MG) have none: no window fits every detector.")
    if modality == "PT":
        return tr("In SUV by body weight; offered where it can be computed.")
    return tr("In the values of the image.")


def _button(title: str, tip: str, parent: QWidget) -> QPushButton:
    button = QPushButton(title, parent)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button

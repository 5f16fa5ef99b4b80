"""The pages of what the network saw: image, note, vital signs, sound and the record."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSlider, QTableWidgetItem, QVBoxLayout, QWidget

from medmm.core.case import Case
from medmm.core.prediction import CaseResult
from medmm.core.quality import InputKind
from ui import theme
from ui.language import tr
from ui.panels.delta_table import PlainTable
from ui.panels.facts import FactsPanel
from ui.panels.plain_label import plain_tip
from ui.panels.seen_pictures import SeenPictures, StoredPicture
from ui.state.seen_words import (
    chunk_texts,
    image_captions,
    left_out_lines,
    read_words,
    record_rows,
    sections_of,
    vital_cells,
    vital_tip,
    vital_titles,
)

NARROW = 300


class ImagePage(QWidget):
    """Both pictures, for a volume with a slider, and the steps between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = SeenPictures(self)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setAccessibleName(tr("Slice"))
        self._slider.setToolTip(tr("The slice of what the network got"))
        self._slider.valueChanged.connect(self.pictures.show_slice)
        self._facts = _facts(self)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.pictures, 1)
        left.addWidget(self._slider)
        line = _line(self)
        line.addLayout(left, 1)
        line.addWidget(self._facts)

    def show_result(self, result: CaseResult, stored: StoredPicture | None, *, hint: str) -> None:
        """Show the image of a result; stored: its picture, None where it is not in memory, as `hint` says."""
        image = result.seen.image if result.seen is not None else None
        size = (stored.rows, stored.cols) if stored is not None else None
        captions = image_captions(image, size) if image is not None else ("", "")
        self.pictures.show_image(image, stored, captions, hint=hint)
        n_slices = len(image.pixels) if image is not None and image.pixels.ndim == 3 else 1
        self._slider.setVisible(n_slices > 1)
        self._slider.setRange(0, n_slices - 1)
        self._slider.setValue(n_slices // 2 if n_slices > 1 else 0)
        self._facts.show_sections(sections_of(result, InputKind.IMAGE))


class NotePage(QWidget):
    """The tokens as the vocabulary writes them, and what was left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tokens = QPlainTextEdit(self)
        self.tokens.setReadOnly(True)
        self.tokens.setTabChangesFocus(True)
        self.tokens.setAccessibleName(tr("Tokens that the network read"))
        self.tokens.setToolTip(tr("Tokens in their order, with the vocabulary's own signs"))
        self.tokens.setPlaceholderText(tr("No note was read."))
        self._facts = _facts(self)
        line = _line(self)
        line.addWidget(self.tokens, 1)
        line.addWidget(self._facts)

    def show_result(self, result: CaseResult, case: Case | None) -> None:
        """Show the note of a result; the case has the text that was left out."""
        note = result.seen.note if result.seen is not None else None
        sections = sections_of(result, InputKind.NOTE)
        text = ""
        if note is not None:
            text = "\n\n".join(f"{title}\n{words}" for title, words in chunk_texts(note))
            notes = case.notes if case is not None else ()
            sections.insert(1, (tr("Left out or blanked"), left_out_lines(note, notes)))
            sections.insert(0, (tr("Read"), read_words(note)))
        self.tokens.setPlainText(text)
        self._facts.show_sections(sections)


class VitalsPage(QWidget):
    """The standardised numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = PlainTable((), tr("Vital signs as the network gets them, in deviations from the mean"), self)
        self.table.verticalHeader().show()
        self._facts = _facts(self)
        line = _line(self)
        line.addWidget(self.table, 1)
        line.addWidget(self._facts)

    def show_result(self, result: CaseResult) -> None:
        """Show the vital signs of a result."""
        vitals = result.seen.vitals if result.seen is not None else None
        self._facts.show_sections(sections_of(result, InputKind.VITALS))
        self.table.clear()
        columns, rows = vital_titles(vitals) if vitals is not None else ([], [])
        self.table.setRowCount(len(rows))
        self.table.setColumnCount(len(columns))
        self.table.set_hint(tr("No vital sign was read."))
        if vitals is None:
            return
        self.table.setHorizontalHeaderLabels(columns)
        self.table.setVerticalHeaderLabels(rows)
        self.table.align_right(range(len(columns)))
        for row, cells in enumerate(vital_cells(vitals)):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(vital_tip(vitals, row, column))
                self.table.setItem(row, column, item)


class SoundPage(QWidget):
    """Numbers and steps of the recordings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = FactsPanel(self)
        _line(self).addWidget(self._facts)

    def show_result(self, result: CaseResult) -> None:
        """Show the recordings of a result."""
        self._facts.show_sections(sections_of(result, InputKind.AUDIO))


class RecordPage(QWidget):
    """Everything that has to be the same for the result to come about again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = PlainTable([tr("Where"), tr("What"), tr("Value")], tr("How the result came about"), self)
        self.table.horizontalHeader().setStretchLastSection(True)
        _line(self).addWidget(self.table)

    def show_result(self, result: CaseResult) -> None:
        """Show the record of a result."""
        rows = record_rows(result)
        self.table.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                self.table.setItem(row, column, item)


def _facts(parent: QWidget) -> FactsPanel:
    panel = FactsPanel(parent)
    panel.setFixedWidth(theme.scaled(NARROW))
    return panel


def _line(page: QWidget) -> QHBoxLayout:
    line = QHBoxLayout(page)
    line.setContentsMargins(0, 8, 0, 0)
    line.setSpacing(8)
    return line

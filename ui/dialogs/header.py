"""Every element of the file shown: searched as one types, followed from slice to slice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import tr
from ui.panels.elided_label import ElidedLabel
from ui.panels.header_tree import HeaderTree, as_paragraph
from ui.panels.plain_label import plain_label
from ui.state.header_model import HeaderModel
from ui.state.header_state import HeaderState

DETAIL_LINES = 4


class HeaderDialog(QDialog):
    """Stays open beside the window; the buttons step through the slices of the image shown."""

    step_wanted = Signal(int)
    shown = Signal()

    def __init__(self, state: HeaderState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._model = HeaderModel(self)
        self._shown_table: object = None
        self.setWindowTitle(tr("DICOM header"))
        open_in_size(self, 960, 640)
        self._file = ElidedLabel(self)
        self._search = QLineEdit(self)
        self._private = QCheckBox(tr("Private only"), self)
        self._count = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._tree = HeaderTree(self._model, self)
        self._detail = QPlainTextEdit(self)
        self._previous = self._button(tr("&Previous"), tr("Header of the slice before (Alt+Up)"))
        self._next = self._button(tr("&Next"), tr("Header of the next slice (Alt+Down)"))
        self._copy = self._button(tr("Copy &rows"), tr("Copy the rows chosen as text (Ctrl+C)"))
        self._dress()
        self._build()
        self._connect()
        self._refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._search.setFocus()
        self.shown.emit()

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _dress(self) -> None:
        self._search.setPlaceholderText(tr("Tag, keyword, vendor or value"))
        self._search.setAccessibleName(tr("Look for"))
        self._search.setToolTip(tr("Shows the rows that hold every word, such as 0010,0010 or PatientName"))
        self._private.setToolTip(tr("Show only elements that a vendor has defined"))
        self._detail.setReadOnly(True)
        self._detail.setAccessibleName(tr("The element chosen"))
        self._detail.setToolTip(tr("The element chosen with its whole value"))
        self._detail.setPlaceholderText(tr("Choose a row to read its whole value."))
        self._detail.setMinimumHeight(DETAIL_LINES * QFontMetrics(theme.font()).lineSpacing() + 12)

    def _build(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.addWidget(self._tree)
        parts.addWidget(self._detail)
        parts.setStretchFactor(0, 1)
        parts.setSizes([self.height(), self._detail.minimumHeight()])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(_row(self._file, self._previous, self._next))
        column.addLayout(_row(self._search, self._private, self._count))
        column.addWidget(parts, 1)
        column.addWidget(close_box(self, self._copy))

    def _connect(self) -> None:
        self._search.textChanged.connect(self._model.look_for)
        self._private.toggled.connect(self._model.set_private_only)
        self._model.modelReset.connect(self._refresh_count)
        self._tree.selectionModel().currentChanged.connect(lambda: self._refresh_detail())
        self._copy.clicked.connect(self._tree.copy_rows)
        self._previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.step_wanted.emit(1))
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self, lambda by=by: self.step_wanted.emit(by))
        self._state.changed.connect(self._refresh)

    def _refresh(self) -> None:
        path = self._state.path
        name = path.name if path else tr("No file is shown.")
        self._file.set_text(" · ".join(part for part in (name, self._state.place) if part))
        for button in (self._previous, self._next):
            button.setEnabled(self._state.can_step)
        if self._state.table is not self._shown_table:
            self._shown_table = self._state.table
            self._model.show_table(self._state.table)
        self._refresh_count()

    def _refresh_count(self) -> None:
        model, problem = self._model, self._state.problem
        self._count.setText(
            tr("{n} of {total} rows").format(n=f"{model.n_shown:,}", total=f"{model.n_rows:,}")
            if model.is_filtered
            else tr("{n} rows").format(n=f"{model.n_rows:,}")
        )
        if problem is not None:
            self._tree.set_hint(f"{problem.sentence} {problem.hint}")
        elif model.n_rows:
            self._tree.set_hint(tr("No row holds these words."))
        else:
            self._tree.set_hint(tr("The elements of the image shown appear here.") if self._state.path is None else "")
        self._refresh_detail()

    def _refresh_detail(self) -> None:
        row = self._tree.current
        self._detail.setPlainText(as_paragraph(row, self._tree.current_path) if row is not None else "")


def _row(first: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first, 1)
    for part in others:
        row.addWidget(part)
    return row

"""A structured report: how far it is, who stands for it, and its tree of text with search."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QPushButton, QTreeView, QVBoxLayout, QWidget
from typing_extensions import override

from medmm.core.image_places import Places
from medmm.imaging.structured_report import StructuredReport
from ui import theme
from ui.language import mark, tr
from ui.panels.empty_hint import paint_empty_hint
from ui.panels.plain_label import plain_label
from ui.panels.wrapped_cells import WrappedCells
from ui.state.report_model import CODE, ITEM, RELATION, VALUE, ReportModel, outline
from ui.state.time_words import written_words

# Above this, rows of their own height would make every search slow.
MOST_WRAPPED = 2000
FLAG_WORDS = {
    "COMPLETE": mark("complete"),
    "PARTIAL": mark("partial"),
    "VERIFIED": mark("verified"),
    "UNVERIFIED": mark("not verified"),
}
WIDTHS = {ITEM: 280, CODE: 140, RELATION: 130}
# In a narrow view the values need the room more than what stands behind them.
NARROW, NARROWEST = 760, 520


class ReportView(QWidget):
    """Shows a report; a double click or Enter on a row that names an image asks for it."""

    image_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ReportModel(self)
        self._facts = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2, wraps=True)
        self._search = QLineEdit(self)
        self._count = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._copy = QPushButton(tr("Copy text"), self)
        self._tree = _ReportTree(self._model, self)
        self._build()
        self._search.textChanged.connect(self._model.look_for)
        self._model.modelReset.connect(self._on_reset)
        self._tree.activated.connect(self._on_activated)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(outline(self._model.rows)))

    @property
    def model(self) -> ReportModel:
        """The rows of the report."""
        return self._model

    @property
    def tree(self) -> QTreeView:
        """The rows as they are seen."""
        return self._tree

    def show_report(self, report: StructuredReport | None, places: Places) -> None:
        """Show another report; places: the slices that are open, which its items may name."""
        self._search.clear()
        self._facts.setText("   ".join(_facts(report)) if report else "")
        self._model.show_report(report, places)
        self._tree.setFocus()

    def _build(self) -> None:
        self._search.setPlaceholderText(tr("Find in the report"))
        self._search.setAccessibleName(tr("Find in the report"))
        self._search.setToolTip(tr("Shows the items that hold every word, of their name, value or code"))
        self._copy.setToolTip(tr("Copy the whole report as indented text"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._search, 1)
        row.addWidget(self._count)
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._facts)
        column.addLayout(row)
        column.addWidget(self._tree, 1)

    def _on_reset(self) -> None:
        model = self._model
        words = tr("{n} of {total} items") if model.is_filtered else tr("{n} items")
        self._count.setText(words.format(n=f"{model.n_shown:,}", total=f"{model.n_rows:,}"))
        self._tree.show_all(model.n_shown)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None and row.image is not None:
            self.image_wanted.emit(row.image)


class _ReportTree(QTreeView):
    """All items open, values wrapped while there are not too many."""

    def __init__(self, model: ReportModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(WrappedCells(self, VALUE))
        self.setIndentation(16)
        self.setAllColumnsShowFocus(True)
        self.setAccessibleName(tr("Items of the report"))
        self.setToolTip(tr("What the report says, as a tree; Left and Right fold and unfold"))
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, theme.scaled(width))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self.viewport().width()
        self.setColumnHidden(RELATION, width < theme.scaled(NARROW))
        self.setColumnHidden(CODE, width < theme.scaled(NARROWEST))
        super().resizeEvent(event)

    def show_all(self, n_rows: int) -> None:
        """Open every item."""
        self.setUniformRowHeights(n_rows > MOST_WRAPPED)
        self.expandAll()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_empty_hint(self, tr("No item holds these words."))


def _facts(report: StructuredReport) -> Iterator[str]:
    flags = (tr(FLAG_WORDS.get(flag, flag)) for flag in (report.completion, report.verification) if flag)
    yield from (part for part in (report.kind, *flags) if part)
    if report.written:
        yield tr("written {time}").format(time=written_words(report.written))
    for observer in report.observers:
        who = ", ".join(part for part in (observer.name, observer.organization) if part)
        yield tr("verified by {who} {time}").format(who=who, time=written_words(observer.time)).rstrip()
    if report.n_predecessors:
        yield tr("follows {n} earlier versions").format(n=report.n_predecessors)

"""The study browser's rows as a Qt model: only what changed is told, so that a scan does not make the list jump."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from ui.language import tr
from ui.panels.plain_label import plain_tip
from ui.state.browser_rows import Row, RowKind, StudyIndex, Wanted, make_rows, to_words
from ui.state.case_state import CaseState
from ui.state.series_store import Progress

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PICTURE_ROLE = ROW_ROLE + 1
REMARK_ROLE = ROW_ROLE + 2
SERIES_MIME = "application/x-medmm-series"
AnyIndex = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class BrowserModel(QAbstractListModel):
    """Rows of everything open, for the words looked for and with what is folded. updated: they are in step again."""

    updated = Signal()

    def __init__(self, cases: CaseState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._rows: list[Row] = []
        self._words: tuple[str, ...] = ()
        self._toggled: frozenset[str] = frozenset()
        worklist = cases.worklist
        self._index = StudyIndex()
        # Of many changes in one turn, such as the 67 patients of a folder, only the last state is listed.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        for signal in (worklist.rowsInserted, worklist.rowsRemoved, worklist.dataChanged, cases.current_changed):
            signal.connect(self._soon.start)
        for signal in (cases.pixels.thumbnail_changed, cases.pixels.series_changed):
            signal.connect(self._on_series_changed)
        self._refresh()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown."""
        return tuple(self._rows)

    def search(self, text: str) -> None:
        """List only what holds all the words of a text."""
        self._words = to_words(text)
        self._refresh()

    def toggle(self, key: str) -> None:
        """Fold or unfold a row."""
        self._toggled ^= {key}
        self._refresh()

    def row_of(self, target: str, kind: RowKind = RowKind.SERIES) -> int | None:
        """Find the row of a series, or of a patient; of several, the one of the patient shown."""
        found = [place for place, row in enumerate(self._rows) if row.kind is kind and row.target == target]
        own = [place for place in found if self._cases.key in self._rows[place].key]
        return next(iter((*own, *found)), None)

    @override
    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == PICTURE_ROLE:
            return self._cases.pixels.thumbnail(row.target) if row.kind is RowKind.SERIES else None
        if role == REMARK_ROLE:
            return self._remark(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(text for text in (row.tip, self._remark(row)) if text))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_series = index.isValid() and self._rows[index.row()].kind is RowKind.SERIES
        return flags | Qt.ItemFlag.ItemIsDragEnabled if is_series else flags

    @override
    def mimeTypes(self) -> list[str]:
        return [SERIES_MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        dragged = QMimeData()
        series = [self._rows[index.row()] for index in indexes if self._rows[index.row()].kind is RowKind.SERIES]
        if series:
            dragged.setData(SERIES_MIME, QByteArray(series[0].target.encode()))
        return dragged

    def _spoken(self, row: Row) -> str:
        parts = [row.title, row.second, row.third, row.mark]
        if row.has_children:
            parts.append(tr("unfolded") if row.is_open else tr("folded"))
        if row.warning or self._remark(row):
            parts.append(tr("with remarks"))
        return ", ".join(part for part in parts if part)

    def _remark(self, row: Row) -> str:
        """Say how far a series is read where that is not yet, or not possible."""
        if row.kind is not RowKind.SERIES:
            return ""
        status = self._cases.pixels.status(row.target)
        if status.progress is Progress.READING:
            return tr("reading, {n} slices").format(n=status.n_read) if status.n_read else tr("reading")
        if status.progress is Progress.FAILED and status.problem is not None:
            return status.problem.sentence
        return tr("reading cancelled") if status.progress is Progress.CANCELLED else ""

    def _on_series_changed(self, key: str) -> None:
        for place, row in enumerate(self._rows):
            if row.target == key and row.kind is RowKind.SERIES:
                self.dataChanged.emit(self.index(place), self.index(place))

    def _refresh(self) -> None:
        wanted = Wanted(self._cases.key, self._words, self._toggled)
        self._replace(make_rows(self._cases.worklist.patients, wanted, self._index))
        self.updated.emit()

    def _replace(self, rows: list[Row]) -> None:
        """Bring the list to new rows by one removal and one insertion between what is the same at both ends."""
        old, new = [row.key for row in self._rows], [row.key for row in rows]
        head = _n_common(old, new)
        tail = _n_common(old[head:][::-1], new[head:][::-1])
        gone, come = len(old) - head - tail, len(new) - head - tail
        if gone:
            self.beginRemoveRows(QModelIndex(), head, head + gone - 1)
            del self._rows[head : head + gone]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), head, head + come - 1)
            self._rows[head:head] = rows[head : head + come]
            self.endInsertRows()
        changed = [place for place, row in enumerate(rows) if row != self._rows[place]]
        if changed:
            self._rows = rows
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))


def _n_common(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))

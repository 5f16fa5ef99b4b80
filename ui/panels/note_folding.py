"""Folding of a note's sections: the lines that are hidden, and the column of signs beside the text."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QTextBlock
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from ui import theme
from ui.language import tr
from ui.panels.plain_label import plain_tip
from ui.state.note_folds import Fold, fold_at

if TYPE_CHECKING:
    from ui.panels.note_text import NoteText

WIDTH = 16
SIGN = 4.0


class Folding(QObject):
    """The folds of the note shown and which of them are closed; hides their lines in the widget's document."""

    changed = Signal()

    def __init__(self, text: NoteText) -> None:
        super().__init__(text)
        self._text = text
        self.folds: tuple[Fold, ...] = ()
        self.folded: frozenset[int] = frozenset()

    def take(self, folds: tuple[Fold, ...], folded: frozenset[int]) -> None:
        """Take the folds of another note, whose lines are all shown, and close those that were closed."""
        self.folds, self.folded = folds, frozenset()
        self.close_only(folded)

    def close_only(self, sections: Collection[int]) -> None:
        """Fold these sections and open all others."""
        wanted = frozenset(fold.section for fold in self.folds if fold.section in sections)
        for fold in self.folds:
            if (fold.section in wanted) != (fold.section in self.folded):
                self._hide(fold, is_hidden=fold.section in wanted)
        if wanted != self.folded:
            self.folded = wanted
            self.changed.emit()

    def toggle(self, fold: Fold) -> None:
        """Fold a section, or open it."""
        self.close_only(self.folded ^ {fold.section})

    def open_at(self, index: int) -> None:
        """Open the section that hides a character."""
        fold = fold_at(self.folds, index)
        if fold is not None:
            self.close_only(self.folded - {fold.section})

    def n_lines(self, fold: Fold) -> int:
        """Count the lines that a fold hides, blank ones at its end left out."""
        return len(self._text.written(fold.start, fold.end).rstrip().split("\n"))

    def _hide(self, fold: Fold, *, is_hidden: bool) -> None:
        first, last = self._text.place_of(fold.start), self._text.place_of(fold.end)
        block = self._text.document().findBlock(first)
        while block.isValid() and block.position() < last:
            block.setVisible(not is_hidden)
            # Qt counts the lines of hidden blocks too, unless they are told to have none.
            block.setLineCount(0 if is_hidden else max(1, block.layout().lineCount()))
            block = block.next()
        document = self._text.document()
        document.markContentsDirty(first, last - first)
        document.documentLayout().documentSizeChanged.emit(document.documentLayout().documentSize())


class FoldColumn(QWidget):
    """A triangle beside the head of every section that can be folded; a click folds or opens it."""

    def __init__(self, text: NoteText, folding: Folding) -> None:
        super().__init__(text)
        self._text, self._folding = text, folding
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(WIDTH), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for fold, line in self._text.heads_seen():
            is_folded = fold.section in self._folding.folded
            painter.setBrush(theme.color(theme.ACCENT if is_folded else theme.TEXT_2))
            middle = line.top() + self._text.fontMetrics().height() / 2
            painter.drawPolygon(_triangle(QPointF(self.width() / 2, middle), is_folded=is_folded))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        fold = self._fold_at(event.position().y())
        if fold is not None and event.button() is Qt.MouseButton.LeftButton:
            self._folding.toggle(fold)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            fold = self._fold_at(event.pos().y())
            if fold is not None:
                words = tr("Open this section") if fold.section in self._folding.folded else tr("Fold this section")
                QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().event(event)

    def _fold_at(self, y: float) -> Fold | None:
        return next((fold for fold, line in self._text.heads_seen() if line.top() <= y < line.bottom()), None)


def paint_hidden(painter: QPainter, head: QTextBlock, line: QRectF, n_lines: int) -> None:
    """Say behind a head how many lines are folded away, so that nobody takes them for not being there."""
    lines = head.layout()
    last = lines.lineAt(lines.lineCount() - 1)
    words = tr("… 1 line folded") if n_lines == 1 else tr("… {n} lines folded").format(n=n_lines)
    painter.setPen(theme.color(theme.ACCENT))
    left = line.left() + last.naturalTextWidth() + 12
    top = line.top() + last.y()
    painter.drawText(QRectF(left, top, 400, last.height()), Qt.AlignmentFlag.AlignVCenter, words)


def _triangle(middle: QPointF, *, is_folded: bool) -> QPolygonF:
    size = theme.scaled(1) * SIGN
    if is_folded:
        corners = [QPointF(-size / 2, -size), QPointF(-size / 2, size), QPointF(size / 2 + 1, 0)]
    else:
        corners = [QPointF(-size, -size / 2), QPointF(size, -size / 2), QPointF(0, size / 2 + 1)]
    return QPolygonF([middle + corner for corner in corners])

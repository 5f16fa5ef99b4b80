"""Folding of a note's sections: the lines that are hidden, and the column of signs beside the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
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
        """Take the folds of another note, those closed that were closed."""
        self.folds, self.folded = folds, folded

    def close_only(self, sections: Collection[int]) -> None:
        """Fold these sections and open all others."""
        wanted = frozenset(fold.section for fold in self.folds if fold.section in sections)
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

    def hide(self) -> None:
        """Hide the lines of what is folded, in a document whose lines are all shown."""
        document = self._text.document()
        for fold in self.folds:
            if fold.section in self.folded:
                block, last = document.findBlock(self._text.place_of(fold.start)), self._text.place_of(fold.end)
                while block.isValid() and block.position() < last:
                    block.setVisible(False)
                    # Qt counts the lines of hidden blocks too, unless they are told to have none.
                    block.setLineCount(0)
                    block = block.next()
        if self.folded:
            document.markContentsDirty(0, document.characterCount())
            layout = document.documentLayout()
            layout.documentSizeChanged.emit(layout.documentSize())


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
        for fold, line in heads_seen(self._text, self._folding):
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
        return next(
            (fold for fold, line in heads_seen(self._text, self._folding) if line.top() <= y < line.bottom()), None
        )


def heads_seen(text: NoteText, folding: Folding) -> Iterator[tuple[Fold, QRectF]]:
    """Give the heads in view that can be folded, with the place of their lines in the viewport."""
    first = bisect_left(folding.folds, text.top_index(), key=lambda fold: fold.head[0])
    folds = iter(folding.folds[first:])
    fold = next(folds, None)
    for block, place in _blocks_seen(text):
        while fold is not None and text.place_of(fold.head[0]) < block.position() + block.length():
            yield fold, place
            fold = next(folds, None)


def _blocks_seen(text: NoteText) -> Iterator[tuple[QTextBlock, QRectF]]:
    block, offset = text.firstVisibleBlock(), text.contentOffset()
    while block.isValid():
        # Hidden ones are passed over without asking where they would lie: there may be thousands.
        if block.isVisible():
            place = text.blockBoundingGeometry(block).translated(offset)
            if place.top() > text.viewport().height():
                return
            yield block, place
        block = block.next()


def paint_hidden(painter: QPainter, head: QTextBlock, line: QRectF, fold: Fold) -> None:
    """Say behind a head how much is folded away, so that nobody takes it for not being there."""
    lines = head.layout()
    last = lines.lineAt(lines.lineCount() - 1)
    words = tr("… {n} characters folded").format(n=f"{fold.end - fold.start:,}")
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

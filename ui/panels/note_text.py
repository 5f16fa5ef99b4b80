"""The text of a note: plain, tinted, searched; only what is seen is marked, so that long notes stay fast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget
from typing_extensions import override

from medmm.core.record import ClinicalNote, Negation
from medmm.workflow.note_marks import negations_within
from ui import theme
from ui.language import tr
from ui.panels.note_folding import FoldColumn, Folding, heads_seen, paint_hidden
from ui.panels.note_look import look_of
from ui.panels.plain_label import plain_tip
from ui.state.note_folds import MAX_HEADINGS, cuts_of, fold_at, folds_of, shown_parts
from ui.state.note_offsets import NoteOffsets
from ui.state.note_search import NoteSearch
from ui.state.note_spans import Mark, NoteSpan, Run, runs_of
from ui.state.note_words import heading_end

# Marked beyond what is seen, so that a few lines of scrolling need no new marks.
MARGIN = 1_000
STRETCH = 4_096
SMALLEST_PX, LARGEST_PX = 9, 32


class NoteText(QPlainTextEdit):
    """Whatever the note contains is shown as characters, never as markup."""

    top_changed = Signal()
    # Whether the section that one is in is to be folded (True) or opened.
    fold_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note: ClinicalNote | None = None
        self._text = ""
        self._offsets = NoteOffsets("")
        self._weights: tuple[NoteSpan, ...] = ()
        self._search = NoteSearch()
        self._negations: dict[int, tuple[Negation, ...]] = {}
        self._marked = (0, 0)
        self._size_px = theme.SIZE_BODY
        self.folding = Folding(self)
        self._column = FoldColumn(self, self.folding)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFont(theme.font())
        self.setAccessibleName(tr("Clinical note"))
        self.setToolTip(tr("The note as it was written; coloured words raised or lowered the selected finding"))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.folding.changed.connect(self._on_folded)

    def show_note(self, note: ClinicalNote | None, folded: frozenset[int] = frozenset()) -> None:
        """Take another note; what was searched and weighed belongs to the one before and goes.

        folded: the sections that are folded already.
        """
        self._note, self._text = note, note.text if note else ""
        self._weights, self._search, self._negations = (), NoteSearch(), {}
        self.folding.take(folds_of(note) if note else (), folded)
        self._make_room()
        self._lay_out()

    def _lay_out(self) -> None:
        self.setExtraSelections([])
        self._offsets = NoteOffsets(self._text, cuts_of(self.folding.folds, self.folding.folded))
        self.setPlainText(self._offsets.shown)
        if self._note is not None:
            self._embolden(self._note)
        self.folding.hide()
        self.mark_again()

    def _on_folded(self) -> None:
        top = self.top_index()
        self._lay_out()
        at = fold_at(self.folding.folds, top)
        is_hidden = at is not None and at.section in self.folding.folded
        self.jump_to(at.head[0] if at is not None and is_hidden else top)

    def set_weights(self, spans: Sequence[NoteSpan]) -> None:
        """Tint words by their weight."""
        self._weights = tuple(spans)
        self.mark_again()

    def set_search(self, search: NoteSearch) -> None:
        """Mark what was found, and bring the place looked at into view."""
        self._search = search
        if search.place is not None:
            self.folding.open_at(search.place[0])
            cursor = self._cursor(search.place[1], search.place[1])
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        self.mark_again()

    def jump_to(self, index: int) -> None:
        """Bring the line of an offset to the top."""
        block = self._cursor(index, index).block()
        self.setTextCursor(QTextCursor(block))
        self.verticalScrollBar().setValue(block.firstLineNumber())

    def top_index(self) -> int:
        """Give the offset of the first character seen."""
        return self._offsets.to_text(self.firstVisibleBlock().position())

    def is_at_end(self) -> bool:
        """Tell whether the end of the note is seen while its beginning is not."""
        bar = self.verticalScrollBar()
        return 0 < bar.maximum() == bar.value()

    def zoom_by(self, steps: int) -> None:
        """Make the text larger or smaller, by one pixel a step; 0 goes back to the usual size."""
        wanted = self._size_px + steps if steps else theme.SIZE_BODY
        self._size_px = min(max(wanted, SMALLEST_PX), LARGEST_PX)
        theme.dress(self, f"font-size: ${{px{self._size_px}}}px;")
        self.mark_again()

    def negation_at(self, index: int) -> Negation | None:
        """Give the negation that covers a character, cue and target alike."""
        return next(
            (found for found in self._negated(index, index + 1) if found.span[0] <= index < found.span[1]), None
        )

    def mark_again(self) -> None:
        """Mark anew what is seen and a little around it."""
        self._marked = self._seen(MARGIN)
        parts = shown_parts(self.folding.folds, self.folding.folded, *self._marked)
        runs = (run for first, last in parts for run in runs_of(self._spans(first, last), first=first, last=last))
        self.setExtraSelections([self._selection(run) for run in runs])
        self._column.update()

    def place_of(self, index: int) -> int:
        """Turn an offset of the note into Qt's position."""
        return self._offsets.to_qt(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        for fold, place in heads_seen(self, self.folding):
            if fold.section in self.folding.folded:
                head = self._cursor(fold.head[0], fold.head[0]).block()
                paint_hidden(painter, head, place, fold)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self.fold_asked.emit(event.key() == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            index = self._offsets.to_text(self.cursorForPosition(event.position().toPoint()).position())
            fold = fold_at(self.folding.folds, index)
            if fold is not None and index < fold.head[1]:
                self.folding.toggle(fold)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        self._on_scrolled()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.mark_again()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.words_at(self._offsets.to_text(self.cursorForPosition(event.pos()).position()))
            if words:
                QToolTip.showText(event.globalPos(), plain_tip(words), self)
                return True
        return super().viewportEvent(event)

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        # The note's own characters: without the line ends that are only on the screen.
        cursor = self.textCursor()
        start, end = self._offsets.to_text(cursor.selectionStart()), self._offsets.to_text(cursor.selectionEnd())
        copied = QMimeData()
        copied.setText(self._text[start:end])
        return copied

    def words_at(self, index: int) -> str:
        """Say what is marked at a character, as its tooltip does; empty where nothing is."""
        lines = []
        negation = self.negation_at(index)
        if negation is not None:
            start, end = negation.span
            lines.append(tr("negated: {words}").format(words=" ".join(self._text[start:end].split())))
        weight = next((span for span in self._weights if span.start <= index < span.end and span.words), None)
        if weight is not None:
            lines.append(weight.words)
        return "\n".join(lines)

    def _make_room(self) -> None:
        # Beside the text only where something can be folded.
        wide = self._column.sizeHint().width() if self.folding.folds else 0
        self.setViewportMargins(wide, 0, 0, 0)
        inside = self.contentsRect()
        self._column.setGeometry(inside.left(), inside.top(), wide, inside.height())

    def _on_scrolled(self) -> None:
        first, last = self._seen(0)
        if first < self._marked[0] or last > self._marked[1]:
            self.mark_again()
        self._column.update()
        self.top_changed.emit()

    def _seen(self, margin: int) -> tuple[int, int]:
        corner = self.viewport().rect().bottomRight()
        first = self._offsets.to_text(self.cursorForPosition(QPoint(0, 0)).position())
        last = self._offsets.to_text(self.cursorForPosition(corner).position())
        return max(0, first - margin), min(len(self._text), last + margin)

    def _spans(self, first: int, last: int) -> Iterator[NoteSpan]:
        yield from self._weights
        for negation in self._negated(first, last):
            yield NoteSpan(*negation.span, Mark.NEGATED)
        for start, end, is_current in self._search.within(first, last):
            yield NoteSpan(start, end, Mark.CURRENT if is_current else Mark.MATCH)

    def _negated(self, first: int, last: int) -> Iterator[Negation]:
        # A cue may stand up to a stretch before what it denies.
        for number in range(max(0, first // STRETCH - 1), last // STRETCH + 1):
            if number not in self._negations:
                start = number * STRETCH
                self._negations[number] = negations_within(self._text, start, start + STRETCH)
            yield from self._negations[number]

    def _embolden(self, note: ClinicalNote) -> None:
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for section in note.sections[:MAX_HEADINGS]:
            self._place(cursor, section.start, heading_end(note.text, section))
            cursor.mergeCharFormat(bold)
        cursor.endEditBlock()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        self._place(cursor, start, end)
        return cursor

    def _place(self, cursor: QTextCursor, start: int, end: int) -> None:
        cursor.setPosition(self._offsets.to_qt(start))
        cursor.setPosition(self._offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)

    def _selection(self, run: Run) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(run.start, run.end)
        selection.format = look_of(run)
        return selection

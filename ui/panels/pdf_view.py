"""The pages of a PDF: one at a time, as wide as there is room and reads well, magnified at will."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from ui import theme
from ui.language import tr
from ui.state.document_state import ZOOM_STEP, DocumentState

MARGIN = 12
# While the view is dragged wider or magnified step by step, only the size that it stays at is drawn.
PAUSE_MS = 80
# A page on a wide screen is not blown up beyond what reads well.
MOST_DOTS = 120
NOTCH = 120


class PdfView(QAbstractScrollArea):
    """Paints the page drawn last, scaled until the one that fits has come."""

    page_wanted = Signal(int, float)

    def __init__(self, state: DocumentState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._picture = QImage()
        self._drawn: object = None
        self._asked: tuple[int, float] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Page"))
        self.setToolTip(tr("Page Up and Page Down turn the page; Ctrl and the wheel magnify"))
        # Always there: a bar that comes and goes would change the width that the page is fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)
        state.changed.connect(self._refresh)
        state.view_changed.connect(self._on_view_changed)

    def ask(self) -> None:
        """Ask for the page wanted at the size it is to be seen at; once for each size."""
        wanted = (self._state.page_number, self._dots_per_inch())
        if wanted != self._asked:
            self._asked = wanted
            self.page_wanted.emit(*wanted)

    def ask_anew(self) -> None:
        """Ask for the first page of another document."""
        self._asked = None
        self.ask()

    def _dots_per_inch(self) -> float:
        return self._page_size().width() * self.devicePixelRatioF() / max(self._page_inches()[0], 0.01)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color(theme.GROUND))
        if not self._picture.isNull() and self._state.page is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._page_rect(), self._picture)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_view_changed()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._scroll_or_turn(step)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._turn_to(0 if event.key() == Qt.Key.Key_Home else self._state.n_pages - 1)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            factor = ZOOM_STEP if event.key() == Qt.Key.Key_Plus else 1 / ZOOM_STEP
            self._state.set_zoom(self._state.zoom * factor)
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._state.set_zoom(self._state.zoom * ZOOM_STEP**notches)
            return
        bar = self.verticalScrollBar()
        is_at_end = bar.value() == (bar.maximum() if notches < 0 else bar.minimum())
        if is_at_end and notches:
            self._scroll_or_turn(1 if notches < 0 else -1)
        else:
            super().wheelEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        # A new text size or screen: the page is drawn anew.
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.ScreenChangeInternal):
            self._pause.start()
        return super().viewportEvent(event)

    def _scroll_or_turn(self, step: int) -> None:
        """Go on by a screen; at the page's end to the next one, at its beginning to the one before."""
        bar = self.verticalScrollBar()
        end = bar.maximum() if step > 0 else bar.minimum()
        if bar.value() != end:
            bar.setValue(bar.value() + step * bar.pageStep())
            return
        before = self._state.page_number
        self._turn_to(before + step)
        if self._state.page_number != before and step < 0:
            bar.setValue(bar.maximum())

    def _turn_to(self, number: int) -> None:
        self._state.turn_to(number)
        self.verticalScrollBar().setValue(0)

    def _refresh(self) -> None:
        page = self._state.page
        if page is not self._drawn:
            self._drawn = page
            self._picture = _to_picture(page.pixels.tobytes(), page.pixels.shape) if page is not None else QImage()
            if page is not None:
                # A page of another size than the one before is fitted once it has told its size.
                self._pause.start()
        self._place_bars()
        self.viewport().update()

    def _on_view_changed(self) -> None:
        self._place_bars()
        self.viewport().update()
        if self._state.document is not None and self.isVisible():
            self._pause.start()

    def _page_inches(self) -> tuple[float, float]:
        # A4 until the document has said otherwise.
        return self._state.page.size_inches if self._state.page else (8.27, 11.69)

    def _page_size(self) -> QSize:
        inches = self._page_inches()
        room = max(self.viewport().width() - 2 * MARGIN, 50)
        width = min(room, theme.scaled(inches[0] * MOST_DOTS)) * self._state.zoom
        return QSize(round(width), round(width * inches[1] / max(inches[0], 0.01)))

    def _page_rect(self) -> QRect:
        size, room = self._page_size(), self.viewport().size()
        left = max((room.width() - size.width()) // 2, MARGIN)
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRect(QPoint(left, MARGIN) - offset, size)

    def _place_bars(self) -> None:
        size, room = self._page_size(), self.viewport().size()
        for bar, whole, seen in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setPageStep(seen)
            bar.setRange(0, max(whole + 2 * MARGIN - seen, 0))


def _to_picture(pixels: bytes, shape: tuple[int, ...]) -> QImage:
    rows, cols = shape[:2]
    # copy(): QImage only borrows the bytes.
    return QImage(pixels, cols, rows, 3 * cols, QImage.Format.Format_RGB888).copy()

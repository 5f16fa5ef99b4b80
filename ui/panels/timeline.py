"""The timeline under the image: studies, notes and vital signs across dates; a click shows what stands there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from medmm.core.quality import InputKind
from ui import theme
from ui.language import tr
from ui.panels.plain_label import plain_tip
from ui.panels.time_gestures import CLICK_ROOM, AxisPlace, keyed, wheeled
from ui.panels.time_ruler import paint_ruler
from ui.panels.timeline_frame import TimelineFrame, timeline_height
from ui.panels.timeline_paint import MARGIN, paint_lanes, paint_mark, paint_shown, paint_strip, paint_words
from ui.state.time_axis import TimeAxis
from ui.state.timeline_state import TimelineState
from ui.state.timeline_words import item_lines

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TimelinePanel(QWidget):
    """Wheel zooms, a drag moves, a double click shows everything; Left and Right step, Enter opens."""

    def __init__(self, state: TimelineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._pressed: QPointF | None = None
        self._grabbed: TimeAxis | None = None
        self._is_drag = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Wheel zooms, a drag moves, a double click shows all; Left and Right step, Enter opens"))
        state.changed.connect(self._refresh)
        state.view_changed.connect(self._refresh)
        self._refresh()

    @property
    def state(self) -> TimelineState:
        """What the panel shows."""
        return self._state

    @property
    def frame(self) -> TimelineFrame:
        """Where the parts lie now."""
        return TimelineFrame(self.width(), self.height(), self._state.axis, self._state.items)

    @override
    def sizeHint(self) -> QSize:
        return QSize(4 * timeline_height(), timeline_height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(240), timeline_height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SIZE_CORNER))
        painter.fillRect(self.rect(), theme.color(theme.PANEL))
        if self._state.items:
            self._paint_items(painter)
        else:
            room = QRectF(self.rect()).adjusted(MARGIN, 0, -MARGIN, 0)
            painter.setPen(theme.color(theme.TEXT_2))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._empty())
        if self.hasFocus():
            painter.setPen(theme.color(theme.ACCENT))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._state.axis is not None:
            self._state.look(wheeled(self._state.axis, event, self._axis_place()))
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._grabbed, self._is_drag = event.position(), self._state.axis, False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is None:
            is_on_item = bool(self.frame.items_at(at.x(), at.y()))
            self.setCursor(Qt.CursorShape.PointingHandCursor if is_on_item else Qt.CursorShape.ArrowCursor)
            return
        moved = at.x() - self._pressed.x()
        self._is_drag = self._is_drag or abs(moved) >= CLICK_ROOM
        if self._is_drag and self._grabbed is not None:
            self._state.look(self._grabbed.panned(-moved / self._axis_place().width))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._is_drag:
            self._click(event.position())
        self._pressed = self._grabbed = None

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._state.axis is not None and not self.frame.items_at(at.x(), at.y()):
            self._state.look(self._state.axis.reset())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), plain_tip(words), self)
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        axis = self._state.axis
        if not self._is_ours(event):
            super().keyPressEvent(event)
        elif event.key() in OPENING:
            self._state.open(self._state.cursor)
        elif event.key() in STEPS:
            self._state.step(STEPS[Qt.Key(event.key())])
        elif event.key() in ENDS:
            self._state.put_cursor(ENDS[Qt.Key(event.key())] % max(1, len(self._state.items)))
        elif axis is not None:
            self._state.look(keyed(axis, event) or axis)

    def words_at(self, at: QPointF) -> str:
        """Say what stands at a point, as its tooltip does; empty where nothing does."""
        found = self.frame.items_at(at.x(), at.y())
        return "\n\n".join("\n".join(item_lines(self._state.items[place])) for place in found)

    def _is_ours(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        is_zoom = self._state.axis is not None and keyed(self._state.axis, event) is not None
        return event.key() in (*STEPS, *ENDS, *OPENING) or is_zoom

    def _click(self, at: QPointF) -> None:
        found = self.frame.items_at(at.x(), at.y())
        if found:
            # Several at one place: each click goes to the next of them.
            after = (found.index(self._state.cursor) + 1) % len(found) if self._state.cursor in found else 0
            self._state.open(found[after])

    def _axis_place(self) -> AxisPlace:
        body = self.frame.body
        return AxisPlace(body.left(), body.width())

    def _empty(self) -> str:
        if self._state.has_case:
            return tr("This patient's files hold no study, note or vital sign.")
        return tr("The patient's studies, notes and vital signs appear here by date.")

    def _refresh(self) -> None:
        place, items = self._state.cursor, self._state.items
        words = tr("Timeline")
        if 0 <= place < len(items):
            number = tr("{at} of {n}").format(at=place + 1, n=len(items))
            shown = [tr("shown")] if self._state.is_shown(items[place]) else []
            words = ", ".join([words, number, *item_lines(items[place]), *shown])
        self.setAccessibleName(words)
        self.update()

    def _paint_items(self, painter: QPainter) -> None:
        frame, state = self.frame, self._state
        paint_lanes(painter, frame)
        if frame.axis is not None:
            paint_ruler(painter, frame.ruler, frame.axis)
        painter.save()
        painter.setClipRect(QRectF(frame.body.left() - 8, 0, self.width() - frame.body.left() + 8, self.height()))
        paint_strip(painter, frame, *state.marks)
        if state.shown_study is not None:
            paint_shown(painter, frame, state.shown_study)
        for kind in (InputKind.IMAGE, InputKind.NOTE):
            self._paint_lane(painter, frame, kind)
        if 0 <= state.cursor < len(state.items) and self.hasFocus():
            painter.setPen(QPen(theme.color(theme.ACCENT), 1.5, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.place_of(state.cursor).adjusted(-3, -3, 3, 3), 3, 3)
        painter.restore()

    def _paint_lane(self, painter: QPainter, frame: TimelineFrame, kind: InputKind) -> None:
        paint_words(painter, frame, kind)
        # The marks over the words: a mark must never be hidden.
        for place, item in enumerate(frame.items):
            if item.kind is kind:
                paint_mark(painter, frame, place, is_shown=self._state.is_shown(item))

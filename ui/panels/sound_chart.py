"""The spectrogram of a recording: zoomed and moved in time, read off by pointer and keys, with the weights over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from medmm.core.heat_map import SoundMap
from medmm.workflow.spectrogram import Spectrogram
from ui import theme
from ui.language import tr
from ui.panels.sound_frame import SoundFrame
from ui.panels.sound_paint import grey_image, paint_axes, paint_cursor, paint_greys, paint_scale, paint_weights
from ui.panels.time_gestures import CLICK_ROOM, AxisPlace, keyed, wheeled
from ui.state.sound_cursor import Cursor
from ui.state.sound_state import SoundState
from ui.state.sound_words import cursor_words, recording_words
from ui.state.time_axis import TimeAxis
from ui.state.view_state import ViewState
from ui.viewer.heat_overlay import HeatLook

LEAST_HEIGHT = 96
# By how many columns and bands an arrow goes, alone and with Shift.
STEP, LONG_STEP = 1, 10
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class SoundChart(QWidget):
    """Wheel zooms, a drag moves, a double click shows everything; arrows read off. Weights while the overlay is on."""

    def __init__(self, state: SoundState, view: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._view = state, view
        self._greys: tuple[Spectrogram, QImage] | None = None
        self._grabbed: tuple[QPointF, TimeAxis] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(
            tr("Wheel zooms, a drag moves, a double click shows all; arrows read off, with Shift in longer steps")
        )
        state.changed.connect(self._refresh)
        state.view_changed.connect(self._refresh)
        view.overlay_changed.connect(self._refresh)
        self._refresh()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(220), theme.scaled(LEAST_HEIGHT))

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(320), theme.scaled(180))

    @property
    def frame(self) -> SoundFrame | None:
        """Where the parts lie now; None until there is a picture."""
        picture, axis = self._state.spectrogram, self._state.axis
        return None if picture is None or axis is None else SoundFrame(self.width(), self.height(), axis, picture)

    @property
    def weights_shown(self) -> SoundMap | None:
        """The weights while they are painted."""
        return self._state.weights if self._view.is_overlay_shown else None

    def readout(self) -> str:
        """Say what is read off at the cursor; empty without one."""
        picture, cursor = self._state.spectrogram, self._state.cursor
        return "" if picture is None or cursor is None else cursor_words(picture, cursor, self.weights_shown)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SIZE_CORNER))
        frame = self.frame
        if frame is None:
            painter.setPen(theme.color(theme.TEXT_2))
            words = self._state.trouble or tr("Drawing the recording")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        else:
            self._paint_sound(painter, frame)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color(theme.ACCENT))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_sound(self, painter: QPainter, frame: SoundFrame) -> None:
        weights, scale = self.weights_shown, self._view.habits.heat_map
        paint_greys(painter, frame, self._image_of(frame.picture))
        if weights is not None:
            look = HeatLook(self._view.overlay_opacity, self._view.overlay_threshold, scale)
            paint_weights(painter, frame, weights, look)
        paint_axes(painter, frame)
        paint_scale(painter, frame, scale=scale if weights is not None else None)
        cursor = self._state.cursor
        if cursor is None:
            return
        paint_cursor(painter, frame, cursor)
        painter.setPen(theme.color(theme.TEXT))
        line = QRectF(frame.body.left(), 0, frame.body.width(), frame.body.top() - 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, self.readout())

    def _image_of(self, picture: Spectrogram) -> QImage:
        if self._greys is None or self._greys[0] is not picture:
            self._greys = (picture, grey_image(picture))
        return self._greys[1]

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        frame = self.frame
        if frame is None:
            event.ignore()
            return
        place = AxisPlace(frame.body.left(), frame.body.width())
        self._state.look(wheeled(frame.axis, event, place))
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        axis = self._state.axis
        if event.button() == Qt.MouseButton.LeftButton and axis is not None:
            self._grabbed = (event.position(), axis)
            if self._state.trouble:
                self._state.try_again()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        frame = self.frame
        if frame is None:
            return
        if self._grabbed is None:
            self._state.point(frame.cursor_at(event.position()))
            return
        pressed, axis = self._grabbed
        moved = event.position().x() - pressed.x()
        if abs(moved) >= CLICK_ROOM or frame.axis != axis:
            self._state.look(axis.panned(-moved / frame.body.width()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._state.axis is not None:
            self._state.look(self._state.axis.reset())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._state.point(None)

    @override
    def event(self, event: QEvent) -> bool:
        # The window has uses of its own for these keys; with the chart in focus they are the chart's.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        frame = self.frame
        if frame is None or not self._is_own(event):
            super().keyPressEvent(event)
        elif event.key() in ARROWS:
            self._step(frame, event)
        else:
            self._state.look(keyed(frame.axis, event) or frame.axis)

    def _step(self, frame: SoundFrame, event: QKeyEvent) -> None:
        columns, bands = ARROWS[Qt.Key(event.key())]
        by = LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        middle = Cursor(frame.axis.seconds_at(0.5), len(frame.picture.levels_db) // 2)
        cursor = self._state.cursor
        moved = (cursor or middle).moved(frame.picture, columns=by * columns, bands=by * bands)
        self._state.point(middle if cursor is None else moved)

    def _is_own(self, event: QKeyEvent) -> bool:
        axis = self._state.axis
        if axis is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        return event.key() in ARROWS or keyed(axis, event) is not None

    def _refresh(self) -> None:
        recording = self._state.recording
        name = recording_words(recording) if recording else ""
        self.setAccessibleName(tr("Spectrogram of {recording}").format(recording=name))
        self.setAccessibleDescription(self.readout())
        self.update()

"""The chart of the vital signs: lanes over one time axis, zoomed and panned at the display's rate."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui import theme
from ui.language import tr
from ui.panels.time_gestures import CLICK_ROOM, PAN_STEP, AxisPlace, keyed, wheeled
from ui.panels.time_ruler import paint_ruler
from ui.panels.vitals_frame import VitalsFrame, least_height
from ui.panels.vitals_margins import paint_name, paint_outside, paint_range, paint_readout, paint_study, paint_weight
from ui.panels.vitals_paint import LanePicture, paint_lane
from ui.state.time_axis import TimeAxis
from ui.state.vital_words import sign_title, value_words, weight_words
from ui.state.vitals_state import VitalsState

SELECTION_ALPHA = 0.25


class VitalsChart(QWidget):
    """Wheel zooms, a drag moves, a drag along the axis zooms into that stretch, a double click shows everything."""

    def __init__(self, state: VitalsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._pressed: QPointF | None = None
        self._grabbed: TimeAxis | None = None
        self._stretch: tuple[float, float] | None = None
        self._pointed: tuple[int, int] | None = None
        # All but what follows the pointer: pointing must not paint thousands of values anew.
        self._still: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(
            tr("Wheel zooms, a drag moves, a drag along the axis zooms into that stretch, a double click shows all")
        )
        state.changed.connect(self._refresh)
        state.view_changed.connect(self._redraw)
        self._refresh()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(260), least_height(len(self._state.lanes)))

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @property
    def frame(self) -> VitalsFrame:
        """Where the parts lie now."""
        return VitalsFrame(self.width(), self.height(), len(self._state.lanes))

    def picture(self, row: int) -> LanePicture | None:
        """Give a lane with its place."""
        axis = self._state.axis
        return LanePicture(self._state.lanes[row], self.frame.lane(row), axis) if axis else None

    def readout(self) -> list[str]:
        """Say the measurement under the pointer; empty where there is none."""
        if self._pointed is None:
            return []
        row, place = self._pointed
        return self._state.lines_of(self._state.lanes[row].measurements[place])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        axis, frame = self._state.axis, self.frame
        if axis is None:
            return
        if self._still is None or self._still.deviceIndependentSize() != QSizeF(self.size()):
            self._still = self._draw_still(axis, frame)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SIZE_CORNER))
        self._paint_stretch(painter, frame)
        self._paint_pointed(painter, frame)
        self._paint_focus(painter)

    def _draw_still(self, axis: TimeAxis, frame: VitalsFrame) -> QPixmap:
        ratio = self.devicePixelRatioF()
        still = QPixmap((QSizeF(self.size()) * ratio).toSize())
        still.setDevicePixelRatio(ratio)
        still.fill(Qt.GlobalColor.transparent)
        painter = QPainter(still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SIZE_CORNER))
        weights = self._state.weights
        for row in range(frame.n_lanes):
            picture = LanePicture(self._state.lanes[row], frame.lane(row), axis)
            paint_lane(painter, picture)
            paint_name(painter, picture, is_low=frame.is_low)
            paint_range(painter, picture, frame.range_of(row), is_low=frame.is_low)
            weight = weights.get(picture.lane.sign.name)
            if weight is not None:
                paint_weight(painter, frame.weight_of(row), weight)
        if self._state.window is not None:
            paint_outside(painter, frame, axis, self._state.window)
        paint_ruler(painter, frame.ruler, axis)
        if self._state.study is not None:
            paint_study(painter, frame, axis, self._state.study)
        painter.end()
        return still

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._redraw()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        axis, frame = self._state.axis, self.frame
        if axis is None or not frame.body.united(frame.ruler).contains(event.position()):
            event.ignore()
            return
        self._state.look(wheeled(axis, event, self._place()))
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._grabbed = event.position(), self._state.axis

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self._grabbed is None:
            self._point(event.position())
            return
        moved = event.position().x() - self._pressed.x()
        if self.frame.ruler.contains(self._pressed):
            place = self._place()
            self._stretch = (place.fraction(self._pressed.x()), place.fraction(event.position().x()))
            self.update()
        elif abs(moved) >= CLICK_ROOM or self._state.axis != self._grabbed:
            self._pointed = None
            self._state.look(self._grabbed.panned(-moved / self._place().width))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        stretch, axis = self._stretch, self._state.axis
        self._pressed = self._grabbed = self._stretch = None
        if stretch is not None and axis is not None and abs(stretch[1] - stretch[0]) * self._place().width > CLICK_ROOM:
            start, end = sorted(stretch)
            self._state.look(axis.between(axis.seconds_at(start), axis.seconds_at(end)))
        self.update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._state.axis is not None:
            self._state.look(self._state.axis.reset())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = None
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        # The window has uses of its own for these keys; with the chart in focus they are the chart's.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._axis_for(event):
            event.accept()
            return True
        if event.type() is QEvent.Type.ToolTip and self._pointed is not None:
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        axis = self._axis_for(event)
        if axis is None:
            super().keyPressEvent(event)
        else:
            self._state.look(axis)

    def _axis_for(self, event: QKeyEvent) -> TimeAxis | None:
        axis = self._state.axis
        if axis is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return None
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return axis.panned(PAN_STEP if event.key() == Qt.Key.Key_Right else -PAN_STEP)
        return keyed(axis, event)

    def _refresh(self) -> None:
        self._pointed = None
        self.setMinimumHeight(least_height(len(self._state.lanes)))
        self.setAccessibleName(self._spoken())
        self._redraw()

    def _redraw(self) -> None:
        self._still = None
        self.update()

    def _spoken(self) -> str:
        weights = self._state.weights
        parts = [tr("Chart of the vital signs")]
        for lane in self._state.lanes:
            value = f"{value_words(lane.last)} {lane.sign.unit}" if lane.last else tr("not measured")
            parts.append(f"{sign_title(lane.sign)} {value} {weight_words(weights.get(lane.sign.name))}".rstrip())
        return ", ".join(parts)

    def _place(self) -> AxisPlace:
        body = self.frame.body
        return AxisPlace(body.left(), body.width())

    def _point(self, at: QPointF) -> None:
        row, axis, found = self.frame.row_at(at.y()), self._state.axis, None
        if row is not None and axis is not None and self.frame.body.contains(at):
            place = self._state.lanes[row].nearest(axis.seconds_at(self._place().fraction(at.x())))
            found = None if place is None else (row, place)
        if found != self._pointed:
            self._pointed = found
            self.update()

    def _paint_stretch(self, painter: QPainter, frame: VitalsFrame) -> None:
        if self._stretch is None:
            return
        left, right = sorted(frame.body.left() + part * frame.body.width() for part in self._stretch)
        area = QRectF(left, frame.body.top(), right - left, frame.ruler.bottom() - frame.body.top())
        painter.fillRect(area, theme.color(theme.ACCENT, alpha=SELECTION_ALPHA))

    def _paint_pointed(self, painter: QPainter, frame: VitalsFrame) -> None:
        picture = self.picture(self._pointed[0]) if self._pointed else None
        if picture is None or self._pointed is None:
            return
        at = picture.point(self._pointed[1])
        if picture.area.left() - 1 <= at.x() <= picture.area.right() + 1:
            paint_readout(painter, frame, at, self.readout())

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setPen(theme.color(theme.ACCENT))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

"""The crosshair over one canvas: painted on top, taken hold of before the canvas gets the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from medmm.imaging.reformat import Plane
from ui import theme
from ui.state.mpr_state import MprState
from ui.state.view_state import Tool
from ui.viewer.canvas import ImageCanvas
from ui.viewer.crosshair_drag import CrosshairDrag
from ui.viewer.crosshair_figure import Figure, Grip, Held, held_at, make_figure
from ui.viewer.crosshair_paint import paint_crosshair, paint_plane_frame

# With these the left button is free for the crosshair where it lies; a measuring tool keeps the whole view.
GIVING_WAY = frozenset({Tool.WINDOW, Tool.PAN, Tool.ZOOM, Tool.SCROLL})
CURSORS = {
    Grip.CENTRE: Qt.CursorShape.SizeAllCursor,
    Grip.LINE: Qt.CursorShape.OpenHandCursor,
    Grip.HANDLE: Qt.CursorShape.PointingHandCursor,
}


class CrosshairLayer(QWidget):
    """Lies over the canvas of one plane for as long as the planes are shown; gone with `remove`."""

    def __init__(self, mpr: MprState, plane: Plane, canvas: ImageCanvas) -> None:
        super().__init__(canvas)
        self._mpr, self._plane, self._canvas = mpr, plane, canvas
        self._held: Held | None = None
        self._drag: CrosshairDrag | None = None
        self._waiting: tuple[QPointF, Qt.KeyboardModifier] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A queue of one, as for every drag on the canvas.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._step)
        canvas.installEventFilter(self)
        canvas.view_state.changed.connect(self.update)
        mpr.changed.connect(self.update)
        self.setGeometry(canvas.rect())
        self.show()

    @property
    def figure(self) -> Figure | None:
        """Where the crosshair lies now."""
        cuts, image = self._mpr.cuts, self._canvas.view_state.image
        if cuts is None or image is None or self._mpr.views.get(self._plane) is not self._canvas.view_state:
            return None
        side = float(min(self.width(), self.height()))
        return make_figure(cuts, self._plane, image, self._canvas.placement(), side=side)

    def remove(self) -> None:
        """Take the crosshair off the canvas."""
        self._timer.stop()
        self._canvas.removeEventFilter(self)
        self._canvas.unsetCursor()
        self.hide()
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return self._press(event)
        if event.type() == QEvent.Type.MouseMove:
            return self._move(event)
        return event.type() == QEvent.Type.MouseButtonRelease and self._release(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            with theme.image_colors():
                self._paint(painter, QRectF(self.rect()))
        finally:
            painter.end()

    def _paint(self, painter: QPainter, rect: QRectF) -> None:
        figure = self.figure
        if figure is not None:
            paint_plane_frame(painter, self._plane, rect)
            paint_crosshair(painter, figure, rect, held=self._held)

    def _press(self, event: QMouseEvent) -> bool:
        figure, cuts, image = self.figure, self._mpr.cuts, self._canvas.view_state.image
        is_ours = event.button() is Qt.MouseButton.LeftButton and self._canvas.view_state.tool in GIVING_WAY
        held = held_at(figure, event.position()) if figure is not None and is_ours else None
        if held is None or cuts is None or image is None:
            return False
        self._canvas.setFocus()
        self._drag = CrosshairDrag(self._mpr, self._plane, held, self._canvas.placement, event.position())
        return True

    def _move(self, event: QMouseEvent) -> bool:
        if self._drag is None:
            is_free = not event.buttons() and self._canvas.view_state.tool in GIVING_WAY
            figure = self.figure
            self._hold(held_at(figure, event.position()) if figure is not None and is_free else None)
            return False
        self._waiting = (event.position(), event.modifiers())
        self._timer.start()
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if self._drag is None or event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._step()
        self._drag.end()
        self._drag = None
        return True

    def _step(self) -> None:
        if self._drag is not None and self._waiting is not None:
            (point, modifiers), self._waiting = self._waiting, None
            self._drag.to(point, modifiers)

    def _hold(self, held: Held | None) -> None:
        if held == self._held:
            return
        self._held = held
        if held is None:
            self._canvas.unsetCursor()
        else:
            self._canvas.setCursor(CURSORS[held.grip])
        self.update()

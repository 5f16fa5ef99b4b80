"""Measuring in one viewport: presses draw, select and move; the numbers follow while the button is down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from medmm.core.image import MedicalImage
from medmm.core.measurement import Measurement, Point, SlicePlace, is_complete
from medmm.imaging.measuring import pixel_size
from medmm.imaging.outlines import handles_of, inside_image, is_void, shifted, with_handle
from medmm.imaging.pixel_sample import sample_pixel
from ui import theme
from ui.language import tr
from ui.state.measurement_words import label_lines, sample_parts
from ui.state.measuring_desk import MeasuringDesk
from ui.state.view_state import Tool, ViewState
from ui.viewer.measuring.drawing import DRAWINGS, Drawing
from ui.viewer.measuring.hit import Hit, find_hit, to_image
from ui.viewer.measuring.labels import LabelPlaces, paint_label
from ui.viewer.measuring.painting import Drawn, paint_measurements
from ui.viewer.placement import Placement

# A press that moves less than this, in pixels of the screen, is a click.
CLICK_SLOP = 3.0
PROBE_GAP = 8.0
Shape = Qt.CursorShape


class Measuring(QObject):
    """One drawing or one drag at a time; what is drawn or dragged is a draft until the button comes up.

    With a measuring tool every measurement can be grabbed, unless Shift is held. With the other tools only the
    selected one can, so that a drag for the window never moves a measurement by accident; a click selects.
    """

    def __init__(
        self, view: ViewState, desk: MeasuringDesk, placement: Callable[[], Placement], canvas: QWidget
    ) -> None:
        super().__init__(canvas)
        self._view, self._desk, self._state, self._readouts = view, desk, desk.state, desk.readouts
        self._placement, self._canvas = placement, canvas
        self._drawing: Drawing | None = None
        self._drag: Hit | None = None
        self._hovered: Hit | None = None
        self._pressed_at: QPointF | None = None
        self._was_dragged = False
        self._pointer: QPointF | None = None
        self._waiting: list[QPointF] = []
        # As with the other gestures: however fast the mouse is, there is one step for each turn of the event loop.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.flush)
        for signal in (self._state.changed, self._state.selection_changed):
            signal.connect(canvas.update)
        for signal in (view.tool_changed, view.image_changed, view.slice_changed):
            signal.connect(self.cancel)
        view.tool_changed.connect(self._show_cursor)

    def press(self, event: QMouseEvent) -> bool:
        """Begin or go on with a drawing, or grab a measurement; tell whether the press is used up."""
        if event.button() is not Qt.MouseButton.LeftButton or self._view.image is None:
            return False
        place = event.position()
        self._pressed_at, self._was_dragged = place, False
        if self._drawing is None:
            hit = self._grabbed(place, event.modifiers())
            if hit is not None:
                self._state.select(hit.measurement)
                self._drag = hit
                return True
            if self._view.tool not in DRAWINGS:
                return self._view.tool is Tool.PROBE
            self._drawing = DRAWINGS[self._view.tool]()
        self._drawing.press(self._point(place))
        self._show_draft()
        return True

    def move(self, event: QMouseEvent) -> None:
        """Take the pointer's newest place; a step is made when the event loop comes round."""
        self._pointer = event.position()
        if self._pressed_at is not None and not self._was_dragged:
            way = event.position() - self._pressed_at
            self._was_dragged = abs(way.x()) + abs(way.y()) >= CLICK_SLOP
        if self.is_busy or not event.buttons():
            self._waiting.append(event.position())
            self._timer.start()

    def flush(self) -> None:
        """Make the waiting step now."""
        places, self._waiting = self._waiting, []
        self._timer.stop()
        if not places or self._view.image is None:
            return
        if self._drawing is not None:
            for place in places:
                self._drawing.move(self._point(place))
            self._show_draft()
        elif self._drag is not None and self._pressed_at is not None:
            if self._was_dragged:
                self._state.set_draft(self._dragged(self._drag, places[-1]))
        else:
            self._hover(places[-1])

    def release(self, event: QMouseEvent) -> bool:
        """End the drag or a part of the drawing; tell whether the release is used up."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed_at is None:
            return False
        self.flush()
        was_dragged, self._pressed_at = self._was_dragged, None
        if self._drawing is not None:
            self._drawing.release(self._point(event.position()), was_dragged=was_dragged)
            self._end_drawing() if self._drawing.is_done else self._show_draft()
            return True
        if self._drag is not None:
            self._end_drag()
            return True
        if not was_dragged and self._view.image is not None:
            hit = self._hit(event.position())
            self._state.select(hit.measurement if hit else None)
        return False

    def leave(self) -> None:
        """The pointer left the view."""
        self._pointer, self._hovered = None, None

    def cancel(self) -> bool:
        """Drop what is being drawn or dragged; tell whether there was anything."""
        was_busy = self.is_busy
        self._timer.stop()
        self._drawing, self._drag, self._hovered, self._pressed_at = None, None, None, None
        self._waiting.clear()
        if was_busy:
            self._state.set_draft(None)
        return was_busy

    def remove_selected(self) -> None:
        """Delete the measurement that is selected."""
        self._state.remove_selected()

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being drawn or dragged."""
        return self._drawing is not None or self._drag is not None

    @property
    def takes_double_clicks(self) -> bool:
        """Tell whether two quick clicks are two points."""
        return self._view.tool in DRAWINGS

    def paint(self, painter: QPainter, placement: Placement, rect: QRectF) -> None:
        """Paint the measurements of the slice shown, and what the probe says."""
        image = self._view.image
        assert image is not None, "nothing to paint on"
        places = LabelPlaces(rect)
        drawn = [self._drawn(measurement, image) for measurement in self._on_slice(image)]
        paint_measurements(painter, drawn, placement, places=places)
        if self._view.tool is Tool.PROBE and self._pointer is not None:
            self._paint_probe(painter, placement, places)

    def _on_slice(self, image: MedicalImage) -> tuple[Measurement, ...]:
        study_uid = image.header.study_uid
        if study_uid and self._state.draft is None and not self._state.in_studies([study_uid]):
            # Planes computed from a volume are named by their pixels: not worth it when there is nothing to find.
            return ()
        return self._state.on_slice(self._place(image))

    def _place(self, image: MedicalImage) -> SlicePlace:
        return self._readouts.place(image, self._view.slice_index)

    def _drawn(self, measurement: Measurement, image: MedicalImage) -> Drawn:
        selected = self._state.selected
        is_hovered = self._hovered is not None and self._hovered.measurement.id == measurement.id
        is_selected = selected is not None and selected.id == measurement.id
        if not is_complete(measurement.kind, measurement.points):
            return Drawn(measurement, (), is_selected, is_hovered)
        readout = self._desk.read(measurement, image, self._view.slice_index)
        lines = label_lines(measurement.kind, readout, image, self._view.slice_index)
        label = (measurement.name, *lines) if is_hovered or is_selected else lines
        return Drawn(measurement, label, is_selected, is_hovered, is_settled=readout.is_settled)

    def _paint_probe(self, painter: QPainter, placement: Placement, places: LabelPlaces) -> None:
        image, place = self._view.image, self._pointer
        pixel = placement.pixel_at(place) if place is not None else None
        if image is None or place is None or pixel is None:
            return
        sample = sample_pixel(image, self._view.slice_index, *pixel)
        where = tr("row {row}, column {col}").format(row=pixel[0], col=pixel[1])
        lines = (*sample_parts(sample, image, self._view.slice_index), where)
        beside = QRectF(place, place).adjusted(-PROBE_GAP, -PROBE_GAP, PROBE_GAP, PROBE_GAP)
        paint_label(painter, lines, beside, color=theme.color(theme.ACCENT), places=places)

    def _point(self, place: QPointF) -> Point:
        assert self._view.image is not None, "a point needs an image"
        return inside_image(to_image(self._placement(), place), self._view.image.size)

    def _hit(self, place: QPointF) -> Hit | None:
        if self._view.image is None:
            return None
        # Another viewport may just be drawing on this slice.
        whole = [one for one in self._on_slice(self._view.image) if is_complete(one.kind, one.points)]
        return find_hit(whole, self._placement(), place, selected=self._state.selected)

    def _grabbed(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Hit | None:
        hit, selected = self._hit(place), self._state.selected
        if self._view.tool in DRAWINGS:
            return None if modifiers & Qt.KeyboardModifier.ShiftModifier else hit
        return hit if hit is not None and selected is not None and hit.measurement.id == selected.id else None

    def _dragged(self, drag: Hit, place: QPointF) -> Measurement:
        assert self._view.image is not None, "a drag needs an image"
        assert self._pressed_at is not None, "a drag has a beginning"
        start, end = (to_image(self._placement(), point) for point in (self._pressed_at, place))
        way = end[0] - start[0], end[1] - start[1]
        size = self._view.image.size
        if drag.handle is None:
            return shifted(drag.measurement, way, size)
        # The handle keeps its way from the pointer, so that it does not jump when it is grabbed beside its middle.
        before = handles_of(drag.measurement)[drag.handle]
        point = inside_image((before[0] + way[0], before[1] + way[1]), size)
        return with_handle(drag.measurement, drag.handle, point, pixel=pixel_size(self._view.image.geometry))

    def _end_drag(self) -> None:
        self._drag = None
        draft = self._state.draft
        self._state.set_draft(None)
        if draft is not None and not is_void(draft):
            self._state.move(draft)

    def _show_draft(self) -> None:
        image, drawing = self._view.image, self._drawing
        assert image is not None, "a drawing needs an image"
        assert drawing is not None, "a draft is of a drawing"
        draft = self._state.draft
        if draft is None:
            draft = self._state.make(drawing.kind, self._place(image), drawing.points)
        self._state.set_draft(replace(draft, points=drawing.points))

    def _end_drawing(self) -> None:
        drawing, self._drawing = self._drawing, None
        draft = self._state.draft
        assert drawing is not None, "only a drawing ends"
        assert draft is not None, "every drawing has a draft"
        self._state.set_draft(None)
        drawn = replace(draft, points=drawing.points)
        if is_complete(drawn.kind, drawn.points) and not is_void(drawn):
            self._state.add(drawn)

    def _hover(self, place: QPointF) -> None:
        hit = self._hit(place)
        if hit != self._hovered:
            self._hovered = hit
            self._canvas.update()
            self._show_cursor()

    def _show_cursor(self) -> None:
        if self._hovered is not None:
            self._canvas.setCursor(
                Shape.PointingHandCursor if self._hovered.handle is not None else Shape.SizeAllCursor
            )
        elif self._view.tool in DRAWINGS or self._view.tool is Tool.PROBE:
            self._canvas.setCursor(Shape.CrossCursor)
        else:
            self._canvas.unsetCursor()

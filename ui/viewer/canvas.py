"""The image view: a widget that paints the open image and hands gestures and keys to the view state."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from medmm.core.errors import MedMMError
from medmm.core.heat_map import HeatMap
from medmm.core.image import MedicalImage
from medmm.imaging.reference_lines import Line
from ui import theme
from ui.key_table import keys_of_event
from ui.language import told, tr
from ui.state.measuring_desk import MeasuringDesk
from ui.state.view_state import Tool, ViewState
from ui.viewer.corner_text import Situation, fixed_lines, write_unread
from ui.viewer.corners import paint_corners, paint_fixed
from ui.viewer.frame import paint_frame
from ui.viewer.gestures import Gestures
from ui.viewer.keys import action_of, digit_of, is_hold
from ui.viewer.measuring.measuring import Measuring
from ui.viewer.message import EMPTY, Message, paint_message
from ui.viewer.painting import Overlay, Scene, paint_scene
from ui.viewer.placement import Placement, place
from ui.viewer.presets import automatic_preset
from ui.viewer.render import SliceRenderer, current_voi
from ui.viewer.tools import DragStart
from ui.viewer.window_menu import choose, choose_by_digit, open_menu

# What can be done to a slice that has not come yet.
MOVES = (Tool.PAN, Tool.ZOOM, Tool.SCROLL)
GESTURES = (
    "Left drag: the active tool, window at first (Ctrl faster, Shift finer). Middle drag: pan. Right drag: zoom; "
    "right click: windows. Wheel: slices; with Ctrl: zoom at the pointer. Hold Space: AI overlay."
)


class ImageCanvas(QWidget):
    """Shows one image. Text is painted as plain text; nothing is read from disk here."""

    double_clicked = Signal()
    menu_made = Signal(object)

    def __init__(self, view_state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view_state
        self._renderer = SliceRenderer()
        self._gestures = Gestures(view_state, self._make_start, self)
        self._overlay = Overlay()
        self._ai_line = ""
        self._message = EMPTY
        self._pointer: QPointF | None = None
        self._key_line = ""
        self._is_marked = False
        self._reference_line: Line | None = None
        self._missing: frozenset[int] = frozenset()
        self._measuring: Measuring | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(120, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Image")
        # No tool tip: it would cover the film.
        self.setWhatsThis(GESTURES)
        self.setAccessibleDescription(GESTURES)
        view_state.changed.connect(self.update)

    @property
    def view_state(self) -> ViewState:
        """The state that this canvas shows and changes."""
        return self._view

    def set_image(self, image: MedicalImage | None) -> None:
        """Show another image, or the empty state; overlay and message go away. The one shown stays as it is."""
        if image is None or image is not self._view.image:
            self._show(image, EMPTY)

    def set_overlay(self, heatmap: HeatMap | None, caption: str | None = "") -> None:
        """Take the selected finding's map of this image; caption: the finding, or why there is no map; None: quiet."""
        self._overlay = Overlay(heatmap, caption)
        self.update()

    def set_reference_line(self, line: Line | None) -> None:
        """Draw where the active viewport's slice crosses the image shown."""
        if line != self._reference_line:
            self._reference_line = line
            self.update()

    def measure_on(self, desk: MeasuringDesk) -> None:
        """Show the measurements of the session, and let the measuring tools make more of them."""
        self._measuring = Measuring(self._view, desk, self.placement, self)
        self.update()

    def set_ai_line(self, text: str) -> None:
        """Say which model speaks and in what state it is, e.g. "chest-multimodal 1.2, ready"."""
        self._ai_line = text
        self.update()

    def set_key_line(self, text: str) -> None:
        """Say what marks the slice as a key image; empty for nothing."""
        if text != self._key_line:
            self._key_line = text
            self.update()

    def set_marked(self, is_marked: bool) -> None:
        """Frame the view: of several, keys and toolbar act on this one."""
        self._is_marked = is_marked
        self.update()

    def show_loading(self, text: str) -> None:
        """Say on the canvas that an image is being read."""
        self._show(None, Message(text, "", theme.TEXT_2))

    def show_message(self, sentence: str, hint: str = "") -> None:
        """Say on the canvas why it is empty where nothing is wrong."""
        self._show(None, Message(sentence, hint, theme.TEXT_2))

    def show_problem(self, sentence: str, hint: str = "") -> None:
        """Say on the canvas why there is no image."""
        self._show(None, Message(sentence, hint, theme.STOP))

    def choose_auto_window(self) -> None:
        """Show the slice from the 0.5 to the 99.5 percentile of its values; colours have no window."""
        image = self._view.shown.seen
        if image is not None and not image.is_color and not self._view.is_missing:
            choose(automatic_preset(), self._view, self._renderer.pixels(image, self._view.slice_index))

    def placement(self) -> Placement:
        """Where the image lies in the widget now; there must be an image."""
        return place(self._view, self.width(), self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            with theme.image_colors():
                self._paint(painter, QRectF(self.rect()))
        finally:
            # A painter that an exception leaves open brings the process down when it is collected.
            painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() is Qt.MouseButton.LeftButton
        if self._view.is_missing and is_left and self._view.tool not in MOVES:
            return
        is_free = not self._gestures.is_dragging and not self._view.is_missing
        if self._measuring is None or not (is_free and self._measuring.press(event)):
            self._gestures.press(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self._gestures.move(event)
        if self._measuring is not None:
            self._measuring.move(event)
        if not self._gestures.is_dragging:
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._measuring is not None and self._measuring.release(event):
            return
        is_menu = self._gestures.release(event)
        image = self._view.shown.seen
        if is_menu and image is not None and not self._view.is_missing:
            pixels = self._renderer.pixels(image, self._view.slice_index)
            open_menu(self, self._view, pixels, at=event.globalPosition().toPoint(), extend=self.menu_made.emit)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        measuring = self._measuring
        if measuring is not None and measuring.takes_double_clicks and measuring.press(event):
            return
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._view.image is not None:
            self._gestures.wheel(event, (self.width(), self.height()))
        event.accept()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        if self._measuring is not None:
            self._measuring.leave()
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        # While something is drawn, Esc belongs to it and not to the action that cancels work.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._ends_drawing(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._ends_drawing(event) and self._measuring is not None:
            self._measuring.cancel()
        elif event.key() == Qt.Key.Key_Backspace and self._measuring is not None:
            # The only key of that meaning on some keyboards; the one that can be changed is an action's.
            self._measuring.remove_selected()
        elif not self._take_key(event):
            super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not is_hold(keys_of_event(event), self._view.habits.keys):
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._view.hold_overlay(False)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        # The key's release goes to another window or menu: it must not leave the overlay on.
        if event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._view.hold_overlay(False)
        super().focusOutEvent(event)

    def _paint(self, painter: QPainter, rect: QRectF) -> None:
        if self._view.shown.missing != self._missing:
            # Whatever was worked out of a slice before it came is wrong.
            self._missing = self._view.shown.missing
            self._renderer.clear()
        painter.fillRect(rect, theme.color(theme.GROUND if self._view.image is None else "#000000"))
        if self._view.image is None:
            self._paint_message(painter, self._message)
        elif self._view.is_missing:
            self._paint_missing(painter, rect)
        else:
            try:
                scene = Scene(
                    self.placement(), rect, self._overlay, self._situation(), self._reference_line, self._measuring
                )
                paint_scene(painter, self._view, self._renderer, scene=scene)
            except MedMMError as error:
                self._paint_message(painter, Message(told(error.message), told(error.hint), theme.STOP))
        if self.hasFocus() or self._is_marked:
            paint_frame(painter, rect)

    def _paint_missing(self, painter: QPainter, rect: QRectF) -> None:
        words = tr("Slice {number} is still being read.").format(number=self._view.slice_index + 1)
        hint = tr("{n} of {total} slices have come and can be looked at.")
        n_come = self._view.n_slices - len(self._view.shown.missing)
        message = Message(words, hint.format(n=n_come, total=self._view.n_slices), theme.TEXT_2)
        paint_message(painter, message, rect)
        situation = Situation(1.0, None, self._ai_line)
        paint_corners(painter, write_unread(self._view, situation), rect, amount=self._view.corner_text)

    def _ends_drawing(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self._measuring is not None and self._measuring.is_busy

    def _take_key(self, event: QKeyEvent) -> bool:
        image = self._view.shown.seen
        if image is None:
            return False
        keys, changes = keys_of_event(event), self._view.habits.keys
        if is_hold(keys, changes):
            self._view.hold_overlay(True)
            return True
        digit = digit_of(keys, changes)
        if digit is not None and not self._view.is_missing:
            return choose_by_digit(digit, self._view, self._renderer.pixels(image, self._view.slice_index))
        action = action_of(keys, changes)
        if action is not None:
            action(self._view)
        return action is not None

    def _show(self, image: MedicalImage | None, message: Message) -> None:
        self._gestures.cancel()
        self._renderer.clear()
        self._message, self._overlay = message, Overlay()
        self._view.show_image(image)

    def _make_start(self, point: QPointF) -> DragStart:
        image = self._view.shown.seen
        assert image is not None, "a drag needs an image"
        pixels = self._renderer.pixels(image, self._view.slice_index)
        return DragStart(point, (self.width(), self.height()), current_voi(self._view, pixels))

    def _situation(self) -> Situation:
        placement = self.placement()
        pointer = placement.pixel_at(self._pointer) if self._pointer is not None else None
        return Situation(placement.scale * self.devicePixelRatioF(), pointer, self._ai_line, self._key_line)

    def _paint_message(self, painter: QPainter, message: Message) -> None:
        paint_message(painter, message, QRectF(self.rect()))
        paint_fixed(painter, fixed_lines(self._ai_line), QRectF(self.rect()))

"""How the open image is shown: slice, window, zoom, pan, turns, tool, overlay and corner text."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from medmm.core.image import MedicalImage
from ui.state.corner_amount import CornerText
from ui.state.layers import Layers
from ui.state.orientation import Orientation
from ui.state.presented import as_first_shown
from ui.state.shown import NOTHING_SHOWN, Shown, Voi, first_look
from ui.state.tool import Tool
from ui.state.view_habits import ViewHabits
from ui.state.window_choice import WindowChoice

__all__ = ["MAX_ZOOM", "MIN_ZOOM", "CornerText", "Tool", "ViewState", "Voi"]

MIN_ZOOM, MAX_ZOOM = 0.1, 40.0


class ViewState(QObject):
    """The view's one truth; every setter is cheap and emits `changed` plus the signal of what changed."""

    changed = Signal()
    image_changed = Signal()
    slice_changed = Signal(int)
    window_changed = Signal()
    window_chosen = Signal(object, object)
    overlay_changed = Signal()
    tool_changed = Signal()
    corner_text_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = NOTHING_SHOWN
        self._layers = Layers()
        self._is_interacting = False
        self._tool = Tool.WINDOW
        self._corner_text = CornerText.ALL
        self._is_overlay_held = False
        self._is_overlay_on = False
        self._overlay_opacity = 0.55
        self._overlay_threshold = 0.0
        self._habits = ViewHabits()

    @property
    def shown(self) -> Shown:
        """The image and how it is seen: what `show` brings back."""
        return self._shown

    @property
    def image(self) -> MedicalImage | None:
        """The image shown."""
        return self._shown.image

    @property
    def slice_index(self) -> int:
        """The slice or frame shown, from 0."""
        return self._shown.slice_index

    @property
    def n_slices(self) -> int:
        """Count the slices of the image shown; 0 without one."""
        return self.image.n_slices if self.image else 0

    @property
    def is_missing(self) -> bool:
        """Tell whether the slice shown has not come yet: then it is told, not shown."""
        return self.slice_index in self._shown.missing

    @property
    def voi(self) -> Voi | None:
        """The window or VOI LUT chosen; None for the image's default."""
        return self._shown.voi

    @property
    def zoom(self) -> float:
        """Magnification against the fitted image."""
        return self._shown.zoom

    @property
    def pan(self) -> tuple[float, float]:
        """Way of the image's centre from the view's centre, (right, down), in image pixels as turned on the screen."""
        return self._shown.pan

    @property
    def orientation(self) -> Orientation:
        """Flips and quarter turns."""
        return self._shown.orientation

    @property
    def is_inverted(self) -> bool:
        """Tell whether the user inverted the greys."""
        return self._shown.is_inverted

    @property
    def layers(self) -> Layers:
        """What is shown of the graphics and the shutter that the file brings along."""
        return self._layers

    @property
    def is_interacting(self) -> bool:
        """Tell whether a drag is under way: painting may be coarser until it ends."""
        return self._is_interacting

    @property
    def tool(self) -> Tool:
        """What the left mouse button does."""
        return self._tool

    @property
    def corner_text(self) -> CornerText:
        """How much is written over the image."""
        return self._corner_text

    @property
    def is_overlay_on(self) -> bool:
        """Tell whether the overlay was switched on to stay."""
        return self._is_overlay_on

    @property
    def is_overlay_shown(self) -> bool:
        """Tell whether the overlay is seen now: switched on, or held."""
        return self._is_overlay_on or self._is_overlay_held

    @property
    def overlay_opacity(self) -> float:
        """Opacity of the heat map, 0 to 1."""
        return self._overlay_opacity

    @property
    def overlay_threshold(self) -> float:
        """Cells below this many logits are left clear."""
        return self._overlay_threshold

    @property
    def habits(self) -> ViewHabits:
        """What the user's settings say about every viewport."""
        return self._habits

    def show_image(self, image: MedicalImage | None) -> None:
        """Take another image: its first slice (the middle one of a stack), default window, fitted, overlay off."""
        self._is_overlay_on = self._is_overlay_held = self._is_interacting = False
        self.show(first_look(image))

    def show(self, shown: Shown) -> None:
        """Take an image as it was seen before, or other planes of the same one; tool and overlay stay."""
        self._shown = shown
        self.image_changed.emit()
        self.slice_changed.emit(shown.slice_index)
        self.window_changed.emit()
        self.overlay_changed.emit()
        self.changed.emit()

    def set_slice(self, index: int) -> None:
        """Show another slice; the index is kept within the stack."""
        index = min(max(index, 0), max(self.n_slices - 1, 0))
        if index != self.slice_index:
            self._shown = replace(self._shown, slice_index=index)
            self.slice_changed.emit(index)
            self.changed.emit()

    def set_missing(self, missing: frozenset[int]) -> None:
        """Say which slices of the image have not come yet."""
        if missing != self._shown.missing:
            self._shown = replace(self._shown, missing=missing)
            self.changed.emit()

    def set_voi(self, voi: Voi | None) -> None:
        """Show through another window or VOI LUT; None goes back to the image's default."""
        self._shown = replace(self._shown, voi=voi)
        self.window_changed.emit()
        self.changed.emit()

    def choose_window(self, choice: WindowChoice) -> None:
        """Show through what the reader chose; linked viewports hear of it."""
        self.set_voi(choice.voi)
        self.window_chosen.emit(self, choice)

    def set_zoom(self, zoom: float) -> None:
        """Magnify about the view's centre."""
        self._shown = replace(self._shown, zoom=min(max(zoom, MIN_ZOOM), MAX_ZOOM))
        self.changed.emit()

    def set_pan(self, right: float, down: float) -> None:
        """Move the image."""
        self._shown = replace(self._shown, pan=(right, down))
        self.changed.emit()

    def fit(self) -> None:
        """Show the whole image, centred."""
        self._shown = replace(self._shown, zoom=1.0, pan=(0.0, 0.0))
        self.changed.emit()

    def reset(self) -> None:
        """Go back to how the image was first shown; the slice stays."""
        self._shown = as_first_shown(self._shown)
        self.window_changed.emit()
        self.fit()

    def invert(self) -> None:
        """Swap black and white."""
        self._shown = replace(self._shown, is_inverted=not self.is_inverted)
        self.window_changed.emit()
        self.changed.emit()

    def toggle_graphics(self) -> None:
        """Show the file's graphics, or hide them."""
        self._layers = replace(self._layers, graphics=not self._layers.graphics)
        self.changed.emit()

    def toggle_shutter(self) -> None:
        """Hide the outside of the image behind the file's shutter, or show all of it."""
        self._layers = replace(self._layers, shutter=not self._layers.shutter)
        self.changed.emit()

    def flip_horizontal(self) -> None:
        """Swap left and right of what is seen, about the view's centre."""
        self._shown = replace(self._shown, orientation=self.orientation.flipped_horizontally())
        self.set_pan(-self.pan[0], self.pan[1])

    def flip_vertical(self) -> None:
        """Swap top and bottom of what is seen, about the view's centre."""
        self._shown = replace(self._shown, orientation=self.orientation.flipped_vertically())
        self.set_pan(self.pan[0], -self.pan[1])

    def rotate(self) -> None:
        """Turn what is seen clockwise by a quarter, about the view's centre."""
        self._shown = replace(self._shown, orientation=self.orientation.rotated())
        self.set_pan(-self.pan[1], self.pan[0])

    def set_tool(self, tool: Tool) -> None:
        """Choose what the left mouse button does."""
        if tool is not self._tool:
            self._tool = tool
            self.tool_changed.emit()

    def set_corner_text(self, amount: CornerText) -> None:
        """Choose how much is written over the image."""
        if amount is self._corner_text:
            return
        self._corner_text = amount
        self.corner_text_changed.emit()
        self.changed.emit()

    def cycle_corner_text(self) -> None:
        """Go from all to minimal to none and round again."""
        amounts = list(CornerText)
        self.set_corner_text(amounts[(amounts.index(self._corner_text) + 1) % len(amounts)])

    def hold_overlay(self, is_held: bool) -> None:
        """Show the overlay while its key is held."""
        if is_held != self._is_overlay_held:
            self._is_overlay_held = is_held
            self.overlay_changed.emit()
            self.changed.emit()

    def toggle_overlay(self) -> None:
        """Switch the overlay on to stay, or off."""
        self._is_overlay_on = not self._is_overlay_on
        self.overlay_changed.emit()
        self.changed.emit()

    def set_overlay_opacity(self, opacity: float) -> None:
        """Make the heat map more or less opaque."""
        self._overlay_opacity = min(max(opacity, 0.0), 1.0)
        self.overlay_changed.emit()
        self.changed.emit()

    def set_overlay_threshold(self, logits: float) -> None:
        """Leave cells below this many logits clear."""
        self._overlay_threshold = max(logits, 0.0)
        self.overlay_changed.emit()
        self.changed.emit()

    def follow_overlay(self, other: ViewState) -> None:
        """Show the overlay as another viewport does."""
        theirs = (other._is_overlay_held, other._is_overlay_on, other._overlay_opacity, other._overlay_threshold)
        mine = (self._is_overlay_held, self._is_overlay_on, self._overlay_opacity, self._overlay_threshold)
        if mine != theirs:
            self._is_overlay_held, self._is_overlay_on, self._overlay_opacity, self._overlay_threshold = theirs
            self.overlay_changed.emit()
            self.changed.emit()

    def set_habits(self, habits: ViewHabits) -> None:
        """Follow the user's settings."""
        self._habits = habits
        self.changed.emit()

    def set_interacting(self, is_interacting: bool) -> None:
        """Say that a drag begins or has ended."""
        if is_interacting != self._is_interacting:
            self._is_interacting = is_interacting
            self.changed.emit()

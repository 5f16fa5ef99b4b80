"""Shows linked viewports of one modality through the window that was chosen in one of them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from medmm.core.image import MedicalImage
from medmm.imaging.like_values import carry_over, change_alike, is_same_series
from ui.state.layout_state import LayoutState, Pane
from ui.state.linking import Linking
from ui.state.shown import Voi
from ui.state.view_state import ViewState
from ui.state.window_choice import WindowChoice
from ui.viewer.presets import offer_of
from ui.viewer.render import current_voi
from ui.viewer.slice_pixels import SlicePixels
from ui.viewer.tools import to_window


class WindowLinking(QObject):
    """Follows the reader's choices: presets and automatic windows by their name, each image by its own values.

    A drag gives the same window where the values mean the same (HU, SUV, one series); elsewhere, as between two films,
    each window changes by the same share of its width. No image gets a preset that its own menu does not offer.
    """

    def __init__(self, layout: LayoutState, linking: Linking, parent: QObject) -> None:
        super().__init__(parent)
        self._layout, self._linking = layout, linking
        for view in layout.views:
            view.window_chosen.connect(self._on_chosen)

    def _on_chosen(self, source: ViewState, choice: WindowChoice) -> None:
        image = source.shown.seen
        if image is None or not self._linking.has_windows:
            return
        for number in (*self._layout.shown(Pane.MAIN), *self._layout.shown(Pane.SECOND)):
            view = self._layout.views[number]
            other = view.shown.seen
            if view is not source and other is not None and _is_alike(image, other):
                _follow(view, other, choice, led_by=(image, source.slice_index))


def _is_alike(image: MedicalImage, other: MedicalImage) -> bool:
    return image.header.modality == other.header.modality and not image.is_color and not other.is_color


def _follow(view: ViewState, image: MedicalImage, choice: WindowChoice, *, led_by: tuple[MedicalImage, int]) -> None:
    if choice.voi is None or is_same_series(image, led_by[0]):
        # One series looks the same in every plane, automatic windows included.
        view.set_voi(choice.voi)
        return
    voi = _named(view, image, choice.title) or _carried(view, image, choice, led_by=led_by)
    if voi is not None and voi != view.voi:
        view.set_voi(voi)


def _named(view: ViewState, image: MedicalImage, title: str) -> Voi | None:
    """Give the window of the same name from the menu of this image."""
    if not title:
        return None
    entries = offer_of(image, view.slice_index, view.habits.presets).entries
    preset = next((preset for preset in entries if preset.title == title), None)
    return preset.voi_of(SlicePixels(image, view.slice_index)) if preset else None


def _carried(
    view: ViewState, image: MedicalImage, choice: WindowChoice, *, led_by: tuple[MedicalImage, int]
) -> Voi | None:
    assert choice.voi is not None, "the image's own window is not carried over"
    window = to_window(choice.voi)
    carried = carry_over(window, led_by, (image, view.slice_index))
    if carried is not None or choice.before is None:
        return carried
    shown = to_window(current_voi(view, SlicePixels(image, view.slice_index)))
    return change_alike(shown, choice.before, window)

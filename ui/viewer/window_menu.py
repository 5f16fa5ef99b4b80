"""The menu of windows on the right mouse button, and the same by digit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from medmm.core.image import Window
from ui.language import tr
from ui.state.view_state import ViewState, Voi
from ui.state.window_choice import WindowChoice
from ui.viewer.presets import Preset, offer_of
from ui.viewer.render import current_voi
from ui.viewer.slice_pixels import SlicePixels


def choose(preset: Preset, view: ViewState, pixels: SlicePixels) -> None:
    """Show the image through a preset."""
    view.choose_window(WindowChoice(preset.voi_of(pixels), preset.title))


def choose_by_digit(digit: int, view: ViewState, pixels: SlicePixels) -> bool:
    """Choose the preset with this digit; tell whether there is one."""
    offered = offer_of(pixels.image, pixels.slice_index, view.habits.presets).entries
    preset = next((preset for preset in offered if preset.digit == digit), None)
    if preset is not None:
        choose(preset, view, pixels)
    return preset is not None


def make_menu(parent: QWidget, view: ViewState, pixels: SlicePixels) -> QMenu:
    """Build the menu for the image shown; the digits that choose the same are written beside."""
    menu = QMenu(parent)
    menu.setAccessibleName(tr("Window presets"))
    menu.setToolTipsVisible(True)
    current = current_voi(view, pixels)
    offer = offer_of(pixels.image, pixels.slice_index, view.habits.presets)
    for presets in (offer.own, offer.automatic, offer.usual):
        for preset in presets:
            action = _add(menu, preset.title, str(preset.digit or ""))
            action.setToolTip(tr("Show the image through this window"))
            action.setCheckable(True)
            action.setChecked(_is_same(preset.voi_of(pixels), current))
            action.triggered.connect(lambda _checked=False, chosen=preset: choose(chosen, view, pixels))
        if presets:
            menu.addSeparator()
    _add(menu, tr("As first shown"), "0").triggered.connect(
        lambda _checked=False: view.choose_window(WindowChoice(None))
    )
    _add(menu, tr("Invert"), "I").triggered.connect(view.invert)
    _add(menu, tr("Fit to view"), "=").triggered.connect(view.fit)
    _add(menu, tr("Reset view"), "Ctrl+0").triggered.connect(view.reset)
    return menu


def open_menu(
    parent: QWidget, view: ViewState, pixels: SlicePixels, *, at: QPoint, extend: Callable[[QMenu], None]
) -> None:
    """Open the menu at a place of the screen; extend may add to it; it is deleted when it closes."""
    menu = make_menu(parent, view, pixels)
    extend(menu)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)


def _is_same(offered: Voi, current: Voi) -> bool:
    # VOI LUTs are told apart by identity: their tables may be long and equal ones look the same anyway.
    return offered is current or (isinstance(offered, Window) and offered == current)


def _add(menu: QMenu, title: str, key: str) -> QAction:
    # The key is only written there: the canvas handles it, and an ampersand in a file's text must stay one.
    safe = title.replace("&", "&&").replace("\t", " ")
    action = QAction(f"{safe}\t{key}" if key else safe, menu)
    menu.addAction(action)
    return action

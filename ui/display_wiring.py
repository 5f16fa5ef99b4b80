"""Join how images are displayed, their layers, windows and presentation states, to actions and menus."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from ui.commands import Session
from ui.main_window import MainWindow
from ui.presentations import Presentations
from ui.preset_wiring import PresetWiring
from ui.viewer.canvas import ImageCanvas

NEED_IMAGE = ("graphics", "shutter", "presentations", "auto_window")


class DisplayWiring(QObject):
    """Keeps the actions enabled while there is an image to act on."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._cases = window, session.cases
        self._actions = window.actions_table
        self._presentations, self._presets = Presentations(session, self), PresetWiring(window, session)
        self._actions.bind(
            {
                "graphics": lambda: window.view.toggle_graphics(),
                "shutter": lambda: window.view.toggle_shutter(),
                "auto_window": lambda: window.canvas.choose_auto_window(),
                "window_presets": self._presets.edit,
                "presentations": lambda: self._presentations.open_menu(window.canvas, window.view),
            }
        )
        for grid in (window.grid, window.second_window.grid):
            grid.canvas_made.connect(self._on_canvas_made)
            for canvas in grid.canvases:
                self._on_canvas_made(canvas)
        for signal in (self._cases.current_changed, self._cases.case_changed, self._cases.image_changed):
            signal.connect(self._refresh)
        self._refresh()

    @property
    def presets(self) -> PresetWiring:
        """The window presets and their editor."""
        return self._presets

    @property
    def presentations(self) -> Presentations:
        """The presentation states on offer."""
        return self._presentations

    def _on_canvas_made(self, canvas: ImageCanvas) -> None:
        canvas.menu_made.connect(lambda menu, canvas=canvas: self._extend(menu, canvas))

    def _extend(self, menu: QMenu, canvas: ImageCanvas) -> None:
        self._presets.extend(menu)
        self._presentations.extend(menu, canvas.view_state)

    def _refresh(self) -> None:
        for name in NEED_IMAGE:
            self._actions[name].setEnabled(self._cases.image is not None)

"""Keep the look of the application in step with the settings."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from medmm.core.settings import Settings
from ui import theme
from ui.state.settings_state import SettingsState

OF_LOOK = {"theme", "font_scale_percent"}


class Appearance(QObject):
    """Applies theme and text size whenever they are changed."""

    def __init__(self, state: SettingsState, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        state.changed.connect(self._on_changed)

    def _on_changed(self, names: frozenset[str]) -> None:
        application = QApplication.instance()
        if names & OF_LOOK and isinstance(application, QApplication):
            theme.apply(application, look_of(self._state.settings))


def look_of(settings: Settings) -> theme.Look:
    """Give the look that the settings ask for."""
    return theme.Look(settings.theme, settings.font_scale_percent)

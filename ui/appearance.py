"""Keep the look of the application in step with the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from medmm.core.settings import Settings
from ui import theme

if TYPE_CHECKING:
    from ui.session import Session

OF_LOOK = {"theme", "font_scale_percent"}


class Appearance(QObject):
    """Applies theme and text size whenever they are changed."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._cases = session.settings, session.cases
        self._state.changed.connect(self._on_changed)

    def _on_changed(self, names: frozenset[str]) -> None:
        application = QApplication.instance()
        if names & OF_LOOK and isinstance(application, QApplication):
            theme.apply(application, look_of(self._state.settings))
            # Panels that gave colours to words and cells do so again.
            self._cases.finding_changed.emit()


def dress_for_language() -> None:
    """Take the fonts that suit the language in force."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        theme.apply(application, theme.active())


def look_of(settings: Settings) -> theme.Look:
    """Give the look that the settings ask for."""
    return theme.Look(settings.theme, settings.font_scale_percent)

"""Join the settings to the window: the page, the file, the look and the viewports."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.appearance import Appearance
from ui.commands import Session
from ui.dialogs.settings import SettingsDialog
from ui.main_window import MainWindow
from ui.settings_keeper import SettingsKeeper
from ui.state.view_habits import habits_of
from ui.state.view_state import CornerText


class SettingsWiring(QObject):
    """One page of settings at a time."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._state, self._cases = window, session.settings, session.cases
        self._reviews = session.reviews
        self._keeper = SettingsKeeper(session.settings, session.tasks, session.notices, self)
        self._appearance = Appearance(session, self)
        self._dialog: SettingsDialog | None = None
        window.actions_table.bind({"settings": self.show})
        session.settings.changed.connect(self._on_changed)
        self._obey_corner_text()
        self._obey()

    def show(self) -> None:
        """Show the page, or bring it to the front."""
        if self._dialog is None:
            self._dialog = SettingsDialog(self._state, self._window)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    @property
    def is_page_open(self) -> bool:
        """Tell whether the page is seen."""
        return self._dialog is not None and self._dialog.isVisible()

    def finish(self) -> None:
        """Store what still waits."""
        self._keeper.finish()

    def _on_changed(self, names: frozenset[str]) -> None:
        if "corner_text" in names:
            self._obey_corner_text()
        self._obey()

    def _obey(self) -> None:
        settings = self._state.settings
        self._window.viewports.set_habits(habits_of(settings, self._window.view.habits))
        self._window.actions_table.set_keys(settings.keys)
        self._cases.set_reader_first(settings.reader_first)
        self._reviews.reader = settings.reader_name

    def _obey_corner_text(self) -> None:
        self._window.view.set_corner_text(CornerText(self._state.settings.corner_text))

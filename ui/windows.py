"""The one window of a session, made anew when the language changes; what is shown and under way stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ui.appearance import dress_for_language
from ui.commands import Session
from ui.language import speak
from ui.main_window import MainWindow
from ui.wiring import Wiring

MakeWindow = Callable[[], tuple[MainWindow, Wiring]]


class Windows(QObject):
    """Panels only show states, and the states belong to the session: so other panels can take over at any moment."""

    def __init__(self, session: Session, first: tuple[MainWindow, Wiring], make: MakeWindow) -> None:
        super().__init__(session.tasks)
        self._session, self._make = session, make
        self._window, self._wiring = first
        session.settings.changed.connect(self._on_changed)

    @property
    def window(self) -> MainWindow:
        """The window in force."""
        return self._window

    @property
    def wiring(self) -> Wiring:
        """What joins that window to the session."""
        return self._wiring

    def _on_changed(self, names: frozenset[str]) -> None:
        if "language" in names:
            # After the control on the settings page that is telling this: it goes away with its window.
            QTimer.singleShot(0, self._remake)

    def _remake(self) -> None:
        speak(self._session.settings.settings.language)
        dress_for_language()
        former, wiring = self._window, self._wiring
        viewports = self._session.views.viewports
        shown, active_index = [view.shown for view in viewports.views], viewports.active_index
        has_second_window, has_page = former.second_window.isVisible(), wiring.is_settings_page_open
        tab = former.tabs.currentIndex()
        former.keep_layout()
        wiring.hand_over()
        self._window, self._wiring = self._make()
        for view, value in zip(viewports.views, shown, strict=True):
            view.show(value)
        viewports.activate(active_index)
        self._window.tabs.setCurrentIndex(tab)
        self._window.show()
        if has_second_window:
            self._window.second_window.toggle()
            viewports.activate(active_index)
        if has_page:
            self._wiring.show_settings()
        former.hide()
        former.deleteLater()

"""Join what is looked up, the header, documents and key images, to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.commands import Session
from ui.header_lookup import HeaderLookup

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class LookupWiring(QObject):
    """Holds one object for each kind of thing that is looked up."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self.header = HeaderLookup(window, session)

"""Join what is looked up, the header, documents and key images, to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget, QTabWidget, QWidget

from ui.commands import Session
from ui.document_lookup import DocumentLookup
from ui.header_lookup import HeaderLookup
from ui.image_jump import ImageJump
from ui.key_image_lookup import KeyImageLookup
from ui.language import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class LookupWiring(QObject):
    """Holds one object for each kind of thing that is looked up, and the dock with their lists."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self.header = HeaderLookup(window, session)
        self._jump = ImageJump(window, session)
        self.documents = DocumentLookup(window, session, self._jump, self.header.open_file)
        self.key_images = KeyImageLookup(window, session, self._jump)
        self._tabs = QTabWidget(window)
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._add_tab(tr("Documents"), self.documents.list, tr("Reports, PDF and presentation states of this patient"))
        self._add_tab(tr("Key images"), self.key_images.list, tr("Slices that were marked as key images"))
        self._dock = self._make_dock()
        window.actions_table.bind({"documents": lambda: self._raise(self.documents.list)})

    def finish(self) -> None:
        """Close what is open and save what is not saved yet: the window goes, or another one takes over."""
        self.header.finish()
        self.documents.close()
        self.key_images.finish()

    def _add_tab(self, title: str, panel: QWidget, tip: str) -> None:
        self._tabs.setTabToolTip(self._tabs.addTab(panel, title), tip)

    def _make_dock(self) -> QDockWidget:
        dock = QDockWidget(tr("Documents"), self._window)
        dock.setObjectName("dock Documents")
        dock.setWidget(self._tabs)
        # Behind the studies: side by side, neither list had room for one patient on a small screen.
        self._window.tabifyDockWidget(self._window.browser_dock, dock)
        self._window.browser_dock.raise_()
        return dock

    def _raise(self, panel: QWidget) -> None:
        self._dock.show()
        self._dock.raise_()
        self._tabs.setCurrentWidget(panel)
        panel.setFocus()

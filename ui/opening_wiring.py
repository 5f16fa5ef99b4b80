"""Join opening to the window: dialogs, recent places, the study browser, the import report, and low memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu

from ui.commands import Commands, Session
from ui.dialogs.import_report import ImportReportDialog
from ui.language import tr
from ui.main_window import MainWindow
from ui.memory_watch import MemoryWatch
from ui.recent_menu import RecentKeeper, RecentMenu
from ui.restoring import Restoring
from ui.series_drop import SeriesDrop


class OpeningWiring(QObject):
    """Asks for paths, and brings what is read to where it is seen."""

    def __init__(self, window: MainWindow, session: Session, commands: Commands) -> None:
        super().__init__(window)
        self._window, self._session, self._commands = window, session, commands
        self._recent = RecentKeeper(session.recent, session.tasks, session.notices, self)
        self.memory_watch = MemoryWatch(session.cases.pixels, window.memory, self)
        SeriesDrop(session.cases, window.viewports, [window.grid, window.second_window.grid])
        self._restoring = Restoring(session, self._commands.opening, self)
        self._place_recent()
        self._connect()
        session.last.changed.connect(self._refresh)
        self._refresh()

    def wake(self, paths: Sequence[Path]) -> None:
        """Open what was named at the start, but for what the program died of before."""
        self._recent.load()
        self._commands.opening.open_unasked(paths)
        if not paths:
            self._restoring.load()

    def _place_recent(self) -> None:
        window, actions = self._window, self._window.actions_table
        before = actions["open_sample"]
        menu = next(parent for parent in before.associatedObjects() if isinstance(parent, QMenu))
        recent = RecentMenu(self._session.recent, self._session.settings, menu)
        menu.insertMenu(before, recent)
        recent.open_wanted.connect(lambda path: self._commands.open_paths([path]))
        window.paths_dropped.connect(self._commands.open_paths)

    def _connect(self) -> None:
        window, reading = self._window, self._commands.reading
        window.image_binding.series_wanted.connect(reading.read)
        window.image_binding.ask_again()
        window.browser.left.connect(lambda: window.canvas.setFocus())
        window.browser.list.picture_wanted.connect(reading.want_thumbnail)
        window.actions_table.bind(
            {
                "open_folder": self._ask_folder,
                "open_files": self._ask_files,
                "open_sample": self._commands.open_sample,
                "import_report": self._show_import_report,
                "find_study": self._find,
                "restore_session": self._restoring.restore,
            }
        )

    def finish(self) -> None:
        """Keep in mind what is open, for the program is closing."""
        self._restoring.store()

    def _refresh(self) -> None:
        self._window.actions_table["restore_session"].setEnabled(self._session.last.last is not None)

    def _find(self) -> None:
        self._window.browser_dock.show()
        self._window.browser_dock.raise_()
        self._window.browser.search.setFocus()
        self._window.browser.search.selectAll()

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, tr("Open patient folder"))
        if folder:
            self._commands.open_paths([Path(folder)])

    def _ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self._window, tr("Open files, an archive or a DICOMDIR"), "", tr("All files (*)")
        )
        if names:
            self._commands.open_paths([Path(name) for name in names])

    def _show_import_report(self) -> None:
        case = self._session.cases.case
        if case is not None:
            ImportReportDialog(case, self._commands.export_import_report, self._window).exec()

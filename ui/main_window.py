"""The main window: menus, tools and the start page stand at once; the panels come with the furniture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QTabWidget, QWidget
from typing_extensions import override

from ui.action_table import TOOLBAR
from ui.actions import Actions
from ui.docks import hide_dead_tabs
from ui.dropping import dropped_paths
from ui.language import tr
from ui.menus import place_top
from ui.panels.start import StartPage

if TYPE_CHECKING:
    # Most of the start is importing these: the window is painted without them.
    from ui.image_binding import ImageBinding
    from ui.panels.banner import Banner
    from ui.panels.browser import StudyBrowser
    from ui.panels.findings import FindingsPanel
    from ui.panels.measurements import MeasurementsPanel
    from ui.panels.memory_bar import MemoryBar
    from ui.panels.note import NotePanel
    from ui.panels.notice_bar import NoticeBar
    from ui.panels.sound import SoundPanel
    from ui.panels.stop_bar import StopBar
    from ui.panels.timeline import TimelinePanel
    from ui.panels.vitals import VitalsPanel
    from ui.panels.why import WhyPanel
    from ui.second_window import SecondWindow
    from ui.state.case_state import CaseState
    from ui.state.layout_state import LayoutState
    from ui.state.memory_state import MemoryState
    from ui.state.view_state import ViewState
    from ui.viewer.canvas import ImageCanvas
    from ui.viewer.grid import ViewportGrid

LEAST_PAGE = (240, 200)
# The findings with the reader's verdicts before their explanation.
FINDINGS_SHARE = 0.6
# Of a low window they take more: four findings are to be seen at once.
LOW_SHARE, LOW_HEIGHT = 0.76, 760
LAYOUT_VERSION = 4
FIRST_SIZE = QSize(1440, 900)
# More than the frame and title bar of any window manager.
FRAME = 80
START_ACTIONS = ("open_folder", "restore_session", "open_sample", "score_folder")


class MainWindow(QMainWindow):
    """One window. It opens empty; `ui.furniture.furnish` puts in the panels, which show the states of a session."""

    painted = Signal()
    paths_dropped = Signal(object)
    closing = Signal()

    viewports: LayoutState
    grid: ViewportGrid
    second_window: SecondWindow
    image_binding: ImageBinding
    banner: Banner
    stop_bar: StopBar
    notice_bar: NoticeBar
    memory: MemoryState
    memory_bar: MemoryBar
    browser: StudyBrowser
    findings: FindingsPanel
    why: WhyPanel
    note: NotePanel
    vitals: VitalsPanel
    sound: SoundPanel
    measurements: MeasurementsPanel
    timeline: TimelinePanel
    tabs: QTabWidget
    browser_dock: QDockWidget
    measurements_dock: QDockWidget

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.setWindowTitle("MedMM")
        self.setAcceptDrops(True)
        self.settings = settings
        self._has_painted = False
        self._cases: CaseState | None = None
        self._right_docks: tuple[QDockWidget, QDockWidget] | None = None
        self.actions_table = Actions(self)
        for name in {"restore_session", *TOOLBAR} - {"", "open_folder"}:
            # Whoever can do it says so later: a tool that is lit and dead at the first paint would puzzle.
            self.actions_table[name].setEnabled(False)
        self._top = place_top(self, self.actions_table)
        self._start = StartPage([self.actions_table[name] for name in START_ACTIONS], self)
        self._stack = QStackedWidget(self)
        # A page that is not seen must not widen the window under the images.
        self._start.setMinimumSize(*LEAST_PAGE)
        self._stack.addWidget(self._start)
        self.setCentralWidget(self._stack)
        self._start.setFocus()
        self._restore()

    @property
    def view(self) -> ViewState:
        """The view that keys, menus and the toolbar act on."""
        return self.viewports.active

    @property
    def canvas(self) -> ImageCanvas:
        """The canvas of that view, in this window."""
        return self.grid.active_canvas

    def add_rows(self, rows: Sequence[QWidget]) -> None:
        """Put rows, such as the banner, over the full width below the tools."""
        layout = self._top.layout()
        assert layout is not None, "the top was made with a layout"
        for row in rows:
            layout.addWidget(row)

    def add_dock(self, title: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        """Put a panel in a dock of its own; the title is the English one."""
        dock = QDockWidget(tr(title), self)
        dock.setObjectName(f"dock {title}")
        dock.setWidget(content)
        self.addDockWidget(area, dock)
        return dock

    def show_images(self, cases: CaseState, right_docks: tuple[QDockWidget, QDockWidget]) -> None:
        """Let the images take the place of the start page while a patient is open."""
        self._cases, self._right_docks = cases, right_docks
        self._stack.addWidget(self.grid)
        cases.current_changed.connect(self._show_page)
        self._show_page()

    def show_page(self, page: QWidget | None) -> None:
        """Put a page in the place of the images; None brings the images back."""
        if page is None:
            self._show_page()
            return
        self._stack.addWidget(page)  # once more does nothing
        self._stack.setCurrentWidget(page)
        page.setFocus()

    def _show_page(self) -> None:
        has_patient = self._cases is not None and bool(self._cases.key)
        page = self.grid if has_patient else self._start
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            (self.canvas if has_patient else page).setFocus()

    def keep_layout(self) -> None:
        """Store where the window and its docks stand."""
        self.settings.setValue("geometry", self.saveGeometry())
        if self._right_docks is not None:
            self.settings.setValue("layout", self.saveState(LAYOUT_VERSION))
            self.settings.setValue("right_heights", [dock.height() for dock in self._right_docks])

    def _restore(self) -> None:
        geometry = self.settings.value("geometry")
        # Qt refuses what was left on a much wider screen: a notebook without its monitor starts as a new one does.
        if geometry is None or not self.restoreGeometry(geometry):
            self._take_first_size()

    def restore_docks(self) -> None:
        """Put the docks where they were left, once and when all of them are there.

        Qt lays a dock that comes later over the menus, and leaves tabs behind when it restores twice.
        """
        assert self._right_docks is not None, "a window is furnished before its docks are restored"
        layout = self.settings.value("layout")
        if layout is None or not self.restoreState(layout, LAYOUT_VERSION):
            # Docks put into a window that is seen come up with the next event, and only then have a size to share.
            QTimer.singleShot(0, self, self._share_room)
        else:
            QTimer.singleShot(0, self, self._restore_heights)
        hide_dead_tabs(self)

    def _restore_heights(self) -> None:
        # Qt forgets the row of tabs below the docks when it restores them: the findings would lose its height.
        assert self._right_docks is not None, "a window is furnished before its docks are restored"
        heights = self.settings.value("right_heights")
        if isinstance(heights, list) and len(heights) == len(self._right_docks):
            self.resizeDocks(list(self._right_docks), [int(height) for height in heights], Qt.Orientation.Vertical)

    def _share_room(self) -> None:
        assert self._right_docks is not None, "a window is furnished before its docks share the room"
        findings_dock, why_dock = self._right_docks
        whole = findings_dock.height() + why_dock.height()
        self.resizeDocks([self.browser_dock, findings_dock], [252, 380], Qt.Orientation.Horizontal)
        share = LOW_SHARE if whole < LOW_HEIGHT else FINDINGS_SHARE
        self.resizeDocks(
            [findings_dock, why_dock], [round(share * whole), round((1 - share) * whole)], Qt.Orientation.Vertical
        )

    def _take_first_size(self) -> None:
        room = self.screen().availableSize()
        self.resize(FIRST_SIZE.boundedTo(room * 0.9))
        # The size is without the frame, whose title bar would lie outside a small screen.
        if room.width() < FIRST_SIZE.width() + FRAME or room.height() < FIRST_SIZE.height() + FRAME:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.paths_dropped.emit(dropped_paths(event.mimeData()))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_layout()
        if self._right_docks is not None:
            # Gone at once for the eye; the work behind it ends after.
            self.second_window.close()
            self.hide()
        self.closing.emit()
        super().closeEvent(event)

"""The main window: where the panels stand. What they show comes from the states, what happens from the commands."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QStackedWidget,
    QTabWidget,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.actions import Actions, menus
from ui.commands import Session
from ui.docks import hide_dead_tabs
from ui.dropping import dropped_paths
from ui.image_binding import ImageBinding
from ui.language import mark, tr
from ui.menus import place_top
from ui.panels.banner import Banner
from ui.panels.browser import StudyBrowser
from ui.panels.findings import FindingsPanel
from ui.panels.measurements import MeasurementsPanel
from ui.panels.memory_bar import MemoryBar
from ui.panels.note import NotePanel
from ui.panels.notice_bar import NoticeBar
from ui.panels.start import StartPage
from ui.panels.status_bar import StatusBar
from ui.panels.stop_bar import StopBar
from ui.panels.timeline import TimelinePanel
from ui.panels.vitals import VitalsPanel
from ui.panels.why import WhyPanel
from ui.reference_binding import ReferenceBinding
from ui.second_window import SecondWindow
from ui.state.memory_state import MemoryState
from ui.state.timeline_state import TimelineState
from ui.state.view_state import ViewState
from ui.viewer.canvas import ImageCanvas
from ui.viewer.grid import ViewportGrid

LEAST_PAGE = (240, 200)
LAYOUT_VERSION = 3
FIRST_SIZE = QSize(1440, 900)
# More than the frame and title bar of any window manager.
FRAME = 80
# Narrower than this, names and numbers would be cut.
LEFT_WIDTH, RIGHT_WIDTH = 200, 330
START_ACTIONS = ("open_folder", "restore_session", "open_sample", "score_folder")


class MainWindow(QMainWindow):
    """One window, one session."""

    painted = Signal()
    paths_dropped = Signal(object)
    closing = Signal()

    def __init__(self, session: Session, settings: QSettings) -> None:
        super().__init__()
        self.setWindowTitle("MedMM")
        self.setAcceptDrops(True)
        self._settings = settings
        self._has_painted = False
        self.actions_table = Actions(self)
        self.viewports = session.views.viewports
        self._make_panels(session)
        place_top(self, self.actions_table, self.banner, self.stop_bar, self.memory_bar)
        self._place_center(session)
        self._place_docks()
        self._restore()

    @property
    def view(self) -> ViewState:
        """The view that keys, menus and the toolbar act on."""
        return self.viewports.active

    @property
    def canvas(self) -> ImageCanvas:
        """The canvas of that view, in this window."""
        return self.grid.active_canvas

    def _make_panels(self, session: Session) -> None:
        cases, engine, table = session.cases, session.engine_state, self.actions_table
        self.grid = ViewportGrid(self.viewports, self)
        self.second_window = SecondWindow(self.viewports, self._settings, self)
        self.second_window.take_actions([action for title in menus() for action in table.in_menu(title)])
        grids = [self.grid, self.second_window.grid]
        self.image_binding = ImageBinding(cases, engine, self.viewports, grids)
        ReferenceBinding(self.viewports, grids, session.views.mpr)
        self.banner = Banner(cases, engine, self)
        self.stop_bar = StopBar(cases, self)
        self.notice_bar = NoticeBar(session.notices, self)
        self.memory = MemoryState(self)
        self.memory_bar = MemoryBar(self.memory, cases, table["close_patient"], self)
        self.browser = StudyBrowser(cases, self)
        self.findings = FindingsPanel(cases, engine, (table["score"], table["cancel"]), self)
        self.why = WhyPanel(cases, self.viewports.views[0], self)
        self.note = NotePanel(cases, self)
        self.vitals = VitalsPanel(cases, self)
        self.measurements = MeasurementsPanel(
            session.desk, cases, (table["rename_measurement"], table["delete_measurement"]), self
        )
        self.timeline = TimelinePanel(TimelineState(cases, self.vitals.state, self), self)
        actions = (table["cancel_all"], table["restart_engine"])
        bar = StatusBar(cases, engine, session.tasks, actions=actions, notice_bar=self.notice_bar)
        self.setStatusBar(bar)

    def _place_center(self, session: Session) -> None:
        self._start = StartPage([self.actions_table[name] for name in START_ACTIONS], self)
        self._stack = QStackedWidget(self)
        # A page that is not seen must not widen the window under the images.
        self._start.setMinimumSize(*LEAST_PAGE)
        self._stack.addWidget(self._start)
        self._stack.addWidget(self.grid)
        self.setCentralWidget(self._stack)
        self._cases = session.cases
        session.cases.current_changed.connect(self._show_page)
        self._start.setFocus()
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
        has_patient = bool(self._cases.key)
        page = self.grid if has_patient else self._start
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            (self.canvas if has_patient else page).setFocus()

    def _place_docks(self) -> None:
        self.browser.setMinimumWidth(theme.scaled(LEFT_WIDTH))
        self.findings.setMinimumWidth(theme.scaled(RIGHT_WIDTH))
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        for title, panel, tip in (
            (tr("Why"), self.why, tr("Why the selected finding got its number")),
            (tr("Note"), self.note, tr("The clinical note with its words tinted by weight")),
            (tr("Vitals"), self.vitals, tr("Vital signs over time, with reference ranges and weights")),
        ):
            tabs.setTabToolTip(tabs.addTab(panel, title), tip)
        self.tabs = tabs
        areas = Qt.DockWidgetArea
        self.browser_dock = self._dock(mark("Studies"), self.browser, areas.LeftDockWidgetArea)
        findings_dock = self._dock(mark("Findings"), self.findings, areas.RightDockWidgetArea)
        why_dock = self._dock(mark("Explanation"), tabs, areas.RightDockWidgetArea)
        self.measurements_dock = self._dock(mark("Measurements"), self.measurements, areas.RightDockWidgetArea)
        self.tabifyDockWidget(why_dock, self.measurements_dock)
        why_dock.raise_()
        self.setCorner(Qt.Corner.BottomRightCorner, areas.RightDockWidgetArea)
        self._dock(mark("Timeline"), self.timeline, areas.BottomDockWidgetArea)
        self._right_docks = [findings_dock, why_dock]

    def _dock(self, title: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(tr(title), self)
        dock.setObjectName(f"dock {title}")
        dock.setWidget(content)
        self.addDockWidget(area, dock)
        return dock

    def keep_layout(self) -> None:
        """Store where the window and its docks stand."""
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("layout", self.saveState(LAYOUT_VERSION))

    def _restore(self) -> None:
        geometry = self._settings.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        else:
            self._take_first_size()

    def restore_docks(self) -> None:
        """Put the docks where they were left, once and when all of them are there.

        Qt lays a dock that comes later over the menus, and leaves tabs behind when it restores twice.
        """
        layout = self._settings.value("layout")
        if layout is None or not self.restoreState(layout, LAYOUT_VERSION):
            findings_dock, why_dock = self._right_docks
            self.resizeDocks([self.browser_dock, findings_dock], [252, 380], Qt.Orientation.Horizontal)
            self.resizeDocks([findings_dock, why_dock], [360, 360], Qt.Orientation.Vertical)
        hide_dead_tabs(self)

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
        # Gone at once for the eye; the work behind it ends after.
        self.second_window.close()
        self.hide()
        self.closing.emit()
        super().closeEvent(event)

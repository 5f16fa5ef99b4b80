"""The panels of the main window and where they stand. What they show comes from the states of a session."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDockWidget, QTabWidget

from ui import theme
from ui.actions import menus
from ui.image_binding import ImageBinding
from ui.language import mark, tr
from ui.main_window import MainWindow
from ui.panels.banner import Banner
from ui.panels.browser import StudyBrowser
from ui.panels.findings import FindingsPanel, finding_actions
from ui.panels.measurements import MeasurementsPanel
from ui.panels.memory_bar import MemoryBar
from ui.panels.note import NotePanel
from ui.panels.notice_bar import NoticeBar
from ui.panels.sound import SoundPanel
from ui.panels.status_bar import StatusBar
from ui.panels.stop_bar import StopBar
from ui.panels.timeline import TimelinePanel
from ui.panels.vitals import VitalsPanel
from ui.panels.why import WhyPanel
from ui.reference_binding import ReferenceBinding
from ui.second_window import SecondWindow
from ui.session import Session
from ui.state.memory_state import MemoryState
from ui.state.timeline_state import TimelineState
from ui.viewer.grid import ViewportGrid

# Narrower than this, names and numbers would be cut.
LEFT_WIDTH, RIGHT_WIDTH = 200, 330
# However large the text is, the image keeps a third of the screen.
LEFT_SHARE, RIGHT_SHARE = 0.24, 0.42


def furnished_window(session: Session, settings: QSettings) -> MainWindow:
    """Make a window with its panels, not yet shown; its layout is kept in `settings`."""
    window = MainWindow(settings)
    furnish(window, session)
    return window


def furnish(window: MainWindow, session: Session) -> None:
    """Put the panels into a window that has none yet."""
    _make_viewports(window, session)
    _make_rows(window, session)
    _make_panels(window, session)
    right_docks = _place_docks(window)
    window.show_images(session.cases, right_docks)


def _make_viewports(window: MainWindow, session: Session) -> None:
    window.viewports = session.views.viewports
    window.grid = ViewportGrid(window.viewports, window)
    window.second_window = SecondWindow(window.viewports, window.settings, window)
    table = window.actions_table
    window.second_window.take_actions([action for title in menus() for action in table.in_menu(title)])
    grids = [window.grid, window.second_window.grid]
    window.image_binding = ImageBinding(session.cases, session.engine_state, window.viewports, grids)
    ReferenceBinding(window.viewports, grids, session.views.mpr)


def _make_rows(window: MainWindow, session: Session) -> None:
    cases, engine, table = session.cases, session.engine_state, window.actions_table
    window.banner = Banner(cases, engine, window)
    window.stop_bar = StopBar(cases, window)
    window.memory = MemoryState(window)
    window.memory_bar = MemoryBar(window.memory, cases, table["close_patient"], window)
    window.add_rows([window.banner, window.stop_bar, window.memory_bar])
    window.notice_bar = NoticeBar(session.notices, window)
    actions = (table["cancel_all"], table["restart_engine"])
    window.setStatusBar(StatusBar(cases, engine, session.tasks, actions=actions, notice_bar=window.notice_bar))


def _make_panels(window: MainWindow, session: Session) -> None:
    cases, engine, table = session.cases, session.engine_state, window.actions_table
    window.browser = StudyBrowser(cases, window)
    window.findings = FindingsPanel(cases, engine, session.reviews, finding_actions(table), window)
    window.why = WhyPanel(cases, window.viewports.views[0], window)
    window.note = NotePanel(cases, window)
    window.vitals = VitalsPanel(cases, window)
    window.sound = SoundPanel(cases, session.tasks, window.viewports.views[0], window)
    window.measurements = MeasurementsPanel(
        session.desk, cases, (table["rename_measurement"], table["delete_measurement"]), window
    )
    window.timeline = TimelinePanel(TimelineState(cases, window.vitals.state, window), window)


def _place_docks(window: MainWindow) -> tuple[QDockWidget, QDockWidget]:
    screen = window.screen().availableGeometry().width()
    window.browser.setMinimumWidth(min(theme.scaled(LEFT_WIDTH), round(LEFT_SHARE * screen)))
    window.findings.setMinimumWidth(min(theme.scaled(RIGHT_WIDTH), round(RIGHT_SHARE * screen)))
    window.tabs = _clinical_tabs(window)
    areas = Qt.DockWidgetArea
    window.browser_dock = window.add_dock(mark("Studies"), window.browser, areas.LeftDockWidgetArea)
    findings_dock = window.add_dock(mark("Findings"), window.findings, areas.RightDockWidgetArea)
    why_dock = window.add_dock(mark("Explanation"), window.tabs, areas.RightDockWidgetArea)
    window.measurements_dock = window.add_dock(mark("Measurements"), window.measurements, areas.RightDockWidgetArea)
    window.tabifyDockWidget(why_dock, window.measurements_dock)
    why_dock.raise_()
    window.setCorner(Qt.Corner.BottomRightCorner, areas.RightDockWidgetArea)
    window.add_dock(mark("Timeline"), window.timeline, areas.BottomDockWidgetArea)
    return findings_dock, why_dock


def _clinical_tabs(window: MainWindow) -> QTabWidget:
    tabs = QTabWidget(window)
    tabs.setDocumentMode(True)
    tabs.tabBar().setDrawBase(False)
    for title, panel, tip in (
        (tr("Why"), window.why, tr("Why the selected finding got its number")),
        (tr("Note"), window.note, tr("The clinical note with its words tinted by weight")),
        (tr("Vitals"), window.vitals, tr("Vital signs over time, with reference ranges and weights")),
        (tr("Sound"), window.sound, tr("The recording as pitch over time, with the moments that weigh")),
    ):
        tabs.setTabToolTip(tabs.addTab(panel, title), tip)
    return tabs

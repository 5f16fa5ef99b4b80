"""Join the actions and panels of a window to its commands and states."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from ui.batch_wiring import BatchWiring
from ui.clinical_wiring import ClinicalWiring
from ui.commands import Commands, Session
from ui.dialogs.about import AboutDialog
from ui.dialogs.override import OverrideDialog
from ui.dialogs.problem import ProblemDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.display_wiring import DisplayWiring
from ui.language import told, tr
from ui.layout_wiring import LayoutWiring
from ui.lookup_wiring import LookupWiring
from ui.main_window import MainWindow
from ui.measure_wiring import MeasureWiring
from ui.mpr_wiring import MprWiring
from ui.opening import READ_TOPIC
from ui.opening_wiring import OpeningWiring
from ui.overlay_key import OverlayKey
from ui.review_wiring import ReviewWiring
from ui.settings_wiring import SettingsWiring
from ui.state.view_state import Tool
from ui.training_wiring import TrainingWiring
from ui.trust_wiring import TrustWiring

# Together at most 3 s. A report being written may end; the engine keeps nothing that could be lost, so it is not
# waited for long: taking torch down takes longer than ending the process.
IO_TIMEOUT_S, ENGINE_TIMEOUT_S = 2.0, 0.5

# What needs an image to act on, besides the tools.
ON_IMAGE = (
    "invert", "flip_horizontal", "flip_vertical", "rotate", "fit", "reset", "corner_text",
)  # fmt: skip


class Wiring(QObject):
    """Holds the window's dialogs and keeps the actions enabled exactly while they can be done."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._commands = Commands(session, self)
        self._actions = window.actions_table
        self._connect_actions()
        self._connect_view()
        self._connect_panels()
        self._opening = OpeningWiring(window, session, self._commands)
        self._measuring = MeasureWiring(window, session)
        self._layout = LayoutWiring(window, session)
        MprWiring(window, session)
        ClinicalWiring(window, session)
        DisplayWiring(window, session)
        self._lookup = LookupWiring(window, session)
        self._reviewing = ReviewWiring(window, session)
        self._settings = SettingsWiring(window, session)
        self._training = TrainingWiring(window, session)
        self._batch = BatchWiring(window, session, self._commands)
        TrustWiring(window, session)
        window.restore_docks()
        cases = session.cases
        news = (cases.current_changed, cases.case_changed, cases.result_changed, cases.status_changed)
        for signal in (*news, cases.image_changed):
            signal.connect(self._refresh)
        session.tasks.changed.connect(self._refresh)
        session.worklist.moved.connect(self._refresh)
        self._refresh()

    @property
    def commands(self) -> Commands:
        """What the window can do."""
        return self._commands

    def wake(self, paths: Sequence[Path]) -> None:
        """Start the engine's process and open the patients that were named."""
        self._session.engine.start()
        self._layout.wake()
        self._opening.wake(paths)

    def _connect_actions(self) -> None:
        commands, window = self._commands, self._window
        self._actions.bind(
            {
                "export_pdf": self._ask_report,
                "close_patient": commands.close_patient,
                "quit": lambda: self._batch.quit(),
                "score": commands.score,
                "cancel": commands.cancel,
                "cancel_all": commands.cancel_all,
                "read_again": commands.read_again,
                "next_patient": lambda: self._step(1),
                "previous_patient": lambda: self._step(-1),
                "restart_engine": self._session.engine.start,
                "full_screen": self._toggle_full_screen,
                "shortcuts": lambda: ShortcutsDialog(self._session.settings.settings.keys, window).exec(),
                "about": lambda: AboutDialog(self._session.engine_state.identity, window).exec(),
            }
        )

    def _connect_view(self) -> None:
        window, actions = self._window, self._actions
        for tool in Tool:
            actions[tool.value].triggered.connect(lambda _checked=False, tool=tool: window.view.set_tool(tool))
        actions.bind(
            {
                "invert": lambda: window.view.invert(),
                "flip_horizontal": lambda: window.view.flip_horizontal(),
                "flip_vertical": lambda: window.view.flip_vertical(),
                "rotate": lambda: window.view.rotate(),
                "fit": lambda: window.view.fit(),
                "reset": lambda: window.view.reset(),
                "corner_text": lambda: window.view.cycle_corner_text(),
                "overlay": lambda: window.view.toggle_overlay(),
            }
        )
        # All viewports agree on tool and overlay, so any one of them speaks for all.
        spokesman = window.viewports.views[0]
        spokesman.tool_changed.connect(self._refresh_tool)
        spokesman.overlay_changed.connect(self._refresh_overlay)
        self._refresh_tool()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(OverlayKey(spokesman, window))

    def _connect_panels(self) -> None:
        window = self._window
        window.stop_bar.override_wanted.connect(self._ask_override)
        window.notice_bar.details_wanted.connect(self._show_details)
        window.closing.connect(self._close)

    def _refresh(self) -> None:
        cases, actions = self._session.cases, self._actions
        patient, case, result = cases.current, cases.case, cases.result
        is_read = patient is not None and self._session.tasks.is_running(patient.origin or patient.key, READ_TOPIC)
        is_busy = patient is not None and (patient.is_busy or is_read)
        actions["score"].setEnabled(case is not None and case.stop is None and not is_busy)
        actions["cancel"].setEnabled(
            is_busy or (patient is not None and self._commands.reading.is_reading(patient.key))
        )
        actions["cancel_all"].setEnabled(True)
        actions["export_pdf"].setEnabled(case is not None and result is not None and not is_busy)
        actions["overlay"].setEnabled(result is not None)
        actions["import_report"].setEnabled(case is not None)
        for name in ("close_patient", "read_again"):
            actions[name].setEnabled(patient is not None)
        has_others = len(cases.worklist.patients) > 1 or self._session.worklist.can_step
        for name in ("next_patient", "previous_patient"):
            actions[name].setEnabled(has_others)
        for name in ON_IMAGE:
            actions[name].setEnabled(cases.image is not None)
        for tool in Tool:
            actions[tool.value].setEnabled(cases.image is not None)

    def _refresh_overlay(self) -> None:
        self._actions["overlay"].setChecked(self._window.viewports.views[0].is_overlay_on)

    def _refresh_tool(self) -> None:
        self._actions[self._window.view.tool.value].setChecked(True)

    def _ask_report(self) -> None:
        # Never the patient's name: report files travel.
        suggested = f"report_{self._session.cases.key}.pdf"
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Export report as PDF"), suggested, "PDF (*.pdf)")
        if name:
            self._commands.export_pdf(Path(name).with_suffix(".pdf"))

    def _ask_override(self) -> None:
        case = self._session.cases.case
        if case is None or case.stop is None:
            return
        dialog = OverrideDialog(told(case.stop.message), self._window)
        if dialog.exec():
            self._commands.score_anyway(dialog.reason)

    def _show_details(self) -> None:
        notice = self._session.notices.notice
        if notice is not None:
            ProblemDialog(notice.text, notice.hint, notice.details, self._window).exec()

    def _step(self, by: int) -> None:
        if self._batch.step(by):
            return
        worklist = self._session.cases.worklist
        row = worklist.row_of(self._session.cases.key)
        if row is not None:
            patients = worklist.patients
            self._session.cases.select(patients[(row + by) % len(patients)].key)

    def _toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    @property
    def is_settings_page_open(self) -> bool:
        """Tell whether the page of settings is seen."""
        return self._settings.is_page_open

    def show_settings(self) -> None:
        """Show the page of settings."""
        self._settings.show()

    def hand_over(self) -> None:
        """Store what still waits: another window goes on with the session."""
        self._measuring.finish()
        self._lookup.finish()
        self._reviewing.finish()
        self._settings.finish()

    def _close(self) -> None:
        # What is kept of this session are the series, not planes of them.
        self._session.views.mpr.stop()
        self.hand_over()
        self._opening.finish()
        self._session.tasks.close(timeout_s=IO_TIMEOUT_S)
        self._session.engine.close(timeout_s=ENGINE_TIMEOUT_S)
        self._commands.opening.close()

"""Start the window: paint first, then wake the engine and read the patients that were named."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from medmm.core.settings import Settings
from medmm.workflow.bundles import resolve_bundle
from medmm.workflow.engine_process import EngineProcess
from medmm.workflow.settings import LoadedSettings, load_settings
from medmm.workflow.start import start_process
from medmm.workflow.window_system import NO_DISPLAY_HINT, has_display, install_line, missing_libraries
from ui import theme
from ui.appearance import look_of
from ui.clipboard import settle_clipboard
from ui.commands import Session
from ui.engine import Engine
from ui.language import speak, tr
from ui.main_window import MainWindow
from ui.messages import Problem
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.state.settings_state import SettingsState
from ui.tasks import Tasks
from ui.windows import Windows
from ui.wiring import Wiring


def run(paths: Sequence[Path]) -> int:
    """Open the window with these patients and stay until it is closed; give the exit code."""
    state_folder = start_process().parent.parent
    # matplotlib would write its font list to the user's home otherwise.
    os.environ.setdefault("MPLCONFIGDIR", str(state_folder / "matplotlib"))
    trouble = _no_window_because()
    if trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("MedMM")
    loaded = load_settings()
    speak(loaded.settings.language)
    theme.apply(application, look_of(loaded.settings))
    session = make_session(loaded.settings)
    windows = Windows(session, lambda: make_window(session, state_folder))
    _tell_troubles(session, loaded)
    # Only after the first paint: the engine's process and the first reading would compete with it for the processor.
    windows.window.painted.connect(lambda: QTimer.singleShot(0, lambda: windows.wiring.wake(paths)))
    _close_on_signals(windows)
    application.aboutToQuit.connect(settle_clipboard)
    windows.window.show()
    return application.exec()


def make_window(session: Session, state_folder: Path) -> tuple[MainWindow, Wiring]:
    """Make the window with everything joined, not yet shown; its layout is kept in the folder of all state."""
    window = MainWindow(session, QSettings(str(state_folder / "window.ini"), QSettings.Format.IniFormat))
    return window, Wiring(window, session)


def make_session(settings: Settings) -> Session:
    """Make the states and the background work of one window."""
    tasks = Tasks()
    engine_state = EngineState(tasks)
    engine = Engine(tasks, engine_state, lambda: _make_process(settings))
    state = SettingsState(settings, tasks)
    return Session(CaseState(tasks), engine_state, NoticeState(tasks), tasks, engine, state)


def _make_process(settings: Settings) -> EngineProcess:
    return EngineProcess(resolve_bundle(settings.model), device=settings.device, settings=settings)


def _tell_troubles(session: Session, loaded: LoadedSettings) -> None:
    if loaded.troubles:
        words = "; ".join(loaded.troubles)
        session.notices.complain(
            Problem(tr("Settings: {words}.").format(words=words), tr("The usual value stands in for what is wrong."))
        )


def _close_on_signals(windows: Windows) -> None:
    # An engine process must not outlive the window. Python runs these handlers at its next step, which the status
    # bar's clock guarantees within two seconds.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: windows.window.close())


def _no_window_because() -> str:
    missing = missing_libraries()
    if missing:
        return f"Libraries for the window are missing: {', '.join(missing)}. Install them: {install_line(missing)}"
    return "" if has_display() else f"There is no display to open a window on. {NO_DISPLAY_HINT}"

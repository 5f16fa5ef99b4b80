"""Put a session and its window together, and join them."""

from __future__ import annotations

import signal

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from medmm.core.settings import Settings
from medmm.workflow.bundles import resolve_bundle
from medmm.workflow.engine_process import EngineProcess
from medmm.workflow.settings import LoadedSettings
from ui.clipboard import settle_clipboard
from ui.engine import Engine
from ui.furniture import furnish, furnished_window
from ui.language import told, tr
from ui.main_window import MainWindow
from ui.messages import Problem
from ui.session import Session
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.state.settings_state import SettingsState
from ui.tasks import Tasks
from ui.windows import Windows
from ui.wiring import Wiring


def assemble(window: MainWindow, loaded: LoadedSettings) -> Wiring:
    """Furnish the first window with a new session; it makes other windows itself when the language changes."""
    session = make_session(loaded.settings)
    furnish(window, session)
    wiring = Wiring(window, session)
    windows = Windows(session, (window, wiring), lambda: make_window(session, window.settings))
    _tell_troubles(session, loaded)
    _close_on_signals(windows)
    application = QApplication.instance()
    assert application is not None, "a window belongs to an application"
    application.aboutToQuit.connect(settle_clipboard)
    return wiring


def make_window(session: Session, settings: QSettings) -> tuple[MainWindow, Wiring]:
    """Make a window with everything joined, not yet shown; its layout is kept in `settings`."""
    window = furnished_window(session, settings)
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
        words = "; ".join(told(each) for each in loaded.troubles)
        session.notices.complain(
            Problem(tr("Settings: {words}.").format(words=words), tr("The usual value stands in for what is wrong."))
        )


def _close_on_signals(windows: Windows) -> None:
    # An engine process must not outlive the window. Python runs these handlers at its next step, which the status
    # bar's clock guarantees within two seconds.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: windows.window.close())

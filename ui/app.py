"""Start the window: paint it first, then furnish it, wake the engine and read the patients that were named."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from medmm.workflow.settings import LoadedSettings, load_settings
from medmm.workflow.start import start_process
from medmm.workflow.window_system import NO_DISPLAY_HINT, has_display, install_line, missing_libraries
from ui import theme
from ui.appearance import look_of
from ui.language import speak
from ui.main_window import MainWindow

# Imported one by one after the first paint, with a look at the window system between: a window that does not repaint
# looks dead. The last one needs all the others.
# pydantic, which reads the hanging protocols, comes before any thread works: Shiboken's import hook looks into modules
# that are half loaded by another thread, and pydantic's answer with an ImportError.
PARTS = ("pydantic.type_adapter", "ui.session", "ui.viewer.grid", "ui.furniture", "ui.wiring", "ui.assembly")


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
    window = first_window(application, loaded, state_folder)
    window.painted.connect(lambda: QTimer.singleShot(0, lambda: furnish(application, window, loaded, paths)))
    window.show()
    return application.exec()


def first_window(application: QApplication, loaded: LoadedSettings, state_folder: Path) -> MainWindow:
    """Make the window as it is painted first: menus, tools and the ways to begin, without anything behind them."""
    # Nothing that the start makes is ever garbage, and looking for some takes a fifth of the start.
    gc.disable()
    speak(loaded.settings.language)
    theme.apply(application, look_of(loaded.settings))
    return MainWindow(QSettings(str(state_folder / "window.ini"), QSettings.Format.IniFormat))


def furnish(application: QApplication, window: MainWindow, loaded: LoadedSettings, paths: Sequence[Path]) -> None:
    """Put everything behind a window that has been painted, and open the patients that were named."""
    is_done = False
    try:
        for name in PARTS:
            part = import_module(name)
            # What the user does meanwhile waits in Qt's queue: nothing is there yet that could answer.
            application.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        part.assemble(window, loaded).wake(paths)
        is_done = True
    finally:
        # What is there now stays: it need not be looked through each time.
        gc.freeze()
        gc.enable()
        if not is_done:
            application.exit(1)


def _no_window_because() -> str:
    missing = missing_libraries()
    if missing:
        return f"Libraries for the window are missing: {', '.join(missing)}. Install them: {install_line(missing)}"
    return "" if has_display() else f"There is no display to open a window on. {NO_DISPLAY_HINT}"

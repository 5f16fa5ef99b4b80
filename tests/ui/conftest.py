"""One application for the window tests, and a session without an engine process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.clipboard import settle_clipboard


@pytest.fixture(scope="session")
def application() -> Iterator[QApplication]:
    """The application that every widget needs, in the theme of the program."""
    found = QApplication.instance()
    if not isinstance(found, QApplication):
        found = QApplication(["medmm"])
        theme.apply(found)
    yield found
    settle_clipboard()


@pytest.fixture(autouse=True)
def windows_deleted() -> Iterator[None]:
    """Delete what a test left to be deleted later: without a running event loop later never comes.

    A few hundred windows of other tests make a change of the theme take minutes.
    """
    yield
    application = QApplication.instance()
    if application is not None:
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def spin(application: QApplication) -> Iterator[object]:
    """Give a function that runs the event loop until a condition holds, at most 5 s."""
    from time import monotonic, sleep

    def until(condition: object) -> bool:
        deadline = monotonic() + 5
        while monotonic() < deadline:
            application.processEvents()
            if condition():  # type: ignore[operator]
                return True
            sleep(0.005)
        return False

    yield until
    application.processEvents()

"""Every control of the window can be reached with the Tab key, and says what it is and what it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from medmm.core.resources import resource
from tests.ui.builders import make_case, make_result
from tests.ui.test_engine import IDENTITY, FakeProcess
from ui.engine import Engine
from ui.furniture import furnished_window
from ui.main_window import MainWindow
from ui.session import Session
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
)  # fmt: skip
# Parts of Qt that the arrow keys, the wheel or the menu key reach, or that another control stands for.
NOT_OF_THEIR_OWN = (QScrollBar, QHeaderView, QMenuBar)


@pytest.fixture
def window(application: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    tasks, process = Tasks(), FakeProcess()
    state = EngineState(tasks)
    engine = Engine(tasks, state, lambda: process)  # type: ignore[arg-type,return-value]
    session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine)
    made = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    wiring = Wiring(made, session)
    assert wiring.commands is not None
    made.resize(1600, 1000)
    made.show()
    engine.start()
    process.ready.set_result(IDENTITY)
    key = session.cases.add(resource("samples", "chest_pneumonia"))
    session.cases.select(key)
    session.cases.set_case(key, make_case())
    session.cases.set_result(key, make_result())
    session.notices.tell("The report was saved.", hint="report.pdf", file=Path("report.pdf"))
    application.processEvents()
    yield made
    made.close()
    made.deleteLater()
    application.processEvents()


def controls(window: MainWindow) -> Iterator[QWidget]:
    """Give the controls on every page of every tab and dock, seen just now or not."""
    for widget in window.findChildren(QWidget):
        if isinstance(widget, CONTROLS) and not isinstance(widget, NOT_OF_THEIR_OWN) and not _is_part(widget):
            yield widget


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if isinstance(parent, QComboBox | QAbstractSpinBox | QTabBar | QLineEdit | QAbstractItemView):
        return True
    if isinstance(parent, QDockWidget) and isinstance(widget, QAbstractButton):
        # Docks are moved with the mouse; what is in them is reached without.
        return True
    is_popup_list = parent is not None and isinstance(parent.parentWidget(), QComboBox)
    return is_popup_list or widget.objectName() in ("qt_menubar_ext_button", "qt_toolbar_ext_button")


def named(widget: QWidget) -> str:
    chain = []
    part: QWidget | None = widget
    while part is not None and len(chain) < 4:
        chain.append(type(part).__name__ + (f"#{part.objectName()}" if part.objectName() else ""))
        part = part.parentWidget()
    return " in ".join(chain)


def test_every_control_has_a_name_and_a_tip(window: MainWindow) -> None:
    found = list(controls(window))

    nameless = [named(c) for c in found if not (c.accessibleName() or getattr(c, "text", str)())]
    tipless = [named(c) for c in found if not c.toolTip()]

    assert len(found) > 40
    assert nameless == []
    assert tipless == []


def test_every_control_can_be_reached_with_the_tab_key(window: MainWindow) -> None:
    shy = [named(c) for c in controls(window) if not c.focusPolicy() & Qt.FocusPolicy.TabFocus]

    assert shy == []


def test_tab_walks_through_the_window_and_comes_back(window: MainWindow, application: QApplication) -> None:
    window.activateWindow()
    first = window.canvas
    first.setFocus()
    seen: list[QWidget] = []
    for _ in range(300):
        part = window.focusWidget()
        assert part is not None
        if part in seen:
            break
        seen.append(part)
        window.focusNextChild()

    missing = [
        named(c) for c in controls(window)
        if c.isVisible() and c.isEnabled() and c not in seen and c.focusProxy() is None and not _is_radio(c)
    ]  # fmt: skip
    assert seen[0] is first
    assert missing == []


def _is_radio(widget: QWidget) -> bool:
    # Of an exclusive group Tab reaches one, the arrow keys the others.
    return isinstance(widget, QAbstractButton) and widget.autoExclusive()

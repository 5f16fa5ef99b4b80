"""Changed settings reach the disk, only the changed ones, and never a moment too late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from medmm.core.settings import Settings
from medmm.workflow.settings import load_settings, store_settings
from ui.settings_keeper import SettingsKeeper
from ui.state.notice_state import NoticeState
from ui.state.settings_state import SettingsState
from ui.tasks import Tasks

Spin = Callable[[Callable[[], bool]], bool]


@pytest.fixture
def tasks(application: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close(timeout_s=2)
    made.deleteLater()


def test_a_state_tells_which_names_changed(application: QApplication) -> None:
    state, heard = SettingsState(), []
    state.changed.connect(heard.append)

    state.change(theme="light", language="system")
    state.change(theme="light")
    state.reset("theme")

    assert heard == [{"theme"}, {"theme"}]
    assert state.settings == Settings()


def test_changes_are_stored_together_and_others_stay(tasks: Tasks, medmm_home: Path, spin: Spin) -> None:
    state, owner = SettingsState(), QObject()
    _keeper = SettingsKeeper(state, tasks, NoticeState(), owner)
    store_settings({"language": "en"})

    for percent in range(101, 151):
        state.change(font_scale_percent=percent)

    assert spin(lambda: load_settings().settings == Settings(font_scale_percent=150, language="en"))


def test_closing_at_once_loses_nothing(tasks: Tasks, medmm_home: Path) -> None:
    state, owner = SettingsState(), QObject()
    keeper = SettingsKeeper(state, tasks, NoticeState(), owner)
    state.change(theme="light")

    keeper.finish()

    assert load_settings().settings.theme == "light"


def test_a_disk_that_refuses_is_told(tasks: Tasks, medmm_home: Path, spin: Spin) -> None:
    medmm_home.write_text("a file where the folder should be", encoding="utf-8")
    state, notices, owner = SettingsState(), NoticeState(), QObject()
    _keeper = SettingsKeeper(state, tasks, notices, owner)

    state.change(theme="light")

    assert spin(lambda: notices.notice is not None)
    assert notices.notice is not None
    assert notices.notice.is_trouble

"""Opening in the whole window: pixels come when they are seen and go when they are not."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.test_main_window import Desk, desk
from tests.workflow.patients_on_disk import write_film, write_stack
from ui.state.series_store import Progress

__all__ = ["desk"]
pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]


def opened(desk: Desk, folder: Path, spin: Spin) -> None:
    desk.wiring.commands.open_paths([folder])
    assert spin(lambda: desk.session.cases.image is not None)


def test_a_folder_is_seen_without_a_further_gesture(desk: Desk, tmp_path: Path, spin: Spin) -> None:
    write_stack(tmp_path / "p", 1, n_slices=5)

    opened(desk, tmp_path / "p", spin)

    assert desk.window.view.image is desk.session.cases.image
    assert desk.window.view.n_slices == 5


def test_only_the_series_that_is_seen_is_read(desk: Desk, tmp_path: Path, spin: Spin) -> None:
    for number in range(4):
        write_film(tmp_path / "p", number, BodyPartExamined="KNEE")

    opened(desk, tmp_path / "p", spin)
    assert spin(lambda: not desk.session.tasks.running)

    assert desk.session.cases.current is not None
    keys = [series.key for series in desk.session.cases.current.series]
    read = [key for key in keys if desk.session.cases.pixels.image(key) is not None]
    assert set(read) == set(desk.session.cases.shown.keys)
    assert len(read) < len(keys)


def test_closing_a_patient_gives_its_memory_back(
    desk: Desk, application: QApplication, tmp_path: Path, spin: Spin
) -> None:
    write_stack(tmp_path / "p", 1, n_slices=5)
    opened(desk, tmp_path / "p", spin)
    image = desk.session.cases.image
    assert image is not None
    alive = weakref.ref(image.stored)
    del image

    desk.window.actions_table["close_patient"].trigger()

    assert spin(lambda: not desk.session.tasks.running)
    application.processEvents()
    gc.collect()
    assert spin(lambda: alive() is None)


def test_what_was_released_is_read_again_when_it_is_chosen(desk: Desk, tmp_path: Path, spin: Spin) -> None:
    for number in range(2):
        write_film(tmp_path / "p", number, BodyPartExamined="KNEE", StudyInstanceUID=f"1.2.3.{number}")
    opened(desk, tmp_path / "p", spin)
    cases = desk.session.cases
    assert cases.current is not None
    first, second = (series.key for series in cases.current.series)
    cases.select_series(second)
    assert spin(lambda: cases.pixels.image(second) is not None)

    cases.pixels.release(1 << 30)
    released = cases.pixels.status(first).progress
    cases.select_series(first)

    assert released is Progress.NOT_READ
    assert spin(lambda: desk.window.view.image is not None and cases.image is desk.window.view.image)


def test_low_memory_is_told_over_the_whole_width_and_passes(desk: Desk, application: QApplication) -> None:
    desk.window.memory.set_short(310_000_000, 2, 90_000_000)
    application.processEvents()
    shown = desk.window.memory_bar.isVisible()
    desk.window.memory.set_enough()

    assert shown
    assert not desk.window.memory_bar.isVisible()


def test_recent_places_are_a_menu_below_file(desk: Desk, tmp_path: Path, spin: Spin) -> None:
    write_film(tmp_path / "p&q", 1)
    opened(desk, tmp_path / "p&q", spin)

    menu = next(menu for menu in desk.window.findChildren(QMenu) if menu.title() == "Open &recent")
    texts = [action.text() for action in menu.actions()]

    assert texts[0] == "&1  p&&q"
    menu.actions()[-2].trigger()
    assert menu.actions()[0].text() == "Nothing was opened yet"

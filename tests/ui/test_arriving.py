"""Scrolling through a stack that still arrives: what has come is shown, what has not says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from medmm.core.image import SeriesSummary
from medmm.core.progress import CancelToken
from medmm.imaging.arrival import Arrival
from medmm.workflow.series import stream_series
from tests.ui.test_main_window import Desk, desk
from tests.ui.viewer.builders import make_image
from tests.workflow.patients_on_disk import write_stack
from ui.state.tool import Tool
from ui.state.view_state import ViewState

__all__ = ["desk"]
pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]
N_SLICES, N_FIRST = 9, 3


@dataclass
class Tap:
    """Lets a few slices through, the others when it is opened."""

    is_open: threading.Event = field(default_factory=threading.Event)

    def stream(self, summary: SeriesSummary, *, cancel: CancelToken | None = None) -> Iterator[Arrival]:
        n_come = 0
        for arrival in stream_series(summary, cancel=cancel):
            if n_come >= N_FIRST:
                self.is_open.wait(5)
            n_come += 0 if arrival.is_preview else len(arrival.slices)
            yield arrival


@pytest.fixture
def tap(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tap]:
    made = Tap()
    monkeypatch.setattr("ui.series_reading.stream_series", made.stream)
    monkeypatch.setattr("ui.series_reading.TELL_EVERY_S", 0.0)
    yield made
    made.is_open.set()


def test_slices_that_have_come_are_scrolled_through_while_the_others_are_read(
    desk: Desk, tap: Tap, tmp_path: Path, spin: Spin
) -> None:
    write_stack(tmp_path / "p", 1, n_slices=N_SLICES)
    desk.wiring.commands.open_paths([tmp_path / "p"])
    view = desk.window.view

    assert spin(lambda: len(view.shown.missing) == N_SLICES - N_FIRST)
    assert view.n_slices == N_SLICES
    assert view.slice_index == N_SLICES // 2
    assert not view.is_missing
    assert desk.session.cases.image is None
    view.set_slice(view.slice_index + 1)
    assert not view.is_missing
    view.set_slice(0)
    view.set_zoom(2.0)
    assert view.is_missing

    tap.is_open.set()

    assert spin(lambda: desk.session.cases.image is not None)
    assert view.image is desk.session.cases.image
    assert (view.slice_index, view.zoom, view.is_missing) == (0, 2.0, False)
    assert "still_reading" not in {note.code for note in desk.session.cases.image.notes}


def test_planes_are_refused_while_slices_are_missing(desk: Desk, tap: Tap, tmp_path: Path, spin: Spin) -> None:
    write_stack(tmp_path / "p", 1, n_slices=N_SLICES)
    desk.wiring.commands.open_paths([tmp_path / "p"])
    assert spin(lambda: bool(desk.window.view.shown.missing))

    desk.window.actions_table["mpr"].trigger()

    assert spin(lambda: desk.session.notices.notice is not None)
    assert not desk.session.views.mpr.is_on


def test_what_is_missing_is_neither_windowed_nor_measured_and_is_right_once_it_has_come(desk: Desk) -> None:
    canvas, view = desk.window.grid.active_canvas, desk.window.view
    stored = np.zeros((3, 40, 50), np.int16)
    image = make_image(stored, modality="CT")
    canvas.set_image(image)
    view.set_missing(frozenset({0}))
    view.set_slice(0)
    waiting = canvas.grab().toImage()

    canvas.choose_auto_window()
    QTest.keyClick(canvas, Qt.Key.Key_1)
    view.set_tool(Tool.RECTANGLE)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(90, 90))
    assert view.voi is None
    assert desk.session.desk.state.draft is None

    stored[0] = np.arange(2000).reshape(40, 50)
    view.set_missing(frozenset())
    come = canvas.grab().toImage()
    view.set_slice(1)
    view.set_slice(0)

    assert come != waiting
    assert canvas.grab().toImage() == come


def test_keys_go_on_scrolling_over_what_is_missing(desk: Desk) -> None:
    canvas, view = desk.window.grid.active_canvas, desk.window.view
    canvas.set_image(make_image(np.zeros((5, 40, 50), np.int16), modality="CT"))
    view.set_missing(frozenset({1, 3}))

    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert view.is_missing
    QTest.keyClick(canvas, Qt.Key.Key_Down)

    assert view.slice_index == 4
    assert not view.is_missing


def test_another_image_misses_nothing(application: object) -> None:
    view = ViewState()
    view.show_image(make_image(np.zeros((5, 4, 5), np.int16)))
    view.set_missing(frozenset({2}))

    view.show_image(replace(make_image(np.zeros((5, 4, 5), np.int16))))

    assert not view.is_missing

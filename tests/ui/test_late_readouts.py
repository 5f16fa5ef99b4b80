"""Large regions under the pointer: the numbers from before at once, the exact ones a moment later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from medmm.core.measurement import Measurement, MeasurementKind
from medmm.imaging.measuring import read_out
from medmm.imaging.roi_mask import box_pixels, roi_mask
from medmm.imaging.slice_place import place_of
from tests.ui.viewer.builders import make_image
from ui.late_readouts import LateReadouts
from ui.state.measuring_desk import MeasuringDesk
from ui.tasks import Tasks

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]
FILM = make_image(np.random.default_rng(3).integers(0, 4096, (1, 900, 1000)).astype(np.uint16))


@dataclass
class Bench:
    """What measures, and what works in the background."""

    desk: MeasuringDesk
    tasks: Tasks
    owner: QObject
    late: LateReadouts

    def draft(self, before: Measurement | None, bottom: float) -> Measurement:
        """Drag the lower right corner of a rectangle."""
        points = ((0.0, 0.0), (bottom, 1000.0))
        made = before or self.desk.state.make(MeasurementKind.RECTANGLE, place_of(FILM, 0), points)
        dragged = replace(made, points=points)
        self.desk.state.set_draft(dragged)
        return dragged


@pytest.fixture
def bench(application: QApplication) -> Iterator[Bench]:
    desk, tasks, owner = MeasuringDesk(), Tasks(), QObject()
    yield Bench(desk, tasks, owner, LateReadouts(desk, tasks, owner))
    assert tasks.close(timeout_s=3)


def test_a_large_region_keeps_its_numbers_until_the_exact_ones_come(bench: Bench, spin: Spin) -> None:
    first = bench.draft(None, 10.0)
    before = bench.desk.read(first, FILM, 0)
    large = bench.draft(first, 800.0)

    at_once = bench.desk.read(large, FILM, 0)

    assert before.is_settled
    assert not at_once.is_settled
    assert at_once.statistics == before.statistics
    assert at_once.area == read_out(large, FILM, 0).area
    assert spin(lambda: bench.desk.read(large, FILM, 0).is_settled)
    assert bench.desk.read(large, FILM, 0).statistics == read_out(large, FILM, 0).statistics
    assert bench.desk.read(large, FILM, 0).histogram is not None


def test_the_newest_outline_is_worked_out_last_however_many_came_before(bench: Bench, spin: Spin) -> None:
    draft = bench.draft(None, 10.0)
    bench.desk.read(draft, FILM, 0)
    told: list[int] = []
    bench.desk.state.changed.connect(lambda: told.append(1))

    for bottom in range(500, 900, 10):
        draft = bench.draft(draft, float(bottom))
        bench.desk.read(draft, FILM, 0)
    n_drawn = len(told)

    assert spin(lambda: bench.desk.read(draft, FILM, 0).is_settled)
    # Of the forty only the last: the others were gone before anybody could have read their numbers.
    assert len(told) - n_drawn == 1


def test_what_is_kept_is_exact_at_once(bench: Bench) -> None:
    draft = bench.draft(None, 10.0)
    bench.desk.read(draft, FILM, 0)
    large = bench.draft(draft, 800.0)
    bench.desk.state.set_draft(None)
    bench.desk.state.add(large)

    assert bench.desk.read(large, FILM, 0) == read_out(large, FILM, 0)


def test_a_small_region_is_worked_out_while_it_is_dragged(bench: Bench) -> None:
    draft = bench.draft(None, 10.0)
    bench.desk.read(draft, FILM, 0)
    dragged = bench.draft(draft, 20.0)

    assert bench.desk.read(dragged, FILM, 0) == read_out(dragged, FILM, 0)


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        (MeasurementKind.RECTANGLE, ((100.0, 100.0), (700.0, 900.0))),
        (MeasurementKind.ELLIPSE, ((450.0, 500.0), (150.0, 500.0), (450.0, 900.0))),
        (MeasurementKind.FREEHAND, ((100.0, 100.0), (100.0, 900.0), (700.0, 900.0), (700.0, 100.0))),
    ],
)
def test_the_box_says_what_a_region_costs(kind: MeasurementKind, points: tuple[tuple[float, float], ...]) -> None:
    region = Measurement("1", kind, place_of(FILM, 0), points)

    n_pixels = box_pixels(region, FILM.size)

    assert n_pixels >= roi_mask(region, FILM.size).inside.size
    assert n_pixels == pytest.approx(600 * 800, rel=0.01)

"""Measuring with the mouse as a radiologist does it: draw, grab, move, cancel, and the same after a flip."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from medmm.core.image import ImageGeometry
from medmm.core.measurement import Measurement, MeasurementKind, Point
from medmm.imaging.measuring import read_out
from medmm.imaging.outlines import handles_of
from medmm.imaging.spacing import MILLIMETRES
from tests.ui.viewer.builders import make_image
from ui.state.measuring_desk import MeasuringDesk
from ui.state.view_state import Tool, ViewState
from ui.viewer.canvas import ImageCanvas
from ui.viewer.measuring.hit import to_screen

pytestmark = pytest.mark.gui
Button, Modifier = Qt.MouseButton, Qt.KeyboardModifier
# Half as high as wide: 200 x 300 pixels of 0.5 x 1.0 mm.
UNEVEN = ImageGeometry((math.nan, 0.5, 1.0), MILLIMETRES, None, "L", "F")
STACK = np.arange(200 * 300, dtype=np.int32).reshape(1, 200, 300).astype(np.int16).repeat(3, axis=0)


@dataclass
class Bench:
    """A canvas to measure on."""

    canvas: ImageCanvas
    desk: MeasuringDesk

    @property
    def view(self) -> ViewState:
        return self.canvas.view_state

    @property
    def measured(self) -> tuple[Measurement, ...]:
        assert self.view.image is not None
        return self.desk.state.on_slice(self.desk.readouts.place(self.view.image, self.view.slice_index))

    def at(self, row: float, col: float) -> QPoint:
        return to_screen(self.canvas.placement(), (row, col)).toPoint()

    def drag(self, *points: Point, keys: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        places = [self.at(*point) for point in points]
        QTest.mousePress(self.canvas, Button.LeftButton, keys, places[0])
        for place in places[1:]:
            send_move(self.canvas, place)
        QTest.mouseRelease(self.canvas, Button.LeftButton, keys, places[-1])

    def click(self, *points: Point) -> None:
        for point in points:
            send_move(self.canvas, self.at(*point), is_held=False)
            QTest.mouseClick(self.canvas, Button.LeftButton, pos=self.at(*point))


def send_move(canvas: ImageCanvas, place: QPoint, *, is_held: bool = True) -> None:
    held = Button.LeftButton if is_held else Button.NoButton
    where = QPointF(place)
    QApplication.sendEvent(
        canvas, QMouseEvent(QEvent.Type.MouseMove, where, where, Button.NoButton, held, Modifier.NoModifier)
    )
    QApplication.processEvents()


@pytest.fixture
def bench(application: QApplication) -> Iterator[Bench]:
    canvas, desk = ImageCanvas(ViewState()), MeasuringDesk()
    canvas.measure_on(desk)
    canvas.resize(600, 450)
    canvas.set_image(replace(make_image(STACK, modality="CT"), geometry=UNEVEN))
    canvas.show()
    application.processEvents()
    yield Bench(canvas, desk)
    canvas.hide()
    canvas.deleteLater()
    application.processEvents()


def near(points: tuple[Point, ...], expected: tuple[Point, ...]) -> bool:
    """Tell whether points agree within a pixel of the screen, which is half a column here."""
    return np.allclose(points, expected, atol=1.0)


def only(bench: Bench) -> Measurement:
    (found,) = bench.measured
    return found


DRAWN: dict[Tool, tuple[tuple[Point, ...], tuple[Point, ...]]] = {
    Tool.LENGTH: (((50, 60), (150, 260)), ((50, 60), (150, 260))),
    Tool.RECTANGLE: (((50, 60), (150, 260)), ((50, 60), (150, 260))),
    Tool.ELLIPSE: (((50, 60), (150, 260)), ((100, 160), (100, 260), (150, 160))),
    Tool.POINT: (((50, 60), (80, 90)), ((80, 90),)),
}


@pytest.mark.parametrize("tool", DRAWN)
def test_press_drag_and_release_draws(bench: Bench, tool: Tool) -> None:
    way, points = DRAWN[tool]
    bench.view.set_tool(tool)

    bench.drag(*way)

    assert only(bench).kind.value == tool.value
    assert near(only(bench).points, points)
    assert bench.desk.state.selected == only(bench)


@pytest.mark.parametrize("tool", [Tool.LENGTH, Tool.RECTANGLE, Tool.ELLIPSE])
def test_click_move_and_click_draws_the_same(bench: Bench, tool: Tool) -> None:
    way, points = DRAWN[tool]
    bench.view.set_tool(tool)

    bench.click(*way)

    assert near(only(bench).points, points)


def test_an_angle_is_an_arm_by_drag_and_a_click(bench: Bench) -> None:
    bench.view.set_tool(Tool.ANGLE)

    bench.drag((50, 50), (100, 100))
    assert near(bench.measured[-1].points[:2], ((50, 50), (100, 100)))
    bench.click((50, 200))

    assert near(only(bench).points, ((50, 50), (100, 100), (50, 200)))


def test_an_angle_is_three_clicks_as_well(bench: Bench) -> None:
    bench.view.set_tool(Tool.ANGLE)

    bench.click((50, 50), (100, 100), (50, 200))

    assert near(only(bench).points, ((50, 50), (100, 100), (50, 200)))


@pytest.mark.parametrize("by_drag", [True, False])
def test_a_cobb_angle_is_two_lines(bench: Bench, by_drag: bool) -> None:
    lines = ((40, 50), (60, 250)), ((150, 250), (140, 50))
    bench.view.set_tool(Tool.COBB)

    for line in lines:
        bench.drag(*line) if by_drag else bench.click(*line)

    assert near(only(bench).points, (*lines[0], *lines[1]))


def test_a_freehand_outline_closes_itself(bench: Bench) -> None:
    bench.view.set_tool(Tool.FREEHAND)

    bench.drag((50, 50), (50, 200), (120, 200), (120, 50))

    assert near(only(bench).points, ((50, 50), (50, 200), (120, 200), (120, 50)))


@pytest.mark.parametrize("tool", [Tool.FREEHAND, Tool.RECTANGLE, Tool.ELLIPSE, Tool.LENGTH])
def test_what_encloses_nothing_is_not_kept(bench: Bench, tool: Tool) -> None:
    bench.view.set_tool(tool)
    is_line = tool is Tool.LENGTH

    bench.click((50, 50), (50, 50)) if is_line else bench.drag((50, 50), (50, 90), (50, 120))

    assert bench.measured == ()
    assert bench.desk.state.draft is None


@pytest.mark.parametrize("turn", ["flip_horizontal", "flip_vertical", "rotate"])
def test_a_turned_image_is_measured_in_its_own_pixels(bench: Bench, turn: str) -> None:
    bench.view.set_tool(Tool.LENGTH)
    getattr(bench.view, turn)()
    bench.view.rotate()
    bench.view.set_zoom(1.7)

    bench.drag((50, 60), (150, 200))

    assert near(only(bench).points, ((50, 60), (150, 200)))
    assert bench.view.image is not None
    length = read_out(only(bench), bench.view.image, 0).length
    # 100 rows of 0.5 mm and 140 columns of 1 mm.
    assert length is not None
    assert length.value == pytest.approx(math.hypot(50, 140), rel=0.01)


def test_a_handle_is_dragged_and_keeps_its_way_from_the_pointer(bench: Bench) -> None:
    bench.view.set_tool(Tool.LENGTH)
    bench.drag((50, 60), (150, 260))
    start, end = only(bench).points

    # Grabbed three pixels of the screen beside its middle.
    beside = bench.canvas.placement().to_image(QPointF(bench.at(*end) + QPoint(3, 0)))
    bench.drag((beside.y(), beside.x()), (100, 200))

    moved = only(bench).points
    assert moved[0] == start
    assert moved[1] == pytest.approx((end[0] + 100 - beside.y(), end[1] + 200 - beside.x()), abs=1)
    bench.desk.state.undo_group.undo()
    assert only(bench).points == (start, end)


def test_a_line_is_grabbed_to_move_the_whole_which_stops_at_the_edge(bench: Bench) -> None:
    bench.view.set_tool(Tool.LENGTH)
    bench.drag((50, 60), (50, 160))

    bench.drag((50, 110), (80, 140))
    assert near(only(bench).points, ((80, 90), (80, 190)))
    bench.drag((80, 140), (80, 299))

    assert only(bench).points[1][1] == pytest.approx(300)
    assert only(bench).points[1][1] - only(bench).points[0][1] == pytest.approx(100, abs=1)


def test_shift_draws_on_top_of_what_is_there(bench: Bench) -> None:
    bench.view.set_tool(Tool.LENGTH)
    bench.drag((50, 60), (150, 260))

    bench.drag((50, 60), (150, 60), keys=Modifier.ShiftModifier)

    assert len(bench.measured) == 2


def test_with_the_window_tool_a_click_selects_and_only_then_a_drag_moves(bench: Bench) -> None:
    bench.view.set_tool(Tool.LENGTH)
    bench.drag((50, 60), (50, 160))
    bench.desk.state.select(None)
    bench.view.set_tool(Tool.WINDOW)
    before = only(bench).points

    bench.drag((50, 110), (90, 150))
    assert only(bench).points == before
    assert bench.view.voi is not None
    bench.click((50, 110))
    assert bench.desk.state.selected == only(bench)
    bench.drag((50, 110), (80, 140))

    assert near(only(bench).points, ((80, 90), (80, 190)))


def test_a_click_beside_everything_selects_nothing_but_a_drag_does_not(bench: Bench) -> None:
    bench.view.set_tool(Tool.LENGTH)
    bench.drag((50, 60), (50, 160))
    bench.view.set_tool(Tool.WINDOW)

    bench.drag((150, 60), (150, 200))
    assert bench.desk.state.selected is not None
    bench.click((150, 60))

    assert bench.desk.state.selected is None


def test_esc_cancels_the_drawing_and_nothing_else(bench: Bench) -> None:
    bench.view.set_tool(Tool.ANGLE)
    bench.click((50, 50), (100, 100))
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Modifier.NoModifier)
    override.ignore()
    QApplication.sendEvent(bench.canvas, override)

    QTest.keyClick(bench.canvas, Qt.Key.Key_Escape)

    assert override.isAccepted()
    assert bench.measured == ()
    assert not bench.desk.state.undo_group.canUndo()


def test_esc_in_a_drag_leaves_the_measurement_where_it_was(bench: Bench) -> None:
    bench.view.set_tool(Tool.LENGTH)
    bench.drag((50, 60), (50, 160))
    before = only(bench)
    QTest.mousePress(bench.canvas, Button.LeftButton, pos=bench.at(50, 160))
    send_move(bench.canvas, bench.at(90, 200))
    assert only(bench) != before

    QTest.keyClick(bench.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(bench.canvas, Button.LeftButton, pos=bench.at(90, 200))

    assert only(bench) == before


def test_another_slice_drops_the_drawing_and_has_its_own_measurements(bench: Bench) -> None:
    bench.view.set_tool(Tool.LENGTH)
    bench.drag((50, 60), (50, 160))
    bench.click((100, 100))

    bench.view.set_slice(2)

    assert bench.measured == ()
    assert bench.desk.state.draft is None
    bench.view.set_slice(1)
    assert len(bench.measured) == 1


@pytest.mark.parametrize("zoom", [1.0, 8.0])
def test_the_handles_of_a_large_film_are_grabbed_at_any_magnification(bench: Bench, zoom: float) -> None:
    bench.canvas.set_image(make_image(np.zeros((1, 3000, 3000), np.uint16)))
    bench.view.set_tool(Tool.ELLIPSE)
    bench.view.set_zoom(zoom)
    bench.drag((1400, 1400), (1600, 1600))
    first = handles_of(only(bench))[0]

    bench.drag(first, (first[0], first[1] + 60))

    assert handles_of(only(bench))[0][1] == pytest.approx(first[1] + 60, abs=7)


def test_an_end_of_the_first_axis_turns_an_ellipse_square_in_millimetres(bench: Bench) -> None:
    bench.view.set_tool(Tool.ELLIPSE)
    bench.drag((60, 110), (140, 190))
    (center, first, second) = only(bench).points

    bench.drag(first, (center[0] + 60, center[1] + 30))

    # Rows are 0.5 mm, columns 1 mm: 30 mm down and 30 mm across is half a right angle.
    center, first, second = only(bench).points
    down, across = (first[0] - center[0]) * 0.5, first[1] - center[1]
    other = ((second[0] - center[0]) * 0.5, second[1] - center[1])
    assert math.degrees(math.atan2(down, across)) == pytest.approx(45, abs=1)
    assert down * other[0] + across * other[1] == pytest.approx(0, abs=1e-6)
    assert math.hypot(*other) == pytest.approx(20, abs=0.5)


def test_the_probe_keeps_nothing(bench: Bench) -> None:
    bench.view.set_tool(Tool.PROBE)

    bench.drag((50, 60), (50, 160))

    assert bench.measured == ()
    assert bench.view.voi is None


def test_two_canvases_on_one_slice_show_one_measurement(bench: Bench, application: QApplication) -> None:
    other = ImageCanvas(ViewState())
    other.measure_on(bench.desk)
    other.set_image(bench.view.image)
    bench.view.set_tool(Tool.LENGTH)
    QTest.mousePress(bench.canvas, Button.LeftButton, pos=bench.at(50, 60))
    send_move(bench.canvas, bench.at(50, 160))

    assert Bench(other, bench.desk).measured == bench.measured
    assert len(bench.measured) == 1
    QTest.mouseRelease(bench.canvas, Button.LeftButton, pos=bench.at(50, 160))
    other.deleteLater()


def test_a_canvas_that_is_gone_leaves_its_view_and_the_measurements_alone(bench: Bench) -> None:
    other = ImageCanvas(bench.view)
    other.measure_on(bench.desk)
    other.deleteLater()
    QCoreApplication.sendPostedEvents(other, QEvent.Type.DeferredDelete)

    bench.view.set_tool(Tool.LENGTH)
    bench.drag((50, 60), (150, 260))

    assert not isValid(other)
    assert len(bench.measured) == 1


def test_a_region_of_a_whole_ct_slice_follows_the_pointer(bench: Bench) -> None:
    from time import perf_counter

    image = make_image(np.random.default_rng(1).integers(-1000, 2000, (1, 512, 512)).astype(np.int16), modality="CT")
    region = bench.desk.state.make(
        MeasurementKind.ELLIPSE, bench.desk.readouts.place(image, 0), ((256, 256), (256, 510), (510, 256))
    )
    read_out(region, image, 0)

    times = []
    for _ in range(5):
        start = perf_counter()
        read_out(region, image, 0)
        times.append(perf_counter() - start)

    # The issue asks for 16 ms; the fastest of five says what the work costs on a machine that others use too.
    assert min(times) < 0.016


def test_a_measurement_is_painted_where_its_pixels_are_after_a_flip_too(bench: Bench) -> None:
    bench.view.set_tool(Tool.LENGTH)
    bench.drag((100, 60), (100, 240))
    bench.desk.state.select(None)
    send_move(bench.canvas, QPoint(5, 5), is_held=False)

    def is_yellow(place: QPoint) -> bool:
        color = bench.canvas.grab().toImage().pixelColor(place)
        return color.red() > 180 and color.green() > 180 and color.blue() < 140

    upright = is_yellow(bench.at(100, 90))
    bench.view.flip_horizontal()
    bench.view.rotate()
    bench.view.set_zoom(2)

    assert upright
    assert is_yellow(bench.at(100, 90))
    bench.desk.state.toggle_hidden()
    assert not is_yellow(bench.at(100, 90))

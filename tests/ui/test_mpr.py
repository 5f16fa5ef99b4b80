"""The linked planes in the window: key M, the mouse on the crosshair, the bar, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medmm.core.image import MedicalImage, StudyHeader
from medmm.core.measurement import MeasurementKind
from medmm.imaging.crosshair import index_at, place_at, turned_degrees
from medmm.imaging.measuring import read_out
from medmm.imaging.reformat import Plane
from medmm.imaging.slabs import SINGLE_PLANE, Projection, Slab
from medmm.imaging.slice_place import place_of
from tests.imaging.phantoms import make_axial_affine, make_volume
from tests.ui.builders import make_case
from tests.ui.test_engine import FakeProcess
from ui.commands import Session
from ui.engine import Engine
from ui.furniture import furnished_window
from ui.main_window import MainWindow
from ui.panels.measurements import MeasurementTable
from ui.panels.mpr_bar import MprBar
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.mpr_state import MprState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks
from ui.viewer.canvas import ImageCanvas
from ui.viewer.crosshair_figure import Figure, to_screen
from ui.viewer.crosshair_layer import CrosshairLayer
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@dataclass
class Desk:
    """A window that shows a volume of 30 slices."""

    window: MainWindow
    session: Session
    spin: Spin

    @property
    def mpr(self) -> MprState:
        return self.session.views.mpr

    def show(self, image: MedicalImage) -> None:
        key = self.session.cases.add(Path("/patients/a"))
        self.session.cases.select(key)
        self.session.cases.set_case(key, replace(make_case(), images=(image,)))

    def press(self, name: str) -> None:
        self.window.actions_table[name].trigger()

    def start(self) -> None:
        self.press("mpr")
        assert self.spin(lambda: self.mpr.is_on)
        self.spin(lambda: self.canvas(Plane.SAGITTAL).width() > 50)

    def canvas(self, plane: Plane) -> ImageCanvas:
        return self.window.grid.canvas(self.session.views.viewports.views.index(self.mpr.views[plane]))

    def figure(self, plane: Plane) -> Figure:
        found = self.canvas(plane).findChild(CrosshairLayer).figure
        assert found is not None
        return found

    def drag(self, plane: Plane, start: QPointF, end: QPointF, keys: Qt.KeyboardModifier = NO_KEY) -> None:
        canvas = self.canvas(plane)
        QTest.mousePress(canvas, LEFT, keys, start.toPoint())
        QTest.mouseMove(canvas, ((start + end) / 2).toPoint())
        QTest.mouseMove(canvas, end.toPoint())
        QTest.mouseRelease(canvas, LEFT, keys, end.toPoint())

    def index(self, image: MedicalImage) -> list[float]:
        assert self.mpr.cuts is not None
        return list(index_at(image, self.mpr.cuts.crosshair.point_mm))

    def turned(self, plane: Plane) -> float:
        assert self.mpr.cuts is not None
        return turned_degrees(self.mpr.cuts.crosshair, self.mpr.cuts.volume, plane)


def make_series() -> MedicalImage:
    stored = np.random.default_rng(3).integers(-1000, 1000, (30, 60, 60)).astype(np.int16)
    volume = make_volume(stored, make_axial_affine((2.0, 1.0, 1.0)))
    return replace(volume, header=StudyHeader(modality="CT", units="HU", study_uid="1.5", series_uid="1.5.1"))


@pytest.fixture
def desk(application: QApplication, tmp_path: Path, spin: Spin) -> Iterator[Desk]:
    tasks = Tasks()
    state = EngineState(tasks)
    engine = Engine(tasks, state, lambda: FakeProcess())  # type: ignore[arg-type,return-value]
    session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine)
    window = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    Wiring(window, session)
    window.resize(1300, 900)
    window.show()
    made = Desk(window, session, spin)
    made.show(make_series())
    application.processEvents()
    yield made
    window.close()
    window.deleteLater()
    application.processEvents()


def test_the_key_shows_planes_and_the_key_brings_the_series_back(desk: Desk, spin: Spin) -> None:
    canvas, image = desk.window.canvas, desk.window.view.image
    canvas.view_state.set_slice(20)
    canvas.setFocus()

    QTest.keyClick(canvas, Qt.Key.Key_M)

    assert spin(lambda: desk.mpr.is_on)
    assert desk.window.actions_table["mpr"].isChecked()
    assert desk.mpr.views[Plane.AXIAL].slice_index == 20
    QTest.keyClick(desk.window.canvas, Qt.Key.Key_M)
    assert not desk.mpr.is_on
    assert (desk.window.view.image, desk.window.view.slice_index) == (image, 20)
    assert all(layer.isHidden() for layer in desk.window.canvas.findChildren(CrosshairLayer))


def test_escape_leaves_the_planes(desk: Desk) -> None:
    desk.start()

    QTest.keyClick(desk.canvas(Plane.CORONAL), Qt.Key.Key_Escape)

    assert not desk.mpr.is_on
    assert desk.session.views.viewports.shape == (1, 1)


def test_dragging_the_middle_moves_the_other_planes(desk: Desk) -> None:
    desk.start()
    image, figure = desk.window.view.image, desk.figure(Plane.AXIAL)
    axial = desk.mpr.views[Plane.AXIAL]
    assert image is not None
    assert axial.image is not None
    goal = to_screen(axial.image, desk.canvas(Plane.AXIAL).placement(), place_at(axial.image, (15, 10, 40)))

    desk.drag(Plane.AXIAL, figure.centre, goal)

    found = desk.index(axial.image)
    assert found == pytest.approx([15, 10, 40], abs=0.3)
    assert desk.mpr.views[Plane.CORONAL].slice_index == pytest.approx(10, abs=1)
    assert desk.mpr.views[Plane.SAGITTAL].slice_index == pytest.approx(59 - 40, abs=1)
    assert axial.voi == desk.mpr.views[Plane.CORONAL].voi


def test_dragging_a_line_shifts_only_its_plane(desk: Desk) -> None:
    desk.start()
    figure = desk.figure(Plane.AXIAL)
    line = next(line for line in figure.lines if line.plane is Plane.SAGITTAL)
    before = {plane: desk.mpr.views[plane].slice_index for plane in Plane}
    grip = figure.centre + line.direction * (figure.handle_radius / 2)

    desk.drag(Plane.AXIAL, grip, grip + QPointF(60, 25))

    assert desk.mpr.views[Plane.SAGITTAL].slice_index < before[Plane.SAGITTAL] - 3
    assert desk.mpr.views[Plane.CORONAL].slice_index == before[Plane.CORONAL]
    assert desk.mpr.views[Plane.AXIAL].slice_index == before[Plane.AXIAL]


def test_dragging_a_handle_turns_the_two_other_planes(desk: Desk) -> None:
    desk.start()
    figure = desk.figure(Plane.AXIAL)
    line = next(line for line in figure.lines if line.plane is Plane.CORONAL)
    handle = figure.handles(line)[0] if line.direction.x() > 0 else figure.handles(line)[1]
    # A quarter of a right angle, clockwise about the centre.
    away, angle = handle - figure.centre, np.pi / 8
    goal = figure.centre + QPointF(
        away.x() * np.cos(angle) - away.y() * np.sin(angle), away.x() * np.sin(angle) + away.y() * np.cos(angle)
    )

    desk.drag(Plane.AXIAL, handle, goal)

    assert desk.turned(Plane.CORONAL) == pytest.approx(22.5, abs=1.0)
    assert desk.turned(Plane.SAGITTAL) == pytest.approx(22.5, abs=1.0)
    assert desk.turned(Plane.AXIAL) < 1e-6
    assert desk.window.actions_table["mpr_straighten"].isEnabled()


def test_a_turn_is_true_in_a_mirrored_view(desk: Desk) -> None:
    desk.start()
    desk.mpr.views[Plane.AXIAL].flip_horizontal()
    figure = desk.figure(Plane.AXIAL)
    line = next(line for line in figure.lines if line.plane is Plane.CORONAL)
    handle = max(figure.handles(line), key=lambda place: place.x())

    desk.drag(Plane.AXIAL, handle, handle + QPointF(0, 40))

    assert desk.mpr.cuts is not None
    # At the viewer's right lies the patient's right now; the coronal plane runs there towards the back.
    right = desk.mpr.cuts.crosshair.planes[Plane.CORONAL].right
    assert right[0] > 0.5
    assert right[1] < -0.1
    moved = next(line for line in desk.figure(Plane.AXIAL).lines if line.plane is Plane.CORONAL)
    assert moved.direction.y() / moved.direction.x() > 0.1


def test_shift_turns_in_steps(desk: Desk) -> None:
    desk.start()
    figure = desk.figure(Plane.CORONAL)
    line = next(line for line in figure.lines if line.plane is Plane.AXIAL)
    handle = max(figure.handles(line), key=lambda place: place.x())
    canvas = desk.canvas(Plane.CORONAL)
    shift = Qt.KeyboardModifier.ShiftModifier
    goal = handle + QPointF(0, figure.handle_radius * 0.33)

    QTest.mousePress(canvas, LEFT, shift, handle.toPoint())
    _move(canvas, goal.toPoint(), shift)
    QTest.mouseRelease(canvas, LEFT, shift, goal.toPoint())

    assert desk.turned(Plane.AXIAL) == pytest.approx(15.0)


def test_beside_the_crosshair_the_tool_works_as_ever(desk: Desk) -> None:
    desk.start()
    figure = desk.figure(Plane.AXIAL)
    before = desk.mpr.views[Plane.SAGITTAL].voi

    desk.drag(Plane.AXIAL, figure.centre + QPointF(40, 40), figure.centre + QPointF(90, 60))

    assert desk.mpr.views[Plane.SAGITTAL].voi != before
    assert desk.mpr.views[Plane.SAGITTAL].voi == desk.mpr.views[Plane.AXIAL].voi


def test_the_wheel_scrolls_one_plane_and_moves_the_lines_in_the_others(desk: Desk) -> None:
    desk.start()
    before = desk.figure(Plane.CORONAL).centre

    desk.mpr.views[Plane.AXIAL].set_slice(desk.mpr.views[Plane.AXIAL].slice_index + 5)

    # Towards the head, that is up.
    assert desk.figure(Plane.CORONAL).centre.y() < before.y() - 10


def test_keys_turn_and_straighten(desk: Desk) -> None:
    desk.start()

    desk.press("mpr_turn_right")
    turned = desk.turned(Plane.CORONAL)
    desk.press("mpr_straighten")

    assert turned == pytest.approx(5.0)
    assert desk.turned(Plane.CORONAL) < 1e-6


def test_the_bar_chooses_thickness_and_projection(desk: Desk) -> None:
    desk.start()
    bar = _bar(desk)
    assert bar.isVisible()
    assert not bar.projection.isEnabled()

    bar.thickness.setFocus()
    bar.thickness.selectAll()
    QTest.keyClicks(bar.thickness, "12")
    QTest.keyClick(bar.thickness, Qt.Key.Key_Return)
    bar.projection.setCurrentIndex(1)

    assert (desk.mpr.slab.thickness_mm, desk.mpr.slab.projection) == (12.0, Projection.MINIMUM)
    image = desk.mpr.views[Plane.AXIAL].image
    assert image is not None
    assert image.plane_words == "axial, MinIP 12 mm"
    desk.mpr.stop()
    assert not bar.isVisible()


def test_turned_slabs_become_fine_at_rest(desk: Desk, spin: Spin) -> None:
    desk.start()
    desk.mpr.turn(Plane.AXIAL, 30)
    view = desk.mpr.views[Plane.CORONAL]

    _bar(desk).thickness.setValue(6)

    assert view.image is not None
    assert view.image.geometry.spacing_mm[1] == pytest.approx(3.0)
    assert spin(lambda: view.image is not None and view.image.geometry.spacing_mm[1] == pytest.approx(1.0))


@pytest.mark.parametrize("is_on", [True, False])
def test_a_measurement_on_an_oblique_slab_is_listed_and_gone_back_to(desk: Desk, spin: Spin, *, is_on: bool) -> None:
    desk.start()
    desk.mpr.turn(Plane.AXIAL, 23.0)
    desk.mpr.set_slab(Slab(6.0, Projection.MAXIMUM))
    desk.mpr.set_turning(False)
    coronal = desk.mpr.views[Plane.CORONAL]
    assert spin(lambda: coronal.image is not None and coronal.image.cut is not None)
    assert coronal.image is not None
    state, place = desk.session.desk.state, place_of(coronal.image, coronal.slice_index)
    state.add(state.make(MeasurementKind.ELLIPSE, place, ((20.0, 20.0), (20.0, 30.0), (26.0, 20.0))))
    said = read_out(state.in_studies([place.document])[0], coronal.image, coronal.slice_index).statistics
    assert said is not None
    rows = desk.window.measurements.findChild(MeasurementTable).model()
    assert spin(lambda: rows.index(0, 1).data() == f"mean {said.mean:.1f} HU")
    assert rows.index(0, 2).data() == "a computed plane"
    words = rows.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert words.startswith("computed: coronal, oblique 23°, MIP 6 mm, plane ")

    desk.mpr.set_slab(SINGLE_PLANE)
    desk.mpr.straighten()
    if not is_on:
        desk.press("mpr")
    assert rows.index(0, 1).data() == f"mean {said.mean:.1f} HU"
    state.jump_to(state.in_studies([place.document])[0])

    assert spin(lambda: desk.mpr.is_on and desk.mpr.slab.thickness_mm == 6.0)
    back = desk.mpr.views[Plane.CORONAL]
    assert back is desk.session.views.viewports.active
    assert back.image is not None
    assert place_of(back.image, back.slice_index) == place


def test_a_series_that_is_no_volume_says_why_in_one_sentence(desk: Desk, spin: Spin) -> None:
    series = make_series()
    desk.show(replace(series, stored=series.stored[:2], instances=series.instances[:2]))

    desk.press("mpr")

    assert spin(lambda: desk.session.notices.notice is not None)
    notice = desk.session.notices.notice
    assert notice is not None
    assert notice.text == "This series has 2 slices; planes need at least 3."
    assert not desk.mpr.is_on
    assert not desk.window.actions_table["mpr"].isChecked()


def test_the_window_closes_with_the_series_in_its_viewports(desk: Desk) -> None:
    desk.start()

    desk.window.close()

    assert not desk.mpr.is_on
    assert desk.session.views.viewports.shape == (1, 1)


def test_another_language_takes_the_series_over_not_the_planes(desk: Desk) -> None:
    desk.start()

    desk.session.settings.changed.emit(frozenset({"language"}))

    assert not desk.mpr.is_on


def test_another_patient_ends_the_planes(desk: Desk) -> None:
    desk.start()

    desk.show(make_series())

    assert not desk.mpr.is_on
    assert desk.window.view.image is desk.session.cases.image


def _bar(desk: Desk) -> MprBar:
    return desk.window.grid.findChild(MprBar)


def _move(canvas: ImageCanvas, point: QPoint, keys: Qt.KeyboardModifier) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(point), QPointF(canvas.mapToGlobal(point)), Qt.MouseButton.NoButton, LEFT, keys
    )
    QApplication.sendEvent(canvas, event)

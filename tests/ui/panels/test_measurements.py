"""The list of measurements: names, values, slices; selecting, renaming and deleting from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from medmm.core.image import StudyHeader
from medmm.core.measurement import Measurement, MeasurementKind, Point
from medmm.imaging.slice_place import place_of
from tests.ui.builders import make_case
from tests.ui.viewer.builders import make_image
from ui.panels.histogram import HistogramView
from ui.panels.measurement_detail import MeasurementDetail
from ui.panels.measurements import MeasurementsPanel, MeasurementTable
from ui.state.case_state import CaseState
from ui.state.measuring_desk import MeasuringDesk

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]
HEADER = StudyHeader(modality="CT", units="HU", study_uid="1.5", series_uid="1.5.1")
STACK = make_image(np.arange(3 * 40 * 50, dtype=np.int16).reshape(3, 40, 50), header=HEADER)


@dataclass
class Dock:
    """The panel with its states."""

    panel: MeasurementsPanel
    desk: MeasuringDesk
    cases: CaseState

    @property
    def table(self) -> MeasurementTable:
        return self.panel.findChildren(MeasurementTable)[0]

    @property
    def histogram(self) -> HistogramView:
        return self.panel.findChildren(HistogramView)[0]

    def measure(self, kind: str, *points: Point, slice_index: int = 0) -> Measurement:
        made = self.desk.state.make(MeasurementKind(kind), place_of(STACK, slice_index), points)
        self.desk.state.add(made)
        return made

    def texts(self) -> list[list[str]]:
        model = self.table.model()
        return [[model.index(row, col).data() for col in range(3)] for row in range(model.rowCount())]

    def click(self, row: int) -> None:
        place = self.table.visualRect(self.table.model().index(row, 1)).center()
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture
def dock(application: QApplication) -> Iterator[Dock]:
    cases, desk = CaseState(), MeasuringDesk()
    panel = MeasurementsPanel(desk, cases, ())
    key = cases.add(Path("/patients/a"))
    cases.select(key)
    cases.set_case(key, replace(make_case(), images=(STACK,)))
    panel.resize(360, 420)
    panel.show()
    application.processEvents()
    yield Dock(panel, desk, cases)
    panel.hide()
    panel.deleteLater()
    application.processEvents()


def test_every_measurement_is_a_row_with_its_value_and_slice(dock: Dock) -> None:
    dock.measure("length", (0, 0), (0, 30))
    dock.measure("rectangle", (0, 0), (1, 2), slice_index=2)

    # 30 columns of 0.2 mm; the first two pixels of the third slice hold 4000 and 4001.
    assert dock.texts() == [
        ["Length 1", "6 mm (at detector)", "CT, 1 / 3"],
        ["Rectangle 1", "mean 4000.5 HU", "CT, 3 / 3"],
    ]


def test_a_measurement_of_a_slice_that_is_not_open_is_listed_without_a_value(dock: Dock) -> None:
    elsewhere = replace(place_of(STACK, 0), sop_instance_uid="1.9.9")

    dock.desk.state.load([Measurement("old", MeasurementKind.LENGTH, elsewhere, ((0, 0), (1, 1)), "Length 1")])

    assert dock.texts() == [["Length 1", "–", "not among the files"]]


def test_measurements_of_another_study_are_not_listed(dock: Dock) -> None:
    other = replace(place_of(STACK, 0), study_uid="1.6")

    dock.desk.state.load([Measurement("old", MeasurementKind.LENGTH, other, ((0, 0), (1, 1)), "Length 1")])

    assert dock.texts() == []


def test_a_click_asks_for_the_slice_and_selects(dock: Dock) -> None:
    first = dock.measure("length", (0, 0), (0, 30))
    dock.measure("length", (5, 0), (5, 30), slice_index=1)
    asked: list[Measurement] = []
    dock.desk.state.jump_wanted.connect(asked.append)

    dock.click(0)

    assert asked == [first]
    assert dock.desk.state.selected == first


def test_what_is_selected_on_the_image_is_selected_in_the_list(dock: Dock) -> None:
    first = dock.measure("length", (0, 0), (0, 30))
    dock.measure("length", (5, 0), (5, 30))

    dock.desk.state.select(first)
    assert dock.table.currentIndex().row() == 0
    dock.desk.state.select(None)

    assert not dock.table.selectionModel().hasSelection()


def test_arrow_keys_walk_the_list(dock: Dock) -> None:
    first, second = dock.measure("length", (0, 0), (0, 30)), dock.measure("length", (5, 0), (5, 30))
    dock.click(0)
    assert dock.desk.state.selected == first

    QTest.keyClick(dock.table, Qt.Key.Key_Down)

    assert dock.desk.state.selected == second


def test_f2_renames_in_place(dock: Dock, spin: Spin) -> None:
    dock.measure("length", (0, 0), (0, 30))
    dock.click(0)
    dock.table.setCurrentIndex(dock.table.model().index(0, 0))

    QTest.keyClick(dock.table, Qt.Key.Key_F2)
    (editor,) = dock.table.findChildren(QLineEdit)
    editor.setText("Nodule <b>S6</b>")
    QTest.keyClick(editor, Qt.Key.Key_Return)

    assert spin(lambda: dock.texts()[0][0] == "Nodule <b>S6</b>")
    dock.desk.state.undo_group.undo()
    assert dock.texts()[0][0] == "Length 1"


def test_a_drag_changes_the_value_in_the_list_while_it_lasts(dock: Dock) -> None:
    made = dock.measure("length", (0, 0), (0, 30))

    dock.desk.state.set_draft(replace(made, points=((0, 0), (0, 40))))

    assert dock.texts()[0][1] == "8 mm (at detector)"
    assert dock.table.currentIndex().row() == 0


def test_a_selected_region_has_a_histogram_and_a_length_has_none(dock: Dock, spin: Spin) -> None:
    dock.measure("rectangle", (0, 0), (20, 30))
    assert spin(dock.histogram.isVisible)
    shown = dock.histogram.grab().toImage()
    accent = [shown.pixelColor(x, y).blue() for x in range(shown.width()) for y in range(shown.height())]
    assert max(accent) > 180

    dock.measure("length", (0, 0), (0, 30))

    assert spin(lambda: not dock.histogram.isVisible())


def test_an_empty_list_says_what_would_be_there(dock: Dock) -> None:
    shown = dock.table.viewport().grab().toImage()

    seen = {shown.pixelColor(x, y).name() for x in range(12, 200) for y in range(12, 30)}
    assert len(seen) > 3


def test_another_patient_has_another_list(dock: Dock) -> None:
    dock.measure("length", (0, 0), (0, 30))
    other = dock.cases.add(Path("/patients/b"))

    dock.cases.select(other)

    assert dock.texts() == []


def test_a_series_that_left_memory_keeps_its_rows_without_values(dock: Dock) -> None:
    dock.measure("length", (0, 0), (0, 30))
    (series,) = dock.cases.current.series  # type: ignore[union-attr]

    dock.cases.pixels.drop([series.key])
    dock.cases.pixels.begin(series.key)
    gone = dock.texts()
    dock.cases.pixels.put(series.key, STACK)

    assert gone == [["Length 1", "–", "CT"]]
    assert dock.texts() == [["Length 1", "6 mm (at detector)", "CT, 1 / 3"]]


def test_a_measurement_on_a_computed_plane_is_said_to_lie_there(dock: Dock) -> None:
    planes = replace(STACK, instances=tuple(replace(one, sop_instance_uid="") for one in STACK.instances))
    dock.desk.state.add(dock.desk.state.make(MeasurementKind.LENGTH, place_of(planes, 0), ((0.0, 0.0), (0.0, 9.0))))

    assert dock.texts() == [["Length 1", "–", "a computed plane"]]


def test_the_selected_row_stays_in_sight_when_its_numbers_take_room(dock: Dock, application: QApplication) -> None:
    # As high as the dock is in a window of 1280 by 800.
    dock.panel.resize(380, 250)
    for number in range(6):
        dock.measure("length", (0, 0), (0, 10 + number))
    dock.measure("rectangle", (0, 0), (4, 6))
    application.processEvents()
    QTest.qWait(80)

    last = dock.table.visualRect(dock.table.model().index(6, 0))

    assert dock.histogram.isVisible()
    assert dock.table.viewport().rect().contains(last)
    assert dock.table.viewport().height() >= 2 * last.height()


def test_the_numbers_run_on_and_break_between_two_of_them_only(dock: Dock, application: QApplication) -> None:
    dock.measure("rectangle", (0, 0), (2, 3))
    QTest.qWait(80)

    words = dock.panel.findChildren(MeasurementDetail)[0].findChildren(QLabel)[0].text()

    assert "\n" not in words
    assert "n\u00a0=\u00a06" in words.split(" · ")

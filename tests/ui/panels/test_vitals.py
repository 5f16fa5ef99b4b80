"""The Vitals tab under real wheels, drags and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from medmm.core.record import VITAL_SIGNS, VitalMeasurement, Vitals
from tests.ui.builders import make_case, make_result, move_mouse
from ui import theme
from ui.panels.vitals import VitalsPanel
from ui.panels.vitals_chart import VitalsChart
from ui.panels.vitals_table import VitalsTable
from ui.state.case_state import CaseState
from ui.state.vital_words import measurement_lines

pytestmark = pytest.mark.gui


@pytest.fixture
def panel(application: QApplication) -> Iterator[VitalsPanel]:
    cases = CaseState()
    cases.select(cases.add(Path("/patients/a")))
    made = VitalsPanel(cases)
    cases.setParent(made)
    made.resize(420, 320)
    made.show()
    cases.set_case(cases.key, make_case())
    application.processEvents()
    yield made
    made.close()
    made.deleteLater()


def chart_of(panel: VitalsPanel) -> VitalsChart:
    return panel.findChildren(VitalsChart)[0]


def grabbed(chart: VitalsChart) -> QImage:
    return chart.grab().toImage()


def holds(image: QImage, token: str) -> bool:
    wanted = QColor(theme.hex_of(token)).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def wheel(chart: VitalsChart, at: QPointF, delta: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(at, chart.mapToGlobal(at), QPoint(), delta, Qt.MouseButton.NoButton, modifiers,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(chart, event)


def test_the_wheel_zooms_about_the_pointer(panel: VitalsPanel) -> None:
    chart, state = chart_of(panel), panel.state
    body = chart.frame.body
    at = QPointF(body.left() + 0.25 * body.width(), body.center().y())
    before = state.axis

    wheel(chart, at, QPoint(0, 120), Qt.KeyboardModifier.NoModifier)

    assert state.axis.span == pytest.approx(before.span / 1.25)
    assert state.axis.seconds_at(0.25) == pytest.approx(before.seconds_at(0.25))
    wheel(chart, at, QPoint(0, 120), Qt.KeyboardModifier.ShiftModifier)
    assert state.axis.span == pytest.approx(before.span / 1.25)
    assert state.axis.start < before.seconds_at(0.05)


def test_a_wheel_beside_the_chart_is_left_to_the_scroll_bar(panel: VitalsPanel) -> None:
    before = panel.state.axis

    wheel(chart_of(panel), QPointF(10, 60), QPoint(0, 120), Qt.KeyboardModifier.NoModifier)

    assert panel.state.axis == before


def test_a_drag_along_the_axis_zooms_into_that_stretch_and_a_double_click_shows_all(panel: VitalsPanel) -> None:
    chart, state = chart_of(panel), panel.state
    ruler, whole = chart.frame.ruler, state.axis
    left = QPointF(ruler.left() + 0.2 * ruler.width(), ruler.center().y()).toPoint()
    right = QPointF(ruler.left() + 0.6 * ruler.width(), ruler.center().y()).toPoint()

    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=left)
    move_mouse(chart, right, held=Qt.MouseButton.LeftButton)
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=right)

    assert state.axis.start == pytest.approx(whole.seconds_at(0.2), abs=0.01 * whole.span)
    assert state.axis.end == pytest.approx(whole.seconds_at(0.6), abs=0.01 * whole.span)
    QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=chart.frame.body.center().toPoint())
    assert state.axis.is_whole


def test_a_drag_moves_the_time(panel: VitalsPanel) -> None:
    chart, state = chart_of(panel), panel.state
    state.look(state.axis.zoomed(4))
    before, center = state.axis, chart.frame.body.center().toPoint()

    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=center)
    move_mouse(chart, center + QPoint(30, 0), held=Qt.MouseButton.LeftButton)
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=center + QPoint(30, 0))

    assert state.axis.start == pytest.approx(before.start - 30 / chart.frame.body.width() * before.span)


def test_keys_zoom_and_move(panel: VitalsPanel) -> None:
    chart, state = chart_of(panel), panel.state
    whole = state.axis

    QTest.keyClick(chart, Qt.Key.Key_Plus)
    zoomed = state.axis
    QTest.keyClick(chart, Qt.Key.Key_Right)
    moved = state.axis
    QTest.keyClick(chart, Qt.Key.Key_0)

    assert zoomed.span == pytest.approx(whole.span / 1.25)
    assert moved.start == pytest.approx(zoomed.start + 0.1 * zoomed.span)
    assert state.axis == whole


def test_pointing_at_a_measurement_tells_value_unit_time_and_why_it_is_marked(panel: VitalsPanel) -> None:
    chart = chart_of(panel)
    high = panel.state.lanes[0].measurements[1]
    at = chart.picture(0).point(1).toPoint()

    move_mouse(chart, at)

    assert chart.readout() == measurement_lines(high)
    assert chart.readout()[0] == "Temperature 39.1 °C  ·  3 Nov 2026 12:00"
    assert chart.readout()[1].startswith("▲ above")


def test_high_values_impossible_ones_and_the_study_are_drawn_in_their_colours(panel: VitalsPanel) -> None:
    picture = grabbed(chart_of(panel))

    for token in (theme.WARNING, theme.STOP, theme.INPUT_COLORS[next(iter(theme.INPUT_COLORS))]):
        assert holds(picture, token)


def test_weights_and_defaults_of_the_selected_finding_are_seen_and_spoken(panel: VitalsPanel) -> None:
    cases = panel.findChild(CaseState)
    before = grabbed(chart_of(panel))
    cases.set_result(cases.key, make_result())

    assert holds(grabbed(chart_of(panel)), theme.POSITIVE)
    assert not holds(before, theme.POSITIVE)
    assert "Temperature 39.1 ▲ °C +0.40" in chart_of(panel).accessibleName()


def test_a_low_panel_switches_and_a_high_one_shows_both(panel: VitalsPanel, application: QApplication) -> None:
    table = panel.findChildren(VitalsTable)[0]
    assert (chart_of(panel).isVisible(), table.isVisible()) == (True, False)

    next(button for button in panel.findChildren(QToolButton) if button.text() == "Table").click()
    assert (chart_of(panel).isVisible(), table.isVisible()) == (False, True)

    panel.resize(420, 900)
    application.processEvents()
    assert (chart_of(panel).isVisible(), table.isVisible()) == (True, True)


def test_a_vital_sign_can_be_taken_off_the_chart_and_the_table(panel: VitalsPanel) -> None:
    table = panel.findChildren(VitalsTable)[0]
    menu = next(button.menu() for button in panel.findChildren(QToolButton) if button.menu())
    assert table.model().columnCount() == 7

    next(action for action in menu.actions() if action.text() == "Heart rate").trigger()

    assert table.model().columnCount() == 6
    assert "Heart rate" not in chart_of(panel).accessibleName()


def test_a_patient_without_vital_signs_is_told_so(panel: VitalsPanel) -> None:
    cases = panel.findChild(CaseState)
    cases.set_case(cases.key, replace(make_case(), vitals=()))

    assert any("no vital signs" in label.text() for label in panel.findChildren(QLabel) if label.isVisible())
    assert not chart_of(panel).isVisible()


@pytest.mark.slow
def test_a_day_of_a_monitor_is_zoomed_at_the_rate_of_the_screen(panel: VitalsPanel) -> None:
    start = datetime(2026, 11, 3)
    measurements = tuple(
        VitalMeasurement(sign.name, start + timedelta(minutes=minute), sum(sign.reference) / 2 + minute % 7)
        for minute in range(1_440)
        for sign in VITAL_SIGNS
    )
    cases, chart = panel.findChild(CaseState), chart_of(panel)
    cases.set_case(cases.key, replace(make_case(), vitals=(Vitals(measurements, Path("vitals.csv")),)))

    began = process_time()
    for step in range(60):
        panel.state.look(panel.state.axis.zoomed(1.1 if step < 30 else 0.9))
        chart.repaint()

    # Measured 7 ms a frame; the machine that tests may be busy.
    assert (process_time() - began) / 60 < 0.025


def test_pointing_paints_no_value_anew(panel: VitalsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    chart = chart_of(panel)
    chart.repaint()
    painted: list[object] = []
    monkeypatch.setattr("ui.panels.vitals_chart.paint_lane", lambda painter, picture: painted.append(picture))

    move_mouse(chart, chart.picture(0).point(1).toPoint())
    chart.repaint()
    assert chart.readout()
    assert painted == []
    panel.state.look(panel.state.axis.zoomed(1.1))
    chart.repaint()
    assert len(painted) == len(VITAL_SIGNS)


def test_another_theme_is_painted_at_once(panel: VitalsPanel, application: QApplication) -> None:
    before = grabbed(chart_of(panel))

    theme.apply(application, theme.Look("light"))
    after = grabbed(chart_of(panel))
    theme.apply(application)

    assert before != after

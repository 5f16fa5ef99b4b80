"""The timeline under real clicks, wheels and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.core.image import MedicalImage
from medmm.core.quality import InputKind
from medmm.workflow.timeline import TimelineItem
from tests.ui.builders import make_case, make_image, make_note, make_vitals, move_mouse
from ui import theme
from ui.panels.timeline import TimelinePanel
from ui.state.case_state import CaseState
from ui.state.timeline_state import TimelineState
from ui.state.vitals_state import VitalsState

pytestmark = pytest.mark.gui


def film(uid: str, date: str, time: str = "") -> MedicalImage:
    made = make_image()
    header = replace(made.header, study_uid=uid, study_date=date, study_time=time)
    return replace(made, header=header, instances=(replace(made.instances[0], path=Path(f"{uid}.dcm")),))


def three_studies() -> Case:
    films = (film("3", "20261103", "140200"), film("1", "20260301", "091500"), film("2", "20260701"))
    notes = (make_note("DISCHARGE SUMMARY"), make_note("<b>Seen</b> again."))
    dated = replace(notes[0], written_at=datetime(2026, 3, 4, 16, 0))
    return replace(make_case(), images=films, notes=(dated, notes[1]), vitals=(make_vitals(),))


@pytest.fixture
def cases(application: QApplication) -> CaseState:
    made = CaseState()
    made.select(made.add(make_case().folder))
    return made


@pytest.fixture
def panel(cases: CaseState, application: QApplication) -> Iterator[TimelinePanel]:
    made = TimelinePanel(TimelineState(cases, VitalsState(cases, cases), cases))
    made.resize(900, made.sizeHint().height())
    made.show()
    cases.set_case(cases.key, three_studies())
    application.processEvents()
    yield made
    made.close()
    made.deleteLater()


def click(panel: TimelinePanel, place: int) -> None:
    center = panel.frame.place_of(place).center().toPoint()
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=center)


def place_of(panel: TimelinePanel, kind: InputKind, number: int) -> int:
    return [place for place, item in enumerate(panel.state.items) if item.kind is kind][number]


def shown(panel: TimelinePanel) -> list[TimelineItem]:
    return [item for item in panel.state.items if panel.state.is_shown(item)]


def test_a_click_on_a_study_shows_its_image(panel: TimelinePanel, cases: CaseState) -> None:
    assert panel.state.shown_study.uid == "3"

    click(panel, place_of(panel, InputKind.IMAGE, 0))

    assert cases.image.header.study_uid == "1"
    assert panel.state.shown_study.uid == "1"


def test_a_prior_from_another_place_stands_there_too_but_nobody_elses(panel: TimelinePanel, cases: CaseState) -> None:
    place, other_place = cases.add(Path("/patients/b")), cases.add(Path("/patients/c"))
    cases.set_case(place, replace(make_case(), images=(film("9", "20200101"),), notes=(), vitals=()))
    someone = PatientIdentity("777", "LI^NA", "19900101", "F")
    cases.set_case(other_place, replace(make_case(), patient=someone, images=(film("8", "20200101"),)))

    uids = [item.uid for item in panel.state.items if item.kind is InputKind.IMAGE]
    assert uids == ["9", "1", "2", "3"]
    click(panel, place_of(panel, InputKind.IMAGE, 0))
    assert cases.image.header.study_uid == "9"
    assert panel.state.shown_study.uid == "9"


def test_without_an_id_a_study_of_the_same_name_elsewhere_is_nobodys_known(
    panel: TimelinePanel, cases: CaseState
) -> None:
    nobody = PatientIdentity("", "Anonymized", "", "")
    cases.set_case(cases.key, replace(three_studies(), patient=nobody))
    place = cases.add(Path("/patients/b"))
    cases.set_case(place, replace(make_case(), patient=nobody, images=(film("9", "20200101"),), notes=(), vitals=()))

    assert [item.uid for item in panel.state.items if item.kind is InputKind.IMAGE] == ["1", "2", "3"]
    key = next(p for p in cases.worklist.patients if p.key == place).series[0].key
    cases.show_series(key)
    assert cases.key == place


def test_a_click_on_a_note_shows_it_and_says_so(panel: TimelinePanel, cases: CaseState) -> None:
    opened: list[TimelineItem] = []
    panel.state.opened.connect(opened.append)
    undated = place_of(panel, InputKind.NOTE, 1)

    click(panel, undated)

    assert cases.note_index == 1
    assert opened == [panel.state.items[undated]]
    assert panel.state.items[undated] in shown(panel)


def test_a_study_without_a_clock_takes_its_whole_day(panel: TimelinePanel) -> None:
    place = place_of(panel, InputKind.IMAGE, 1)
    panel.state.look(panel.state.axis.between(1_782_777_600, 1_783_036_800))
    area, body = panel.frame.place_of(place), panel.frame.body

    # Three days are seen, from 30 Jun to 3 Jul 2026: the day is a third of them.
    assert area.width() == pytest.approx(body.width() / 3, rel=1e-6)
    assert "hour unknown" in panel.words_at(area.center())


def test_pointing_tells_what_stands_there_as_plain_text(panel: TimelinePanel) -> None:
    note, table = place_of(panel, InputKind.NOTE, 0), place_of(panel, InputKind.VITALS, 0)

    assert panel.words_at(panel.frame.place_of(note).center()) == "DISCHARGE SUMMARY\n4 Mar 2026 16:00"
    words = panel.words_at(panel.frame.place_of(table).center())
    assert words.startswith("vitals.csv\n3 Nov 2026 08:00 – 12:00\n")
    assert "measured at 2 times, 2 values marked" in words
    assert panel.words_at(QPointF(300, 2)) == ""


def test_left_and_right_step_from_the_study_shown_and_enter_opens(panel: TimelinePanel, cases: CaseState) -> None:
    shown_at = panel.state.items.index(panel.state.shown_study)
    QTest.keyClick(panel, Qt.Key.Key_Left)
    assert panel.state.cursor == shown_at - 1
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert panel.state.cursor == shown_at

    QTest.keyClick(panel, Qt.Key.Key_Home)
    QTest.keyClick(panel, Qt.Key.Key_Left)
    QTest.keyClick(panel, Qt.Key.Key_Return)

    assert panel.state.cursor == 0
    assert cases.image.header.study_uid == "1"
    assert panel.accessibleName().startswith("Timeline, 1 of 6, CR Chest, 1 Mar 2026 09:15")
    assert panel.accessibleName().endswith("shown")
    QTest.keyClick(panel, Qt.Key.Key_End)
    assert panel.state.cursor == 5


def test_stepping_brings_an_item_out_of_sight_into_view(panel: TimelinePanel) -> None:
    state = panel.state
    state.look(state.axis.zoomed(50, at=1.0))
    assert state.axis.fraction(1_772_000_000) < 0

    QTest.keyClick(panel, Qt.Key.Key_Home)

    assert panel.frame.body.contains(panel.frame.place_of(0).center())


def test_the_wheel_zooms_a_drag_moves_and_a_double_click_shows_all(panel: TimelinePanel) -> None:
    state, body = panel.state, panel.frame.body
    whole, center = state.axis, QPointF(body.center().x(), panel.frame.ruler.center().y())

    for _ in range(4):
        QApplication.sendEvent(
            panel,
            QWheelEvent(center, panel.mapToGlobal(center), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )  # fmt: skip
    zoomed = state.axis
    QTest.mousePress(panel, Qt.MouseButton.LeftButton, pos=center.toPoint())
    move_mouse(panel, center.toPoint() + QPoint(40, 0), held=Qt.MouseButton.LeftButton)
    QTest.mouseRelease(panel, Qt.MouseButton.LeftButton, pos=center.toPoint() + QPoint(40, 0))

    assert zoomed.span == pytest.approx(whole.span / 1.25**4)
    assert state.axis.start == pytest.approx(zoomed.start - 40 / body.width() * zoomed.span)
    QTest.mouseDClick(panel, Qt.MouseButton.LeftButton, pos=center.toPoint())
    assert state.axis == whole


def test_several_items_at_one_place_are_all_reached_by_clicking(panel: TimelinePanel, cases: CaseState) -> None:
    case = three_studies()
    at_once = [
        replace(film, header=replace(film.header, study_date="20261103", study_time="140200")) for film in case.images
    ]
    cases.set_case(cases.key, replace(case, images=tuple(at_once)))
    center = panel.frame.place_of(place_of(panel, InputKind.IMAGE, 0)).center().toPoint()

    seen = set()
    for _ in range(3):
        QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=center)
        seen.add(cases.image.header.study_uid)

    assert seen == {"1", "2", "3"}


def test_the_line_of_the_study_shown_goes_through_all_lanes(panel: TimelinePanel) -> None:
    picture, frame = panel.grab().toImage(), panel.frame
    at = round(frame.place_of(place_of(panel, InputKind.IMAGE, 2)).center().x())
    wanted = QColor(theme.hex_of(theme.INPUT_COLORS[InputKind.IMAGE]))
    between_lanes = round(frame.lane(InputKind.NOTE).bottom())

    colors = [picture.pixelColor(x, between_lanes) for x in range(at - 2, at + 3)]
    assert any(abs(color.blue() - wanted.blue()) < 60 for color in colors)


def test_a_lone_note_without_a_date_stands_apart_and_can_be_opened(panel: TimelinePanel, cases: CaseState) -> None:
    cases.set_case(cases.key, replace(make_case(), images=(), notes=(make_note(),), vitals=()))

    picture = panel.grab().toImage()
    at = panel.frame.place_of(0).center().toPoint()

    assert panel.state.axis is None
    assert picture.pixelColor(at) == QColor(theme.hex_of(theme.INPUT_COLORS[InputKind.NOTE]))
    click(panel, 0)
    assert panel.state.cursor == 0


def test_an_empty_timeline_says_what_would_be_there(application: QApplication) -> None:
    state = CaseState()
    panel = TimelinePanel(TimelineState(state, VitalsState(state, state), state))
    panel.resize(600, panel.sizeHint().height())

    empty = panel.grab().toImage()

    background = QColor(theme.hex_of(theme.PANEL)).rgb()
    assert any(empty.pixel(x, y) != background for x in range(12, 400) for y in range(empty.height()))
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert panel.state.cursor == -1
    panel.deleteLater()

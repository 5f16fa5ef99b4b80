"""The study browser with real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from tests.ui.state.test_browser_rows import WANG, make_series
from ui.panels.browser import StudyBrowser
from ui.panels.browser_model import SERIES_MIME
from ui.series_drop import SeriesDrop
from ui.state.browser_rows import RowKind
from ui.state.case_state import CaseState
from ui.state.layout_state import LayoutState
from ui.viewer.grid import ViewportGrid

pytestmark = pytest.mark.gui
EVA = PatientIdentity("P-77", "MÜLLER^EVA", "19500101", "F")


@pytest.fixture
def cases(application: QApplication) -> CaseState:
    return CaseState()


@pytest.fixture
def show(application: QApplication, cases: CaseState) -> Iterator[Callable[[], StudyBrowser]]:
    made: list[StudyBrowser] = []

    def make() -> StudyBrowser:
        browser = StudyBrowser(cases)
        QAbstractItemModelTester(browser.model, QAbstractItemModelTester.FailureReportingMode.Fatal, browser)
        browser.resize(260, 600)
        browser.show()
        application.processEvents()
        made.append(browser)
        return browser

    yield make
    for browser in made:
        browser.deleteLater()
    application.processEvents()


def open_patient(cases: CaseState, name: str, n_series: int, *, who: PatientIdentity = WANG) -> str:
    key = cases.add(Path("/p") / name)
    series = tuple(make_series(number, study=name, who=who) for number in range(n_series))
    cases.set_case(key, Case(Path("/p") / name, who, series=series))
    if not cases.key:
        cases.select(key)
    return key


def press(browser: StudyBrowser, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(browser.list, key)


def click(browser: StudyBrowser, row: int) -> None:
    browser.list.scrollTo(browser.model.index(row))
    place = browser.list.visualRect(browser.model.index(row)).center()
    QTest.mouseClick(browser.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_arrows_walk_and_enter_shows(cases: CaseState, show: Callable[[], StudyBrowser]) -> None:
    open_patient(cases, "a", 3)
    browser = show()
    first = cases.series_key

    press(browser, Qt.Key.Key_Down)
    walked = cases.series_key
    press(browser, Qt.Key.Key_Return)

    assert walked == first
    assert cases.series_key == browser.model.rows[3].target


@pytest.mark.parametrize("n_series", [1, 15, 16, 17, 261])
def test_the_last_of_many_series_is_reached_by_key_and_by_click(
    cases: CaseState, show: Callable[[], StudyBrowser], n_series: int
) -> None:
    open_patient(cases, "a", n_series)
    browser = show()
    last = browser.model.rows[-1].target

    press(browser, Qt.Key.Key_End, Qt.Key.Key_Return)
    by_key = cases.series_key
    cases.select_series(browser.model.rows[2].target)
    click(browser, browser.model.rowCount() - 1)

    assert browser.model.rowCount() == n_series + 2
    assert (by_key, cases.series_key) == (last, last)


def test_pictures_are_asked_for_as_their_rows_come_into_sight(
    application: QApplication, cases: CaseState, show: Callable[[], StudyBrowser]
) -> None:
    open_patient(cases, "a", 261)
    browser = show()
    asked: set[str] = set()
    browser.list.picture_wanted.connect(asked.add)
    browser.list.viewport().update()
    application.processEvents()
    at_first = len(asked)

    press(browser, Qt.Key.Key_End)
    application.processEvents()

    assert 0 < at_first < 20
    assert browser.model.rows[-1].target in asked
    assert len(asked) < 40


def test_left_and_right_fold_and_unfold(cases: CaseState, show: Callable[[], StudyBrowser]) -> None:
    open_patient(cases, "a", 3)
    browser = show()

    press(browser, Qt.Key.Key_Left, Qt.Key.Key_Left)
    folded = browser.model.rowCount()
    press(browser, Qt.Key.Key_Right)

    assert folded == 2
    assert browser.model.rowCount() == 5
    assert browser.list.currentIndex().row() == 1


def test_the_selection_follows_what_is_shown(cases: CaseState, show: Callable[[], StudyBrowser]) -> None:
    open_patient(cases, "a", 5)
    browser = show()

    cases.select_series(browser.model.rows[5].target)

    assert browser.list.currentIndex().row() == 5


def test_a_click_on_another_person_brings_that_patient_up(cases: CaseState, show: Callable[[], StudyBrowser]) -> None:
    open_patient(cases, "a", 1)
    eva = open_patient(cases, "b", 2, who=EVA)
    browser = show()
    row = browser.model.row_of(eva, RowKind.PATIENT)
    assert row is not None

    click(browser, row)

    assert cases.key == eva
    assert cases.series is not None
    assert cases.series.identity == EVA


def test_a_prior_from_another_place_is_shown_without_changing_the_patient(
    cases: CaseState, show: Callable[[], StudyBrowser]
) -> None:
    here = open_patient(cases, "a", 1)
    there = cases.add(Path("/p/old"))
    prior = make_series(1, study="old", date="20240101")
    cases.set_case(there, Case(Path("/p/old"), WANG, series=(prior,)))
    browser = show()
    row = browser.model.row_of(prior.key)
    assert row is not None

    click(browser, row)

    assert cases.key == here
    assert cases.series is prior


def test_letters_after_a_search_or_a_click_are_keys_of_the_image_again(
    cases: CaseState, show: Callable[[], StudyBrowser]
) -> None:
    open_patient(cases, "a", 3)
    browser = show()
    lefts: list[str] = []
    browser.left.connect(lambda: lefts.append("left"))

    QTest.keyClicks(browser.search, "p")
    QTest.keyClick(browser.search, Qt.Key.Key_Escape)
    assert (browser.search.text(), lefts) == ("", [])
    QTest.keyClick(browser.search, Qt.Key.Key_Escape)
    assert lefts == ["left"]
    click(browser, 2)
    assert lefts == ["left", "left"]
    click(browser, 1)  # folds the study: one goes on looking for a series
    assert lefts == ["left", "left"]


def test_enter_goes_from_the_search_to_what_was_found(
    application: QApplication, cases: CaseState, show: Callable[[], StudyBrowser]
) -> None:
    open_patient(cases, "a", 3)
    browser = show()
    browser.activateWindow()
    assert QTest.qWaitForWindowActive(browser)
    browser.search.setFocus()

    QTest.keyClick(browser.search, Qt.Key.Key_Return)

    assert browser.list.hasFocus()


def test_searching_lists_what_was_found_and_says_when_nothing_was(
    cases: CaseState, show: Callable[[], StudyBrowser]
) -> None:
    open_patient(cases, "a", 2)
    open_patient(cases, "b", 2, who=EVA)
    browser = show()

    QTest.keyClicks(browser.search, "p-77")
    found = [row.title for row in browser.model.rows if row.kind is RowKind.PATIENT]
    QTest.keyClicks(browser.search, " nobody")

    assert found == ["MÜLLER EVA"]
    assert browser.model.rowCount() == 0


def test_rows_keep_their_place_while_a_survey_finds_more(
    application: QApplication, cases: CaseState, show: Callable[[], StudyBrowser]
) -> None:
    key = cases.add(Path("/p/a"))
    cases.select(key)
    browser = show()
    told: list[str] = []
    for signal in (browser.model.rowsRemoved, browser.model.modelReset):
        signal.connect(lambda *_: told.append("jump"))

    for n_found in (1, 4, 40):
        series = tuple(make_series(number, study="a") for number in range(n_found))
        cases.grow(key, (Case(Path("/p/a"), WANG, series=series),))
        application.processEvents()
    press(browser, Qt.Key.Key_End)
    cases.grow(key, (Case(Path("/p/a"), WANG, series=(*series, make_series(40, study="a"))),))
    application.processEvents()

    assert browser.model.rowCount() == 43
    assert browser.list.currentIndex().row() == 41
    assert told == []


def test_a_series_is_dropped_on_a_viewport(cases: CaseState, show: Callable[[], StudyBrowser]) -> None:
    open_patient(cases, "a", 3)
    browser = show()
    layout = LayoutState()
    layout.set_shape((1, 2))
    grid = ViewportGrid(layout)
    SeriesDrop(cases, layout, [grid])
    index = browser.model.index(4)
    dragged = browser.model.mimeData([index])
    assert dragged.hasFormat(SERIES_MIME)

    left, copy, no_key = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, dragged, left, no_key)
    QApplication.sendEvent(grid.canvas(1), enter)
    QApplication.sendEvent(grid.canvas(1), QDropEvent(QPointF(5, 5), copy, dragged, left, no_key))

    assert enter.isAccepted()
    assert layout.active_index == 1
    assert cases.series_key == browser.model.rows[4].target
    grid.deleteLater()


def test_a_row_says_what_it_is_to_a_screen_reader(cases: CaseState, show: Callable[[], StudyBrowser]) -> None:
    open_patient(cases, "a", 1)
    browser = show()
    spoken = [
        browser.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(browser.model.rowCount())
    ]

    assert spoken[0].startswith("WANG XIAOHONG")
    assert "unfolded" in spoken[1]
    assert "20 slices" in spoken[2]


def test_a_picture_that_came_is_painted(
    application: QApplication, cases: CaseState, show: Callable[[], StudyBrowser]
) -> None:
    open_patient(cases, "a", 1)
    browser = show()
    white = QImage(64, 64, QImage.Format.Format_Grayscale8)
    white.fill(255)

    cases.pixels.put_thumbnail(cases.series_key, white)
    application.processEvents()

    area = browser.list.visualRect(browser.model.index(2))
    seen = browser.list.viewport().grab().toImage()
    ratio = seen.devicePixelRatio()
    assert seen.pixelColor(int((area.left() + 40) * ratio), int(area.center().y() * ratio)).name() == "#ffffff"


def test_many_changes_in_one_turn_are_listed_once(
    application: QApplication, cases: CaseState, show: Callable[[], StudyBrowser]
) -> None:
    browser = show()
    listed: list[int] = []
    browser.model.updated.connect(lambda: listed.append(browser.model.rowCount()))

    for number in range(67):
        open_patient(cases, f"p{number}", 2)
    application.processEvents()

    assert listed == [67 + 3]


def test_an_empty_list_says_that_files_are_being_read_before_it_says_that_nothing_was_found(
    cases: CaseState, show: Callable[[], StudyBrowser], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("ui.panels.browser.paint_empty_hint", lambda _view, words: said.append(words))
    browser = show()
    browser.grab()
    cases.select(cases.add(Path("/patients/slow")))
    browser.grab()

    assert said[0] == "Opened patients appear here."
    assert said[-1] == "Reading the files"

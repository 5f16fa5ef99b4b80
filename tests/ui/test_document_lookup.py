"""Documents of a patient: opened from their list by real clicks and keys, with real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSpinBox

from medmm.core.case import CaseSources
from medmm.workflow.open_case import open_case
from tests.imaging.builders import UID_ROOT, write_data_set, write_slice
from tests.imaging.document_builders import make_item, make_object, make_reference, write_pdf, write_report
from tests.ui.test_engine import FakeProcess
from tests.workflow.test_pdf_reader import make_pdf
from ui.commands import Session
from ui.document_lookup import DocumentLookup
from ui.engine import Engine
from ui.furniture import furnished_window
from ui.main_window import MainWindow
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]


@dataclass
class Desk:
    """A window, and what opens documents in it."""

    window: MainWindow
    session: Session
    lookup: DocumentLookup

    def show(self, folder: Path) -> None:
        key = self.session.cases.add(folder)
        self.session.cases.select(key)
        self.session.cases.set_case(key, open_case(CaseSources(folder)))
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def click(self, row: int) -> None:
        where = self.lookup.list.visualItemRect(self.lookup.list.item(row)).center()
        QTest.mouseClick(self.lookup.list.viewport(), Qt.MouseButton.LeftButton, pos=where)


@pytest.fixture
def desk(application: QApplication, tmp_path: Path) -> Iterator[Desk]:
    tasks = Tasks()
    state = EngineState(tasks)
    engine = Engine(tasks, state, FakeProcess)  # type: ignore[arg-type]
    session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine)
    window = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    Wiring(window, session)
    window.resize(1200, 900)
    window.show()
    lookup = window.findChild(DocumentLookup)
    assert lookup is not None
    yield Desk(window, session, lookup)
    window.close()
    window.deleteLater()
    application.processEvents()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three slices, and a report that names the second of them."""
    made = tmp_path / "patient"
    made.mkdir()
    for at in range(3):
        write_slice(made, at, 2.0 * at, SeriesNumber=3)
    source = make_item("IMAGE", "Source", ReferencedSOPSequence=[make_reference(f"{UID_ROOT}.9.1")])
    write_report(made / "sr", make_item("TEXT", "Findings", TextValue="<b>nodule</b>"), source)
    return made


def test_a_report_is_opened_searched_and_left_by_escape(desk: Desk, folder: Path, spin: Spin) -> None:
    desk.show(folder)

    desk.click(0)
    assert spin(lambda: desk.lookup.state.report is not None)
    view = desk.lookup.page.report
    assert view.isVisible()
    QTest.keyClicks(view.findChild(QLineEdit), "nodule")

    assert view.model.n_shown == 2
    copy = next(button for button in view.findChildren(QPushButton) if button.text() == "Copy text")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "  Findings: <b>nodule</b>" in QGuiApplication.clipboard().text()
    QTest.keyClick(view.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert desk.window.grid.isVisible()
    assert desk.lookup.state.document is None


def test_an_image_that_a_report_names_is_shown_on_enter(desk: Desk, folder: Path, spin: Spin) -> None:
    desk.show(folder)
    desk.window.view.set_slice(0)
    desk.click(0)
    assert spin(lambda: desk.lookup.state.report is not None)
    model, tree = desk.lookup.page.report.model, desk.lookup.page.report.tree
    source = model.index(1, 0, model.index(0, 0, QModelIndex()))
    assert model.data(source.siblingAtColumn(1)) == "image 1 of series 3"

    tree.setCurrentIndex(source)
    QTest.keyClick(tree, Qt.Key.Key_Return)

    assert desk.window.grid.isVisible()
    assert desk.window.view.slice_index == 1


def test_another_patient_closes_the_document(desk: Desk, folder: Path, tmp_path: Path, spin: Spin) -> None:
    desk.show(folder)
    desk.click(0)
    assert spin(lambda: desk.lookup.state.report is not None)
    other = tmp_path / "other"
    other.mkdir()
    write_slice(other, 0, 0.0)

    desk.show(other)

    assert desk.lookup.state.document is None
    assert desk.window.grid.isVisible()
    assert desk.lookup.list.count() == 0


def test_a_patient_without_images_shows_the_report_at_once(
    desk: Desk, folder: Path, tmp_path: Path, spin: Spin
) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    write_report(alone / "sr", make_item("TEXT", "Findings", TextValue="nodule"))

    desk.show(alone)
    assert spin(lambda: desk.lookup.state.report is not None)
    assert desk.lookup.page.report.isVisible()
    desk.show(folder)
    assert desk.window.grid.isVisible()
    desk.session.cases.select(desk.session.cases.worklist.patients[0].key)

    assert spin(lambda: desk.lookup.page.report.isVisible())


def test_a_damaged_document_says_why(desk: Desk, folder: Path, spin: Spin) -> None:
    desk.show(folder)
    (folder / "sr").unlink()

    desk.click(0)

    assert spin(lambda: desk.lookup.state.problem is not None)
    assert "'sr'" in desk.lookup.state.problem.sentence  # type: ignore[union-attr]


def test_a_presentation_state_without_its_image_shows_its_header(desk: Desk, folder: Path, spin: Spin) -> None:
    (folder / "sr").unlink()
    write_data_set(folder / "pr", make_object("11.1", Modality="PR", ContentLabel="BONE"))
    desk.show(folder)
    opened: list[Path] = []
    desk.lookup._open_header = opened.append

    desk.click(0)

    assert opened == [folder / "pr"]


@pytest.mark.slow
def test_a_pdf_is_turned_and_magnified_with_keys(desk: Desk, folder: Path, spin: Spin) -> None:
    (folder / "sr").unlink()
    write_pdf(folder / "pdf", make_pdf((595, 842), (842, 595)))
    desk.show(folder)

    desk.click(0)
    state, pdf = desk.lookup.state, desk.lookup.page.pdf
    assert spin(lambda: state.page is not None and pdf.isVisible())
    first = state.page
    QTest.keyClick(pdf, Qt.Key.Key_PageDown)
    for _ in range(4):
        QTest.keyClick(pdf, Qt.Key.Key_PageDown)
    assert spin(lambda: state.page is not None and state.page.page == 1)
    fitted = min(pdf.viewport().width() - 24, 842 / 72 * 120)
    assert spin(lambda: state.page is not None and abs(state.page.pixels.shape[1] - fitted) < 3)
    QTest.keyClick(pdf, Qt.Key.Key_Plus)

    assert spin(lambda: state.page is not None and abs(state.page.pixels.shape[1] - 1.25 * fitted) < 3)
    assert first is not None
    assert first.size_inches == pytest.approx((595 / 72, 842 / 72))
    spin_box = desk.lookup.page.findChild(QSpinBox)
    assert (spin_box.value(), spin_box.maximum()) == (2, 2)
    QTest.mouseClick(desk.lookup.page.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert desk.window.grid.isVisible()

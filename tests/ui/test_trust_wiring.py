"""What the network saw, run again, and two models, by real keys in a real window with an engine that a test answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from medmm.core.comparison import Difference
from medmm.core.network_input import LeftOut, NetworkImage, NetworkInput, NetworkNote, NetworkVitals
from medmm.core.prediction import CaseResult
from medmm.core.quality import InputFile, InputKind
from medmm.core.run_record import RunRecord, Step, TensorFacts
from medmm.core.words import Words
from tests.ui.builders import make_case, make_image, make_result
from tests.ui.test_engine import IDENTITY, FakeProcess
from ui.commands import Session
from ui.dialogs.rerun import RerunDialog
from ui.dialogs.seen import SeenDialog
from ui.dialogs.two_models import TwoModelsDialog
from ui.engine import Engine
from ui.furniture import furnished_window
from ui.main_window import MainWindow
from ui.panels.seen_pictures import box_on, fitted
from ui.state.case_state import CaseState
from ui.state.comparison_words import difference_cells
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
NOTE = InputFile(InputKind.NOTE, "note.txt", "b" * 64)


def recorded() -> CaseResult:
    """A result with what the network saw and how it came about."""
    places, one = np.array([[-1, 0, 0]]), np.ones((1, 1))
    seen = NetworkInput(
        NetworkImage(np.linspace(-2, 2, 16, dtype=np.float32).reshape(4, 4), (0.0, 4.0, 30.0, 36.0), (0, 0, 1, 0)),
        NetworkNote(
            (("[CLS]", "Cough", "fever"),), np.array([[2, 7, 8]]), places, places, places, 5, 2,
            (LeftOut(0, 15, 27, Words("beyond the model's limit")),),
        ),
        NetworkVitals(("temperature_c",), ("last",), np.array([[1.5, 0]], np.float32), one, one),
    )  # fmt: skip
    facts = TensorFacts((4, 4), "float32", -2.0, 2.0, 0.0, "e" * 64)
    record = RunRecord(
        "2026-11-30T18:00:00+00:00", {"medmm": "0.1.0"}, {"threads": "2"},
        steps={InputKind.IMAGE: (Step("crop", Words("Cropped to rows {n}", n=3)),)},
        tensors=dict.fromkeys((InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS), facts),
    )  # fmt: skip
    return replace(make_result(), record=record, seen=seen, image_index=0, inputs=(NOTE,))


@dataclass
class Desk:
    """A window with one scored patient and the process behind it."""

    window: MainWindow
    session: Session
    process: FakeProcess
    case_key: str

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.canvas, key, CTRL_SHIFT)
        QApplication.processEvents()

    def answer(self, result: CaseResult, spin: Spin, *, n: int = 1) -> None:
        assert spin(lambda: len(self.process.scores) == n)
        future: Future[CaseResult] = self.process.scores[-1]
        future.set_result(result)

    def dialog(self, kind: type[QDialog]) -> QDialog:
        (found,) = [one for one in self.window.findChildren(kind) if one.isVisible()]
        return found


@pytest.fixture
def desk(application: QApplication, tmp_path: Path) -> Iterator[Desk]:
    tasks, process = Tasks(), FakeProcess()
    state = EngineState(tasks)
    session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, Engine(tasks, state, lambda: process))  # type: ignore[arg-type,return-value]
    window = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    Wiring(window, session)
    window.show()
    session.engine.start()
    process.ready.set_result(IDENTITY)
    key = session.cases.add(tmp_path)
    session.cases.select(key)
    session.cases.set_case(key, make_case(tmp_path))
    session.cases.set_result(key, recorded())
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    yield Desk(window, session, process, key)
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.close()
    window.deleteLater()
    application.processEvents()


def texts(dialog: QDialog) -> str:
    """Everything that the tables of a dialog say."""
    tables = (getattr(dialog, name, None) for name in ("deltas", "differences"))
    cells = [
        item.text()
        for table in tables
        if table is not None
        for row in range(table.rowCount())
        for column in range(table.columnCount())
        if (item := table.item(row, column)) is not None
    ]
    return "\n".join(cells)


def test_run_again_tells_identical_and_leaves_the_result(desk: Desk, spin: Spin) -> None:
    before = desk.session.cases.result
    assert spin(lambda: desk.window.actions_table["rerun"].isEnabled())

    desk.press(Qt.Key.Key_U)
    desk.answer(recorded(), spin)

    dialog = desk.dialog(RerunDialog)
    assert spin(lambda: "Identical" in dialog.sentence.text())
    assert dialog.differences.rowCount() == 0
    assert desk.session.cases.result is before
    assert not desk.session.cases.current.is_previous


def test_run_again_names_the_file_that_changed_and_the_difference(desk: Desk, spin: Spin) -> None:
    first = recorded()
    moved = replace(first.findings[1], logit=first.findings[1].logit + 0.25, probability=0.79)
    second = replace(
        first, findings=(first.findings[0], moved, first.findings[2]), inputs=(replace(NOTE, sha256="c" * 64),)
    )
    assert spin(lambda: desk.window.actions_table["rerun"].isEnabled())

    desk.press(Qt.Key.Key_U)
    desk.answer(second, spin)

    dialog = desk.dialog(RerunDialog)
    assert spin(lambda: "Another answer" in dialog.sentence.text())
    assert "0.250 logits" in dialog.sentence.text()
    assert dialog.deltas.item(0, 0).text() == "Pneumonia"
    assert "note.txt" in texts(dialog)


def test_closing_stops_the_run_and_the_patient_can_be_scored(desk: Desk, spin: Spin) -> None:
    assert spin(lambda: desk.window.actions_table["rerun"].isEnabled())
    desk.press(Qt.Key.Key_U)
    assert spin(lambda: len(desk.process.scores) == 1)

    desk.dialog(RerunDialog).reject()

    assert desk.process.n_cancelled == 1
    assert desk.window.actions_table["score"].isEnabled()


def test_a_second_model_is_scored_with_its_bundle_and_stands_beside_the_first(
    desk: Desk, spin: Spin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ui.dialogs.two_models.other_bundles", lambda model: {"second": tmp_path / "second"})
    first = recorded()
    flipped = replace(first.findings[1], logit=-3.0, probability=0.2, decision="negative")
    model = replace(first.model, name="second", version="7", sha256="cd" * 32)
    second = replace(first, findings=(first.findings[0], flipped, first.findings[2]), model=model)
    assert spin(lambda: desk.window.actions_table["two_models"].isEnabled())

    desk.press(Qt.Key.Key_M)
    dialog = desk.dialog(TwoModelsDialog)
    assert spin(dialog.begin.isEnabled)
    dialog.begin.click()
    desk.answer(second, spin)

    assert spin(lambda: dialog.deltas.rowCount() == 3)
    assert desk.process.bundles == [tmp_path / "second"]
    assert [dialog.deltas.item(0, column).text() for column in range(6)] == [
        "Pneumonia", "0.830", "0.200", "−0.630", "−3.000", "▲ positive → ● negative",
    ]  # fmt: skip
    assert dialog.deltas.item(0, 0).font().bold()
    assert not dialog.deltas.item(1, 0).font().bold()
    assert "the decision differs in 1" in dialog.sentence.text()
    assert desk.session.cases.result.model.name == "chest-multimodal"


def test_what_the_network_saw_follows_the_patient(desk: Desk, spin: Spin) -> None:
    desk.press(Qt.Key.Key_N)
    dialog = desk.dialog(SeenDialog)

    assert dialog.note.tokens.toPlainText() == "Chunk 1 of 1: 3 tokens\n[CLS] · Cough · fever"
    assert dialog.vitals.table.item(0, 0).text() == "1.500"
    hashes = [dialog.record.table.item(row, 2).text() for row in range(dialog.record.table.rowCount())]
    assert {"b" * 64, "e" * 64, "ab" * 32} <= set(hashes)

    other = desk.session.cases.add(Path("/nowhere/else"))
    desk.session.cases.select(other)
    assert not dialog.tabs.isVisible()


def test_the_stored_image_comes_once_it_is_in_memory(desk: Desk, spin: Spin, tmp_path: Path) -> None:
    desk.press(Qt.Key.Key_N)
    pictures = desk.dialog(SeenDialog).image.pictures
    series = desk.session.cases.case.series
    assert series

    desk.session.cases.pixels.put(series[0].key, make_image())

    assert spin(lambda: "30 × 40" in pictures.accessibleName())


def test_a_result_kept_from_before_says_that_nothing_was_kept(desk: Desk) -> None:
    desk.session.cases.set_result(desk.case_key, make_result())

    desk.press(Qt.Key.Key_N)

    dialog = desk.dialog(SeenDialog)
    assert dialog.note.tokens.toPlainText() == ""
    assert dialog.record.table.rowCount() == 2


def test_what_differs_is_named_in_words() -> None:
    found = [
        Difference("input", "note tensor", "aa", "bb"),
        Difference("input", "vitals", "used", "unused"),
        Difference("step", "image.crop.row0", "1", "2"),
        Difference("machine", "threads", "2", ""),
        Difference("file", "note.txt", "aa", "bb"),
    ]

    assert [difference_cells(one)[:2] for one in found] == [
        ("Input", "note: what reached the network"), ("Input", "vitals"), ("Step", "image · crop · row0"),
        ("Machine", "threads"), ("File", "note.txt"),
    ]  # fmt: skip
    assert difference_cells(found[3])[3] == "not there"


@pytest.mark.parametrize(("rows", "cols"), [(300, 200), (200, 300), (256, 256)])
def test_the_box_lies_where_the_network_saw(rows: int, cols: int) -> None:
    area = fitted(QRectF(10, 20, 400, 400), cols, rows)

    box = box_on(area, (0.25 * rows, 0.5 * cols, rows, cols), rows=rows, cols=cols)

    assert area.width() / area.height() == pytest.approx(cols / rows)
    assert box.top() == pytest.approx(area.top() + area.height() / 4)
    assert box.left() == pytest.approx(area.center().x(), abs=1)
    assert (box.right(), box.bottom()) == pytest.approx((area.right(), area.bottom()))

"""The reader's review by real keys in a real window: kept on disk, undone, hidden first, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget

from medmm.core.review import Call, Verdict
from medmm.workflow.reviews import load_reviews
from tests.ui.builders import make_case, make_result
from tests.ui.test_engine import FakeProcess
from ui.commands import Session
from ui.dialogs.agreement import AgreementDialog
from ui.dialogs.reader_name import ReaderNameDialog
from ui.engine import Engine
from ui.furniture import furnished_window
from ui.main_window import MainWindow
from ui.panels.finding_row import FindingRow
from ui.panels.reason_form import ReasonForm
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@dataclass
class Desk:
    """A window with one scored patient."""

    window: MainWindow
    session: Session

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.canvas, key, modifier)
        QApplication.processEvents()

    @property
    def form(self) -> ReasonForm:
        (form,) = self.window.findings.findChildren(ReasonForm)
        return form

    @property
    def field(self) -> QLineEdit:
        (field,) = self.form.findChildren(QLineEdit)
        return field

    def verdicts(self) -> dict[str, Verdict]:
        return {name: review.verdict for name, review in self.session.reviews.in_force.items()}

    def saved(self) -> list[str]:
        return [review.finding for review in load_reviews("1.2").log.reviews]


@pytest.fixture
def start(application: QApplication, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    opened: list[Desk] = []

    def make(*, reader_first: bool = False) -> Desk:
        tasks = Tasks()
        state = EngineState(tasks)
        session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, Engine(tasks, state, FakeProcess))  # type: ignore[arg-type]
        session.settings.change(reader_first=reader_first, reader_name="Dr. Reader")
        window = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
        Wiring(window, session)
        window.resize(1280, 780)
        window.show()
        key = session.cases.add(tmp_path)
        session.cases.select(key)
        session.cases.set_case(key, make_case())
        session.cases.set_result(key, make_result())
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        opened.append(Desk(window, session))
        return opened[-1]

    yield make
    for desk in opened:
        desk.window.close()
        desk.window.deleteLater()
    application.processEvents()


def test_a_reader_judges_all_findings_by_keys_and_they_are_kept(start: Callable[[], Desk], spin: Spin) -> None:
    desk = start()

    desk.press(Qt.Key.Key_Return, SHIFT)
    desk.press(Qt.Key.Key_Backspace, SHIFT)
    assert desk.field.hasFocus()
    desk.session.reviews.answer(Call.PRESENT, "")
    desk.press(Qt.Key.Key_4, CTRL)

    assert desk.verdicts() == {
        "pneumonia": Verdict.ACCEPTED, "pulmonary_edema": Verdict.REJECTED, "nodule": Verdict.NO_OPINION,
    }  # fmt: skip
    assert spin(lambda: desk.saved() == ["pneumonia", "pulmonary_edema", "nodule"])
    assert {review.reader for review in load_reviews("1.2").log.reviews} == {"Dr. Reader"}


def test_the_reason_is_typed_and_enter_keeps_it(start: Callable[[], Desk]) -> None:
    desk = start()
    desk.press(Qt.Key.Key_Backspace, SHIFT)

    QTest.keyClicks(desk.field, "old scar")
    QTest.keyClick(desk.field, Qt.Key.Key_Return)

    assert desk.session.reviews.in_force["pneumonia"].reason == "old scar"
    assert desk.session.reviews.in_force["pneumonia"].call is Call.ABSENT
    assert not desk.form.isVisible()


def test_escape_leaves_the_finding_as_it_was(start: Callable[[], Desk]) -> None:
    desk = start()
    desk.press(Qt.Key.Key_F2, SHIFT)
    assert desk.form.isVisible()

    QTest.keyClick(desk.field, Qt.Key.Key_Escape)

    assert not desk.form.isVisible()
    assert desk.verdicts() == {}


def test_undo_takes_a_verdict_back_from_the_disk_as_well(start: Callable[[], Desk], spin: Spin) -> None:
    desk = start()
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert spin(lambda: desk.saved() == ["pneumonia"])

    desk.press(Qt.Key.Key_Z, CTRL)

    assert desk.verdicts() == {}
    assert spin(lambda: desk.saved() == [])


def test_a_key_that_goes_to_a_folded_finding_unfolds_it(start: Callable[[], Desk]) -> None:
    desk = start()
    (nodule,) = [row for row in desk.window.findings.findChildren(FindingRow) if row.name == "nodule"]
    assert not nodule.isVisible()

    desk.press(Qt.Key.Key_J)
    desk.press(Qt.Key.Key_J)

    assert nodule.isVisible()
    assert nodule.isChecked()
    assert "not reviewed" in nodule.accessibleName()


def test_the_row_says_the_value_of_the_model_and_the_verdict_apart(start: Callable[[], Desk]) -> None:
    desk = start()
    desk.press(Qt.Key.Key_Return, SHIFT)

    (row,) = [row for row in desk.window.findings.findChildren(FindingRow) if row.name == "pneumonia"]
    assert row.accessibleName().startswith("Pneumonia: positive, probability 0.83")
    assert row.accessibleName().endswith("; Reader: ✓ accepted  ·  present")


def test_a_hidden_result_is_judged_by_keys_and_then_shown(start: Callable[..., Desk], spin: Spin) -> None:
    desk = start(reader_first=True)
    actions = desk.window.actions_table
    assert not actions["accept_finding"].isEnabled()
    assert not actions["show_ai"].isEnabled()

    for key in (Qt.Key.Key_2, Qt.Key.Key_2, Qt.Key.Key_4):
        desk.press(key, CTRL)
    assert actions["show_ai"].isEnabled()
    desk.press(Qt.Key.Key_R, CTRL)

    assert desk.session.cases.result is not None
    assert all(review.is_first for review in desk.session.reviews.in_force.values())
    assert spin(lambda: len(desk.saved()) == 3)
    desk.press(Qt.Key.Key_Z, CTRL)
    assert len(desk.verdicts()) == 3


def test_statistics_count_what_is_kept(start: Callable[[], Desk], spin: Spin) -> None:
    desk = start()
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert spin(lambda: desk.saved() == ["pneumonia"])

    dialog = AgreementDialog(desk.session.tasks, desk.session.notices, desk.window)
    tables = dialog.findChildren(QTableWidget)

    assert spin(lambda: tables[0].rowCount() == 1)
    cells = [tables[0].item(0, column).text() for column in range(tables[0].columnCount())]
    assert cells == ["Pneumonia", "1", "1", "0", "0", "0", "–"]
    assert tables[1].rowCount() == 1
    dialog.close()


def test_a_case_without_study_is_kept_by_its_files(start: Callable[[], Desk], spin: Spin) -> None:
    from medmm.core.quality import InputFile, InputKind

    desk = start()
    cases = desk.session.cases
    files = (InputFile(InputKind.NOTE, "note.txt", "1" * 64),)
    cases.set_result(cases.key, replace(make_result(), study_uid="", inputs=files))

    desk.press(Qt.Key.Key_Return, SHIFT)

    document = desk.session.reviews.document
    assert len(document) == 64
    assert spin(lambda: len(load_reviews(document).log.reviews) == 1)


def test_a_signature_asks_for_the_readers_name_once(start: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    desk = start()
    desk.session.settings.change(reader_name="")
    asked: list[ReaderNameDialog] = []

    def answer(dialog: ReaderNameDialog) -> int:
        asked.append(dialog)
        assert not dialog.sign.isEnabled()
        dialog.field.setText("  Dr.  Night ")
        return int(dialog.sign.isEnabled() and len(asked) > 1)

    monkeypatch.setattr(ReaderNameDialog, "exec", answer)
    desk.press(Qt.Key.Key_Return, SHIFT)

    desk.press(Qt.Key.Key_S, SHIFT | CTRL)
    assert desk.session.reviews.signature is None, "the first answer was Cancel"
    desk.press(Qt.Key.Key_S, SHIFT | CTRL)

    assert desk.session.reviews.signature.reader == "Dr. Night"
    assert desk.session.settings.settings.reader_name == "Dr. Night"
    desk.press(Qt.Key.Key_Return, SHIFT)
    desk.press(Qt.Key.Key_S, SHIFT | CTRL)
    assert len(asked) == 2
    assert desk.session.reviews.signature is not None

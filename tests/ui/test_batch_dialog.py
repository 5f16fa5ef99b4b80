"""The batch screen: it starts, pauses and retries; rows fill, are filtered, sorted, opened and saved."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from medmm.core.errors import ModelError
from medmm.core.listed_case import OutcomeCounts
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.workflow import batch_run
from medmm.workflow.batch_places import note_root
from medmm.workflow.batch_run import BatchOrder, BatchProgress
from tests.workflow.made_batch import make_batch
from ui import theme
from ui.dialogs.batch import BatchDialog
from ui.state.batch_state import BatchState
from ui.tasks import Tasks

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], object]], bool]
Tell = Callable[[BatchProgress], None]


@pytest.fixture
def state(application: QApplication) -> Iterator[BatchState]:
    tasks = Tasks()
    yield BatchState(tasks, tasks)
    assert tasks.close(3.0)


@pytest.fixture
def dialog(application: QApplication, state: BatchState) -> Iterator[BatchDialog]:
    tasks = state.parent()
    assert isinstance(tasks, Tasks)
    made = BatchDialog(state, tasks)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A finished batch of 60 cases whose patients are known."""
    folder = make_batch(tmp_path / "results", 60, seed=2, n_pending=2)
    note_root(tmp_path / "patients", folder)
    return folder


def names(dialog: BatchDialog) -> list[str]:
    cases = (dialog.table.case_at(row) for row in range(dialog.table.rowCount()))
    return [case.case for case in cases if case is not None]


def test_nothing_chosen_says_what_to_choose_and_starts_nothing(dialog: BatchDialog) -> None:
    assert "Choose a folder" in dialog.sentence.text()
    for button in (dialog.begin, dialog.pause, dialog.cancel, dialog.retry, dialog.open, dialog.save, dialog.compare):
        assert not button.isEnabled()


def test_an_earlier_batch_is_looked_at_and_can_be_gone_on_with(
    dialog: BatchDialog, state: BatchState, out: Path, spin: Spin
) -> None:
    dialog.fields.out_field.setText(str(out))
    dialog.fields.out_field.editingFinished.emit()

    assert spin(lambda: dialog.table.rowCount() == 62)
    assert dialog.fields.root == out.parent / "patients"
    assert "2 of 62 cases are not scored yet" in dialog.sentence.text()
    assert dialog.begin.text() == "Go on"
    assert dialog.filters.chips.findChildren(type(dialog.begin))[0].text() == "All 62"


def test_a_folder_without_a_batch_is_a_new_one(dialog: BatchDialog, tmp_path: Path, spin: Spin) -> None:
    dialog.fields.root_field.setText(str(tmp_path))
    dialog.fields.out_field.setText(str(tmp_path / "new"))
    dialog.fields.out_field.editingFinished.emit()

    assert spin(dialog.begin.isEnabled)
    assert theme.hex_of(theme.STOP) not in dialog.sentence.styleSheet()


def test_counts_and_rows_follow_a_run_that_is_paused_and_gone_on_with(
    dialog: BatchDialog, state: BatchState, out: Path, spin: Spin, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders: list[BatchOrder] = []
    go_on = threading.Event()

    def run(order: BatchOrder, *, tell: Tell, cancel: CancelToken) -> BatchProgress:
        orders.append(order)
        counts = OutcomeCounts({"done": 38, "failed": 2, "pending": 2})
        tell(BatchProgress(counts, per_s=0.5))
        while not cancel.is_set and not go_on.wait(0.01):
            pass
        cancel.raise_if_set()
        return BatchProgress(OutcomeCounts({"done": 40, "failed": 2}))

    monkeypatch.setattr(batch_run, "run_batch", run)
    state.model = "other"
    dialog.fields.fill(out.parent / "patients", out)
    QTest.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    assert spin(lambda: "40 of 42 cases, 0.5 cases a second, about 4 s left" in dialog.sentence.text())
    assert spin(lambda: dialog.table.rowCount() == 62)
    assert not dialog.begin.isEnabled()
    assert dialog.fields.root_field.isReadOnly()

    QTest.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    assert spin(dialog.begin.isEnabled)
    assert "Paused" in dialog.sentence.text()
    assert dialog.begin.text() == "Go on"

    go_on.set()
    QTest.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    assert spin(lambda: len(orders) == 2 and not state.is_running)
    assert orders[0] == orders[1] == BatchOrder(out.parent / "patients", out, model="other")


def test_a_failed_run_says_why_in_the_colour_of_failures(
    dialog: BatchDialog, tmp_path: Path, spin: Spin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(order: BatchOrder, *, tell: Tell, cancel: CancelToken) -> BatchProgress:
        raise ModelError(Words("the batch stopped: {reason}", reason="no bundle"))

    monkeypatch.setattr(batch_run, "run_batch", run)
    dialog.fields.fill(tmp_path, tmp_path / "out")
    QTest.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)

    assert spin(lambda: "no bundle" in dialog.sentence.text())
    assert theme.hex_of(theme.STOP) in dialog.sentence.styleSheet()


def test_retrying_puts_failed_cases_back_and_starts(
    dialog: BatchDialog, state: BatchState, out: Path, spin: Spin, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[BatchOrder] = []

    def run(order: BatchOrder, *, tell: Tell, cancel: CancelToken) -> BatchProgress:
        assert state.cases is not None
        started.append(order)
        return BatchProgress(state.cases.counts())

    monkeypatch.setattr(batch_run, "run_batch", run)
    state.open(out)
    assert spin(lambda: state.counts.of("failed"))
    n_failed = state.counts.of("failed")

    QTest.mouseClick(dialog.retry, Qt.MouseButton.LeftButton)

    assert spin(lambda: started and not state.is_running)
    assert state.counts.of("failed") == 0
    assert state.counts.of("pending") == 2 + n_failed


def test_rows_are_filtered_and_sorted(dialog: BatchDialog, state: BatchState, out: Path, spin: Spin) -> None:
    state.open(out)
    assert spin(lambda: dialog.table.rowCount() == 62)

    dialog.filters.decision.setCurrentIndex(dialog.filters.decision.findData("positive"))
    assert spin(lambda: 0 < dialog.table.rowCount() < 62)
    dialog.view.horizontalHeader().setSortIndicator(5, Qt.SortOrder.DescendingOrder)
    assert spin(lambda: dialog.filters.wanted.order == "urgency" and not dialog.table._is_asking)

    weights = [case.weight for row in range(dialog.table.rowCount()) if (case := dialog.table.case_at(row))]
    assert weights == sorted(weights, reverse=True)
    assert f"{len(weights)} of 62 rows" in dialog.filters.count.text()

    QTest.keyClicks(dialog.filters.search, "nobody has this name")
    assert spin(lambda: dialog.table.rowCount() == 0)


def test_enter_opens_the_case_of_the_row(dialog: BatchDialog, state: BatchState, out: Path, spin: Spin) -> None:
    wanted: list[str] = []
    dialog.case_wanted.connect(lambda case: wanted.append(case.case))
    state.open(out)
    assert spin(lambda: len(names(dialog)) == 62)

    QTest.keyClick(dialog.view, Qt.Key.Key_Down)
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)

    assert wanted == ["patient 000001"]


def test_what_is_shown_is_saved(
    dialog: BatchDialog, state: BatchState, out: Path, spin: Spin, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[Path] = []
    state.exported.connect(saved.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out / "list"), ""))
    state.open(out)
    assert spin(lambda: dialog.table.rowCount() == 62)
    dialog.filters.chips.chosen.emit("failed")
    assert spin(lambda: dialog.table.rowCount() < 62)

    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)

    assert spin(lambda: saved == [out / "list.csv"])
    rows = list(csv.DictReader(saved[0].open(encoding="utf-8", newline="")))
    assert [row["case"] for row in rows] == names(dialog)
    assert {row["outcome"] for row in rows} == {"failed"}


def test_every_control_is_reached_by_tab(dialog: BatchDialog, state: BatchState, out: Path, spin: Spin) -> None:
    state.open(out)
    assert spin(lambda: dialog.table.rowCount() == 62)
    dialog.fields.root_field.setFocus()

    reached = set()
    for _ in range(40):
        focused = dialog.focusWidget()
        reached.add(focused.accessibleName() or focused.toolTip())
        QTest.keyClick(focused, Qt.Key.Key_Tab)

    assert {"Folder of patients", "Go on", "Search the cases", "Cases of the batch", "Worklist"} <= reached

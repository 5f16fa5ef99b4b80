"""The worklist: its order, what was read and signed, whose it is, next and previous."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from medmm.core.listed_case import ListedCase
from medmm.workflow.batch_list import BatchList
from tests.workflow.made_batch import make_batch
from ui.dialogs.worklist import WorklistDialog
from ui.state.batch_state import BatchState
from ui.state.case_cells import place_words
from ui.state.worklist_state import WorklistState
from ui.tasks import Tasks

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], object]], bool]
N_CASES = 60


@pytest.fixture
def state(application: QApplication, tmp_path: Path, spin: Spin) -> Iterator[WorklistState]:
    tasks = Tasks()
    batch = BatchState(tasks, tasks)
    made = WorklistState(batch, tasks, tasks)
    made.follow()
    batch.open(make_batch(tmp_path / "results", N_CASES, seed=2))
    assert spin(lambda: made.n_cases == N_CASES)
    batch.root = tmp_path / "patients"
    yield made
    assert tasks.close(3.0)


@pytest.fixture
def dialog(state: WorklistState, spin: Spin) -> Iterator[WorklistDialog]:
    tasks = state.parent()
    assert isinstance(tasks, Tasks)
    made = WorklistDialog(state, tasks)
    made.set_reader("A. Reader")
    made.show()
    assert spin(lambda: made.table.case_at(0) is not None)
    yield made
    made.close()
    made.deleteLater()


def listed(dialog: WorklistDialog) -> list[ListedCase]:
    cases = [dialog.table.case_at(row) for row in range(dialog.table.rowCount())]
    return [case for case in cases if case is not None]


def stored(state: WorklistState, name: str) -> ListedCase:
    cases: BatchList | None = state._batch.cases
    assert cases is not None
    return cases.rows_of([name])[0]


def test_the_most_urgent_stand_first_and_what_has_no_result_last(dialog: WorklistDialog) -> None:
    decisions = [case.decision for case in listed(dialog)]

    places = [{"positive": 0, "uncertain": 1, "negative": 2, "": 3}[decision] for decision in decisions]
    assert places == sorted(places)
    assert len(set(places)) >= 3
    first, last = (dialog.table.data(dialog.table.index(row, 0)) for row in (0, N_CASES - 1))
    assert first.startswith("▲ ")
    assert last.startswith(("refused: the note", "failed: slice 3"))


def test_enter_opens_a_case_and_it_counts_as_read(dialog: WorklistDialog, state: WorklistState, spin: Spin) -> None:
    opened: list[Path] = []
    state.wanted.connect(opened.append)
    name = listed(dialog)[0].case

    QTest.keyClick(dialog.view, Qt.Key.Key_Return)

    assert opened == [state._batch.root / name]
    assert spin(lambda: stored(state, name).read_state == "read")
    assert spin(lambda: dialog.table.rowCount() == N_CASES - 1)
    assert name not in [case.case for case in listed(dialog)]


def test_next_and_previous_walk_the_list(dialog: WorklistDialog, state: WorklistState, spin: Spin) -> None:
    first, second, third = (case.case for case in listed(dialog)[:3])
    opened: list[str] = []
    state.wanted.connect(lambda path: opened.append(path.name))
    assert not state.step(1), "nobody walks before a case was opened"

    state.open(first)
    for key in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        QTest.keyClick(dialog.view, Qt.Key.Key_N, key)
    assert opened == [first, second, third, second]
    assert state.step(1)
    assert opened[-1] == third
    assert state.step(-1)
    assert state.step(-1)
    assert not state.step(-1), "before the first one there is none"


def test_a_signed_review_marks_the_case_and_the_next_entry_takes_it_back(
    dialog: WorklistDialog, state: WorklistState, tmp_path: Path, spin: Spin
) -> None:
    name = listed(dialog)[0].case

    state.note_signature(tmp_path / "patients" / name, is_signed=True)
    assert spin(lambda: stored(state, name).read_state == "signed")
    state.open(name)
    state.note_signature(tmp_path / "elsewhere" / name, is_signed=False)
    spin(lambda: False) if stored(state, name).read_state != "signed" else None
    assert stored(state, name).read_state == "signed"

    state.note_signature(tmp_path / "patients" / name, is_signed=False)
    assert spin(lambda: stored(state, name).read_state == "read")


def test_cases_are_assigned_and_mine_are_shown(
    dialog: WorklistDialog, state: WorklistState, spin: Spin, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [listed(dialog)[row].case for row in (0, 1)]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, text: (text, True))
    QTest.keyClick(dialog.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(dialog.assign, Qt.MouseButton.LeftButton)
    assert spin(lambda: all(stored(state, name).assigned_to == "A. Reader" for name in chosen))

    dialog.mine.setChecked(True)

    assert spin(lambda: [case.case for case in listed(dialog)] == chosen)


def test_what_was_read_can_be_seen_and_put_back(dialog: WorklistDialog, state: WorklistState, spin: Spin) -> None:
    name = listed(dialog)[0].case
    state.open(name)
    assert spin(lambda: dialog.table.rowCount() == N_CASES - 1)

    dialog.unread.setChecked(False)
    assert spin(lambda: len(listed(dialog)) == N_CASES and listed(dialog)[-1].case == name)
    state.mark_unread([name])

    assert spin(lambda: listed(dialog)[0].case == name and listed(dialog)[0].read_state == "unread")


def test_what_is_chosen_stays_chosen_in_another_order(dialog: WorklistDialog, state: WorklistState, spin: Spin) -> None:
    first, second = listed(dialog)[0].case, listed(dialog)[1].case
    dialog.view.choose([1])

    state.open(first)

    assert spin(lambda: dialog.table.rowCount() == N_CASES - 1 and listed(dialog)[0].case == second)
    assert [case.case for case in dialog.view.chosen] == [second]


def test_the_reason_of_an_overdue_case_begins_with_its_wait() -> None:
    case = ListedCase("a", "k", kind="done", decision="negative", finding="nodule", weight=0.1)
    failed = ListedCase("b", "k", kind="failed", message="slice 3 is cut off")

    assert place_words(case, "waits 4 h 10 min", is_overdue=True) == "waits 4 h 10 min; ● nothing found"
    assert place_words(case, "waits 10 min", is_overdue=False) == "● nothing found"
    assert place_words(failed, "waits 5 h 0 min", is_overdue=True) == "waits 5 h 0 min; failed: slice 3 is cut off"


def test_without_a_batch_the_list_says_what_to_do(application: QApplication, spin: Spin) -> None:
    tasks = Tasks()
    batch = BatchState(tasks, tasks)
    made = WorklistDialog(WorklistState(batch, tasks, tasks), tasks)

    assert made.sentence.text() == "No batch is open."
    assert not made.open.isEnabled()
    assert tasks.close(2.0)
    made.deleteLater()


def test_a_running_batch_puts_cases_in_order_now_and_then(state: WorklistState, spin: Spin) -> None:
    ordered: list[bool] = []
    state.ordered.connect(lambda: ordered.append(True))
    state._later.setInterval(50)
    state._batch.is_running = True

    for _ in range(5):
        state._batch.rows_changed.emit()
    assert not ordered

    assert spin(lambda: ordered)
    assert len(ordered) == 1

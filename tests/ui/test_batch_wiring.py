"""The batch and the worklist in the whole window: cases are opened and scored, N walks, a signature is noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox

from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow.batch_folders import STORE
from medmm.workflow.batch_places import note_root
from tests.ui.test_main_window import Desk, desk
from ui import batch_wiring
from ui.dialogs.drift import DriftDialog

__all__ = ["desk"]
pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], object]], bool]
NAMES = ("a", "b", "c", "d")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Results of four patients, a the most urgent one, with their folders."""
    root, folder = tmp_path / "patients", tmp_path / "results"
    folder.mkdir()
    store = ResultStore(folder / STORE)
    store.open({"model": "m"})
    for place, name in enumerate(NAMES):
        (root / name).mkdir(parents=True)
        (root / name / "note.txt").write_text(f"Patient ID: {name}\n\nHistory: cough.\n", encoding="utf-8")
        chance = 0.9 - 0.1 * place
        store.record(CaseRow(name, name, outcome="done"), [FindingRow(name, "x", chance, chance, 0.5, 1, "positive")])
    store.close()
    note_root(root, folder)
    return folder


def walk(desk: Desk, out: Path, spin: Spin) -> None:
    """Open the first case of the worklist of a batch."""
    desk.window.actions_table["worklist"].trigger()
    desk.session.batch.open(out)
    assert spin(lambda: desk.session.worklist.n_cases == len(NAMES))
    desk.session.worklist.open("a")
    assert spin(lambda: shown(desk) == "a")


def shown(desk: Desk) -> str:
    patient = desk.session.cases.current
    return patient.folder.name if patient is not None and patient.case is not None else ""


def test_a_case_of_the_worklist_is_opened_and_scored(desk: Desk, out: Path, spin: Spin) -> None:
    walk(desk, out, spin)

    assert spin(lambda: desk.process.scores)


def test_n_goes_to_the_next_case_of_the_worklist_and_back(desk: Desk, out: Path, spin: Spin) -> None:
    walk(desk, out, spin)
    actions = desk.window.actions_table

    assert actions["next_patient"].isEnabled()
    for name, expected in (("next_patient", "b"), ("next_patient", "c"), ("previous_patient", "b")):
        actions[name].trigger()
        assert spin(lambda expected=expected: shown(desk) == expected)


def test_who_walks_on_closes_what_lies_far_behind(
    desk: Desk, out: Path, spin: Spin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_wiring, "MOST_OPEN", 2)
    walk(desk, out, spin)

    for expected in ("b", "c"):
        desk.window.actions_table["next_patient"].trigger()
        assert spin(lambda expected=expected: shown(desk) == expected)

    assert [patient.folder.name for patient in desk.session.cases.worklist.patients] == ["b", "c"]


def test_the_batch_screen_opens_what_is_chosen(desk: Desk, out: Path, spin: Spin) -> None:
    desk.window.actions_table["score_folder"].trigger()
    dialog = desk.wiring._batch.show_batch()
    desk.session.batch.open(out)
    assert spin(lambda: dialog.view.chosen)

    dialog.open.click()

    assert spin(lambda: shown(desk) == "a")
    assert dialog.fields.root == out.parent / "patients"


def test_settings_reach_the_next_run_and_the_worklist(desk: Desk) -> None:
    desk.session.settings.change(model="other", device="cpu", longest_wait_h=7)

    assert (desk.session.batch.model, desk.session.batch.device) == ("other", "cpu")
    assert desk.session.worklist.longest_wait_h == 7


def test_the_batch_is_compared_with_an_earlier_one(
    desk: Desk, out: Path, spin: Spin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    dialog = desk.wiring._batch.show_batch()
    desk.session.batch.open(out)
    assert spin(lambda: dialog.compare.isEnabled())

    dialog.compare.click()
    found = desk.window.findChild(DriftDialog)

    assert spin(lambda: "4 cases in both. 0 changed" in found.sentence.text())
    assert not found.save.isEnabled()


def test_quitting_asks_while_a_batch_runs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    desk.session.batch.is_running = True

    desk.window.actions_table["quit"].trigger()
    assert desk.window.isVisible()
    desk.window.actions_table["quit"].trigger()

    assert not desk.window.isVisible()
    assert not answers


def test_a_close_that_nobody_asked_for_by_hand_is_not_held_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: pytest.fail("nobody is there to answer"))
    desk.session.batch.is_running = True

    desk.window.close()

    assert not desk.window.isVisible()


def test_the_cross_of_the_window_asks_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pressed(QCloseEvent):
        """A close that comes from the window system."""

        def spontaneous(self) -> bool:
            return True

    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
    desk.session.batch.is_running = True
    event = Pressed()

    assert desk.wiring._batch.eventFilter(desk.window, event)
    assert not event.isAccepted()
    desk.session.batch.is_running = False
    assert not desk.wiring._batch.eventFilter(desk.window, QEvent(QEvent.Type.Close))

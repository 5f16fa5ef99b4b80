"""The batch and the worklist in the whole window: cases are opened and scored, N walks, a signature is noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

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

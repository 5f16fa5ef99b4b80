"""The training screen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medmm.core.errors import ModelError
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.workflow import training_run
from medmm.workflow.training_log import EpochPoint, FindingResult, TrainingProgress
from ui import theme
from ui.dialogs.training import TrainingDialog
from ui.state.training_state import TrainingState
from ui.tasks import Tasks

pytestmark = pytest.mark.gui
HALF = TrainingProgress(name="m", n_epochs=2, points=(EpochPoint(0, 0.5, 0.8),), loss=0.5, left_s=30.0)
WHOLE = TrainingProgress(
    name="m",
    n_epochs=2,
    points=(EpochPoint(0, 0.5, 0.8), EpochPoint(0, 0.4, None)),
    bundle="out/m",
    figures=(FindingResult("simulated", "pulmonary_edema", 10, 2, 0.75, 0.6, None),),
)


@pytest.fixture
def dialog(application: QApplication) -> Iterator[TrainingDialog]:
    tasks = Tasks()
    made = TrainingDialog(TrainingState(tasks))
    made.show()
    made.folder.setText("out")
    yield made
    assert tasks.close(2.0)
    made.close()
    made.deleteLater()
    application.processEvents()


def until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 3
    while not claim() and time.monotonic() < deadline:
        QTest.qWait(10)
    assert claim()


def test_curves_time_left_and_figures_follow_the_run(dialog: TrainingDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def run(
        config: Path, out: Path, *, tell: Callable[[TrainingProgress], None], cancel: CancelToken
    ) -> TrainingProgress:
        tell(HALF)
        assert go_on.wait(3)
        return WHOLE

    monkeypatch.setattr(training_run, "train_in_child", run)
    QTest.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    until(lambda: "Epoch 2 of 2, loss 0.500, about 30 s left" in dialog.sentence.text())
    assert dialog.bar.value() == 500
    assert not dialog.begin.isEnabled()
    assert dialog.table.isHidden()

    go_on.set()

    until(lambda: dialog.begin.isEnabled())
    assert "out/m" in dialog.sentence.text()
    row = [dialog.table.item(0, column).text() for column in range(6)]
    assert row == ["simulated", "Pulmonary edema", "10", "2", "0.750", "–"]


def test_stop_reaches_the_run_and_says_that_it_can_go_on(
    dialog: TrainingDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()

    def run(
        config: Path, out: Path, *, tell: Callable[[TrainingProgress], None], cancel: CancelToken
    ) -> TrainingProgress:
        while not cancel.is_set:
            time.sleep(0.01)
        stopped.set()
        cancel.raise_if_set()
        return HALF

    monkeypatch.setattr(training_run, "train_in_child", run)
    QTest.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    until(dialog.stop.isEnabled)
    QTest.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)

    assert stopped.wait(3)
    until(dialog.begin.isEnabled)
    assert "goes on" in dialog.sentence.text()


def test_a_failed_run_says_why(dialog: TrainingDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(
        config: Path, out: Path, *, tell: Callable[[TrainingProgress], None], cancel: CancelToken
    ) -> TrainingProgress:
        raise ModelError(Words("the training stopped: {reason}", reason="no patients"))

    monkeypatch.setattr(training_run, "train_in_child", run)
    QTest.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)

    until(lambda: "no patients" in dialog.sentence.text())


def test_without_a_folder_nothing_starts(dialog: TrainingDialog) -> None:
    dialog.folder.clear()

    assert not dialog.begin.isEnabled()


def test_return_in_a_field_starts_and_never_closes(dialog: TrainingDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, Path]] = []
    go_on = threading.Event()

    def run(
        config: Path, out: Path, *, tell: Callable[[TrainingProgress], None], cancel: CancelToken
    ) -> TrainingProgress:
        asked.append((config, out))
        assert go_on.wait(3)
        return WHOLE

    monkeypatch.setattr(training_run, "train_in_child", run)
    dialog.folder.setText("")
    QTest.keyClick(dialog.folder, Qt.Key.Key_Return)
    assert not asked
    QTest.keyClicks(dialog.folder, "out")

    QTest.keyClick(dialog.folder, Qt.Key.Key_Return)
    until(lambda: len(asked) == 1)
    QTest.keyClick(dialog.folder, Qt.Key.Key_Return)
    go_on.set()
    until(lambda: dialog.begin.isEnabled())

    assert dialog.isVisible()
    assert [out for _, out in asked] == [Path("out")]


def test_tab_walks_as_the_screen_is_read(dialog: TrainingDialog) -> None:
    dialog.config.setFocus()

    names = []
    for _ in range(5):
        names.append(dialog.focusWidget().accessibleName())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)

    field, folder = "Training configuration", "Output folder"
    assert names == [field, f"Choose... {field}", folder, f"Choose... {folder}", "Start"]


def test_a_failure_is_in_the_colour_of_failures(dialog: TrainingDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(config: Path, out: Path, **_: object) -> TrainingProgress:
        raise ModelError(Words("the training stopped: no patients"))

    monkeypatch.setattr(training_run, "train_in_child", run)
    QTest.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    until(lambda: "no patients" in dialog.sentence.text())

    assert theme.hex_of(theme.STOP) in dialog.sentence.styleSheet()

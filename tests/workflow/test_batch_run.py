"""A batch in a child: it is watched through its store, stopped, gone on with."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from medmm.core.errors import Cancelled, ModelError, StorageError
from medmm.core.listed_case import OutcomeCounts
from medmm.core.progress import CancelToken
from medmm.workflow import batch_run
from medmm.workflow.batch_places import ABOUT, root_of
from medmm.workflow.batch_run import BatchOrder, BatchProgress, run_batch

ROOT = Path(__file__).resolve().parents[2]
# Stands in for the command: scores a case every tenth of a second, and ends in peace when it is asked to.
CHILD = """
import signal, sys, time
from pathlib import Path
from medmm.storage.results import CaseRow, ResultStore
out, n = Path(sys.argv[1]), int(sys.argv[2])
asked = []
signal.signal(signal.SIGINT, lambda *_: asked.append(1))
store = ResultStore(out / "results.sqlite")
store.open({"model": "m"})
store.add_pending(CaseRow(f"{i}", f"k{i}") for i in range(n))
for row in store.waiting():
    time.sleep(0.1)
    store.record(CaseRow(row.case, row.key, outcome="done"))
    if asked:
        print("stopped"); sys.exit(130)
if n == 13:
    print("first"); print("no bundle of that name"); print("Look again."); sys.exit(1)
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Let a script stand in for `medmm batch`; gives the words it was started with."""
    words: list[Sequence[str]] = []

    def start(asked: Sequence[str], said: int) -> subprocess.Popen[bytes]:
        words.append(asked)
        command = [sys.executable, "-c", CHILD, asked[3], Path(asked[1]).name]
        return subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, start_new_session=True)

    monkeypatch.setattr(batch_run, "start_command", start)
    return words


def ignore(_progress: BatchProgress) -> None:
    """Watch nothing."""


def stop_after(cancel: CancelToken, n_done: int) -> Callable[[BatchProgress], None]:
    """Cancel once so many cases are done."""
    return lambda progress: cancel.set() if progress.counts.of("done") >= n_done else None


def test_the_run_is_told_while_it_goes_on_and_at_its_end(started: list[Sequence[str]], tmp_path: Path) -> None:
    seen: list[BatchProgress] = []

    last = run_batch(
        BatchOrder(Path("/x/40"), tmp_path, model="m", device="cpu"), tell=seen.append, cancel=CancelToken()
    )

    assert last.counts.of("done") == last.counts.n_cases == 40
    assert last.done == 1.0
    # Counted at most once a second, each time further, with a rate from the second time on.
    done = [progress.counts.of("done") for progress in seen]
    assert done == sorted(done)
    assert seen[-1].per_s is not None
    assert 1 < seen[-1].per_s <= 10.5
    assert started == [("batch", "/x/40", "--out", str(tmp_path), "--resume", "--model", "m", "--device", "cpu")]


def test_a_run_that_is_stopped_keeps_what_it_did_and_goes_on(started: list[Sequence[str]], tmp_path: Path) -> None:
    cancel = CancelToken()
    order = BatchOrder(Path("/x/30"), tmp_path)

    with pytest.raises(Cancelled):
        run_batch(order, tell=stop_after(cancel, 1), cancel=cancel)
    # Asked, and not killed: the child said so.
    assert (tmp_path / batch_run.SAID).read_text(encoding="utf-8").strip() == "stopped"

    assert run_batch(order, tell=ignore, cancel=CancelToken()).counts.of("done") == 30


def test_a_run_that_fails_says_what_it_said_last(started: list[Sequence[str]], tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no bundle of that name Look again"):
        run_batch(BatchOrder(Path("/x/13"), tmp_path), tell=ignore, cancel=CancelToken())


def test_a_folder_of_results_belongs_to_one_folder_of_patients(started: list[Sequence[str]], tmp_path: Path) -> None:
    run_batch(BatchOrder(Path("/x/1"), tmp_path), tell=ignore, cancel=CancelToken())

    with pytest.raises(StorageError, match="holds the batch of another folder"):
        run_batch(BatchOrder(Path("/x/2"), tmp_path), tell=ignore, cancel=CancelToken())
    assert root_of(tmp_path) == Path("/x/1")


@pytest.mark.parametrize("content", [None, "{", '{"schema": "other/1", "root": "/x"}', '["x"]'])
def test_where_nothing_sound_is_kept_the_root_is_unknown(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / ABOUT).write_text(content, encoding="utf-8")

    assert root_of(tmp_path) is None


def test_time_left_follows_the_rate() -> None:
    progress = BatchProgress(OutcomeCounts({"done": 30, "failed": 10, "pending": 60}), per_s=2.0)

    assert (progress.left_s, progress.done) == (30.0, 0.4)
    assert BatchProgress().left_s is None

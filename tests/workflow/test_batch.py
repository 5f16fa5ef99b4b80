"""A batch attempts every case, keeps every outcome, and goes on where it stopped."""

from __future__ import annotations

import csv
import json
import multiprocessing
import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from medmm.core.case import Case
from medmm.core.errors import Cancelled, StorageError
from medmm.core.prediction import CaseResult, FindingScore, InputUse, ModelIdentity
from medmm.core.progress import CancelToken
from medmm.core.quality import InputKind
from medmm.core.resources import resource
from medmm.imaging.isolation import ChildNotStarted, DecoderProcess
from medmm.storage.lock import hold_folder
from medmm.workflow.batch import BatchJob, score_batch
from medmm.workflow.ready_case import Defect, ReadyCase


class UsesAll:
    """Stands for a bundle's preparation: every input of a case is used; "crash", "hang" and "once" do what they say."""

    def prepare(self, case: Case) -> Any:
        if "crash" in case.folder.name:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "once" in case.folder.name and not (mark := case.folder.parent / "killed.txt").exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "hang" in case.folder.name:
            time.sleep(60)
        return SimpleNamespace(uses={InputKind.NOTE: InputUse(True)})

    def trace(self, case: Case, gated: Any) -> Any:
        return None


class CountingEngine:
    """Stands for the model: answers by the note's length, counts, and can cancel after n cases."""

    def __init__(
        self, *, model: str = "m1", cancel_after: int = 0, token: CancelToken | None = None, n_lanes: int = 1
    ) -> None:
        self.n_lanes = n_lanes
        self.identity = ModelIdentity("test", "1", model)
        self.scored: list[str] = []
        self._cancel_after, self._token = cancel_after, token

    def warm_up(self) -> ModelIdentity:
        return self.identity

    load_prepare = UsesAll

    def score_ready(self, cases: Sequence[ReadyCase], *, explain: bool, cancel: CancelToken) -> list[Any]:
        return [self._score(ready.case) for ready in cases]

    def _score(self, case: Case) -> CaseResult | Defect:
        if "boom" in case.folder.name:
            return Defect("ZeroDivisionError", "file.py:1")
        self.scored.append(case.folder.name)
        if self._token is not None and len(self.scored) == self._cancel_after:
            self._token.set()
        score = FindingScore("nodule", 0.0, 0.5, None, 0.5, "positive")
        return CaseResult(case.patient.patient_id, "", "", self.identity, (score,), {})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Four patients that can be scored, one broken, one of mixed identity, one that shows a defect."""
    folder = tmp_path / "root"
    notes = {
        "a": "MRN: 1\ncough",
        "b": "MRN: 2\ncough",
        "c": "MRN: 3\ncough",
        "=d": "MRN: 4\ncough",
        "boom": "MRN: 5\nx",
    }
    for name, text in notes.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "note.txt").write_text(text, encoding="utf-8")
    (folder / "broken").mkdir()
    (folder / "broken" / "note.txt").write_bytes(b"\xff\xfe\x00")
    shutil.copytree(resource("samples", "chest_pneumonia"), folder / "mixed")
    (folder / "mixed" / "note.txt").write_text("MRN: SOMEBODYELSE\ncough", encoding="utf-8")
    (folder / "truth.csv").write_text("not a patient", encoding="utf-8")
    return folder


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "results.csv").open(encoding="utf-8", newline="") as stream:
        return {row["case"]: row for row in csv.DictReader(stream)}


def test_every_case_has_an_outcome_and_a_broken_one_stops_nothing(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    summary = score_batch(BatchJob(root, out), CountingEngine())

    assert summary.outcomes == {"done": 4, "failed": 2, "refused": 1, "cancelled": 0, "pending": 0}
    found = rows(out)
    assert found["broken"]["outcome"] == "failed"
    assert found["broken"]["reason"] == "unreadable_file"
    assert found["mixed"]["outcome"] == "refused"
    assert found["boom"]["reason"] == "defect"
    assert found["'=d"]["finding"] == "nodule"
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["n_cases"] == 7


def test_result_files_carry_a_hash_and_never_the_folder_name(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    score_batch(BatchJob(root, out), CountingEngine())

    keys = [path.name for path in (out / "cases").iterdir()]
    assert len(keys) == 4
    assert all(len(key) == 16 and set(key) <= set("0123456789abcdef") for key in keys)


def test_an_interrupted_batch_goes_on_with_exactly_the_rest(root: Path, tmp_path: Path) -> None:
    out, token = tmp_path / "out", CancelToken()
    first = CountingEngine(cancel_after=2, token=token)
    with pytest.raises(Cancelled):
        score_batch(BatchJob(root, out), first, cancel=token)
    second = CountingEngine()

    summary = score_batch(BatchJob(root, out, resume=True), second)

    assert sorted([*first.scored, *second.scored]) == ["=d", "a", "b", "c"]
    assert summary.outcomes["pending"] == 0


def test_a_used_folder_needs_resume(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    score_batch(BatchJob(root, out, limit=1), CountingEngine())

    with pytest.raises(StorageError, match="already holds a batch"):
        score_batch(BatchJob(root, out), CountingEngine())


def test_resuming_with_another_model_is_refused(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    score_batch(BatchJob(root, out, limit=1), CountingEngine())

    with pytest.raises(StorageError, match="written with model m1, this run has m2"):
        score_batch(BatchJob(root, out, resume=True), CountingEngine(model="m2"))


def test_a_root_without_patients_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(StorageError, match="holds no patient folder"):
        score_batch(BatchJob(tmp_path / "empty", tmp_path / "out"), CountingEngine())


def test_results_among_the_patients_are_refused(root: Path) -> None:
    for out in (root, root / "a", root / "a" / "out"):
        with pytest.raises(StorageError, match="lies among the patients' own files"):
            score_batch(BatchJob(root, out), CountingEngine())

    assert not list(root.rglob("results.*"))


def test_results_below_the_root_are_no_patient_when_the_batch_goes_on(root: Path) -> None:
    score_batch(BatchJob(root, root / "out", limit=2), CountingEngine())

    summary = score_batch(BatchJob(root, root / "out", resume=True), CountingEngine())

    assert summary.n_cases == 7


def test_two_batches_do_not_write_one_folder(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    with hold_folder(out), pytest.raises(StorageError, match="another process is writing to 'out'"):
        score_batch(BatchJob(root, out), CountingEngine())


def test_what_a_killed_batch_left_half_written_is_swept(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    score_batch(BatchJob(root, out), CountingEngine())
    key = sorted((out / "cases").iterdir())[0]
    shutil.rmtree(out)
    key.mkdir(parents=True)
    (key / ".writing-abc").write_text("half")
    (out / ".writing-def").write_text("half")

    score_batch(BatchJob(root, out), CountingEngine())

    assert not list(out.rglob(".writing-*"))
    assert sorted(path.name for path in out.iterdir()) == [
        "cases",
        "results.csv",
        "results.parquet",
        "results.sqlite",
        "summary.json",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no UTF-8")
def test_a_folder_whose_name_is_no_utf8_is_a_case_like_others(root: Path, tmp_path: Path) -> None:
    odd = os.fsencode(root) + b"/caf\xe9"
    os.mkdir(odd)
    with open(odd + b"/n\xf6te.txt", "w", encoding="utf-8") as stream:
        stream.write("MRN: 9\ncough")
    bad = os.fsencode(root) + b"/caf\xea"
    os.mkdir(bad)
    with open(bad + b"/n\xf6te.txt", "wb") as stream:
        stream.write(b"\xff\xfe\x00")

    summary = score_batch(BatchJob(root, tmp_path / "out"), CountingEngine())
    score_batch(BatchJob(root, tmp_path / "out", resume=True), CountingEngine())

    assert summary.outcomes["done"] == 5
    assert rows(tmp_path / "out")[r"caf\udce9"]["outcome"] == "done"
    assert rows(tmp_path / "out")[r"caf\udcea"]["reason"] == "unreadable_file"


@pytest.mark.slow
@pytest.mark.parametrize("n_lanes", [1, 3])
def test_readers_and_lanes_give_the_rows_of_a_run_without_them(root: Path, tmp_path: Path, n_lanes: int) -> None:
    score_batch(BatchJob(root, tmp_path / "alone"), CountingEngine())

    score_batch(BatchJob(root, tmp_path / "ahead", n_readers=2), CountingEngine(n_lanes=n_lanes))

    assert (tmp_path / "ahead" / "results.csv").read_bytes() == (tmp_path / "alone" / "results.csv").read_bytes()


@pytest.mark.slow
def test_a_reader_that_crashes_costs_its_case_alone(root: Path, tmp_path: Path) -> None:
    (root / "a").rename(root / "crash")

    summary = score_batch(BatchJob(root, tmp_path / "out", n_readers=1), CountingEngine())

    found = rows(tmp_path / "out")
    assert summary.outcomes == {"done": 3, "failed": 3, "refused": 1, "cancelled": 0, "pending": 0}
    assert (found["crash"]["outcome"], found["crash"]["reason"]) == ("failed", "unreadable_file")


@pytest.mark.slow
def test_a_case_whose_reader_was_killed_once_is_read_again(root: Path, tmp_path: Path) -> None:
    (root / "a").rename(root / "once")

    summary = score_batch(BatchJob(root, tmp_path / "out", n_readers=2), CountingEngine())

    assert (root / "killed.txt").exists()
    assert summary.outcomes == {"done": 4, "failed": 2, "refused": 1, "cancelled": 0, "pending": 0}


def test_readers_that_cannot_be_started_fail_no_case(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(process: DecoderProcess) -> None:
        ours, theirs = multiprocessing.Pipe()
        process._connection = ours
        theirs.close()

    monkeypatch.setattr(DecoderProcess, "launch", dies)
    with pytest.raises(ChildNotStarted, match="own process did not start"):
        score_batch(BatchJob(root, tmp_path / "out", n_readers=2), CountingEngine())

    assert {row["outcome"] for row in rows(tmp_path / "out").values()} == {"pending"}


@pytest.mark.slow
def test_a_reader_that_hangs_costs_its_case_alone(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "a").rename(root / "hang")
    monkeypatch.setattr("medmm.workflow.read_ahead.CASE_LIMIT_S", 15.0)

    score_batch(BatchJob(root, tmp_path / "out", n_readers=1), CountingEngine())

    found = rows(tmp_path / "out")
    assert (found["hang"]["outcome"], found["hang"]["reason"]) == ("failed", "unreadable_file")
    assert found["b"]["outcome"] == "done"


@pytest.mark.slow
def test_an_interrupted_batch_with_readers_goes_on_with_exactly_the_rest(root: Path, tmp_path: Path) -> None:
    out, token = tmp_path / "out", CancelToken()
    first = CountingEngine(cancel_after=1, token=token)
    with pytest.raises(Cancelled):
        score_batch(BatchJob(root, out, n_readers=1), first, cancel=token)
    second = CountingEngine()

    summary = score_batch(BatchJob(root, out, resume=True, n_readers=1), second)

    assert sorted([*first.scored, *second.scored]) == ["=d", "a", "b", "c"]
    assert summary.outcomes["pending"] == 0


def test_a_lost_root_fails_no_case(root: Path, tmp_path: Path) -> None:
    out, engine = tmp_path / "out", CountingEngine()
    answer = engine.score_ready

    def lose(*cases: Any, **how: Any) -> list[Any]:
        if root.is_dir():
            root.rename(tmp_path / "elsewhere")
        return answer(*cases, **how)

    engine.score_ready = lose  # type: ignore[method-assign]
    with pytest.raises(StorageError, match="'root' is lost"):
        score_batch(BatchJob(root, out), engine)
    (tmp_path / "elsewhere").rename(root)

    summary = score_batch(BatchJob(root, out, resume=True), CountingEngine())

    assert summary.outcomes == {"done": 4, "failed": 2, "refused": 1, "cancelled": 0, "pending": 0}

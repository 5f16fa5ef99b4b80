"""Runs a batch with a stand-in engine again and again and kills it at a chosen moment; one process, forked per run.

A moment is a step after which the disk may look different: a temporary file made, synced, renamed; a statement of the
store before and after it ran, a commit before and after, and every few instructions within SQLite.

    python kill_batch.py ROOT WORK N_POINTS SEED [ERROR]     prints one JSON document

With ERROR (ENOSPC, EIO) the moments are those at which a file of the batch is opened, synced, renamed or a folder made,
and there the system refuses with it instead; what the batch says then must be a StorageError.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from medmm.core.case import Case
from medmm.core.errors import MedMMError, StorageError
from medmm.core.prediction import CaseResult, FindingScore, InputUse, ModelIdentity
from medmm.core.progress import CancelToken
from medmm.core.quality import InputKind
from medmm.workflow.batch import BatchJob, score_batch
from medmm.workflow.ready_case import Defect, ReadyCase

SQLITE_STEPS = 40
# Of a run that was killed or that refused to go on.
STOPPED = 0


class UsesAll:
    """Stands for a bundle's preparation: every input of a case is used."""

    def prepare(self, case: Case) -> Any:
        return SimpleNamespace(uses={InputKind.NOTE: InputUse(True)})

    def trace(self, case: Case, gated: Any) -> Any:
        return None


class NotingEngine:
    """Answers from the note's length and writes down which case it scored, before it answers."""

    def __init__(self, diary: Path) -> None:
        self._diary = diary

    def warm_up(self) -> ModelIdentity:
        return ModelIdentity("test", "1", "m1")

    load_prepare = UsesAll
    n_lanes = 1

    def score_ready(
        self, cases: Sequence[ReadyCase], *, explain: bool, cancel: CancelToken
    ) -> list[CaseResult | MedMMError | Defect]:
        return [self._score(ready.case) for ready in cases]

    def _score(self, case: Case) -> CaseResult:
        with self._diary.open("a", encoding="utf-8") as stream:
            stream.write(f"{case.folder.name}\n")
        score = len(case.notes[0].text) / 1000
        findings = tuple(FindingScore(name, 0.0, score, None, 0.5, "negative") for name in ("nodule", "pneumonia"))
        return CaseResult(case.patient.patient_id, "", "", self.warm_up(), findings, {})


class Moments:
    """Counts the moments of a run; at the wanted one it ends the process, as kill -9 would, or the system refuses."""

    def __init__(self, wanted: int, error: str) -> None:
        self.n = 0
        self._wanted = wanted
        self._error = getattr(errno, error, 0)

    def __call__(self, *_: object) -> None:
        self.n += 1
        if self.n == self._wanted and self._error:
            raise OSError(self._error, os.strerror(self._error))
        if self.n == self._wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(self, work: Callable[..., Any], out: Path) -> Callable[..., Any]:
        """Refuse before the work, where it is done to a handle or below a folder."""

        def refused(what: Any, *args: Any, **options: Any) -> Any:
            if isinstance(what, int) or Path(what).is_relative_to(out):
                self()
            return work(what, *args, **options)

        return refused

    def around(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **options: Any) -> Any:
            self()
            outcome = work(*args, **options)
            self()
            return outcome

        return watched


FILE_WORK: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "replace"),
    (Path, "open"),
    (Path, "mkdir"),
    (Path, "unlink"),
)


def refuse(moments: Moments, out: Path) -> None:
    """Have the system refuse: it is a fork and ends after one run."""
    for owner, name in FILE_WORK:
        setattr(owner, name, moments.before(getattr(owner, name), out))


def watch(moments: Moments) -> None:
    """Put the moments into this process: it is a fork and ends after one run."""
    for owner, name in FILE_WORK:
        setattr(owner, name, moments.around(getattr(owner, name)))
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, moments)
    event.listen(Engine, "connect", lambda connection, _record: connect(connection, moments))


def connect(connection: sqlite3.Connection, moments: Moments) -> None:
    connection.set_progress_handler(lambda: moments(), SQLITE_STEPS)


def run_once(root: Path, out: Path, diary: Path, wanted: int, error: str = "") -> int:
    """Run the batch in a fork; gives the moments of a whole run, or STOPPED when it was killed or refused to go on."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        moments = Moments(wanted, error)
        try:
            refuse(moments, out) if error else watch(moments)
            score_batch(BatchJob(root, out, resume=True), NotingEngine(diary))
            os.write(writer, str(moments.n).encode())
            os._exit(0)
        except StorageError:
            os.write(writer, str(STOPPED).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    counted = os.read(reader, 100)
    os.close(reader)
    if os.WIFSIGNALED(status):
        return STOPPED
    if not counted:
        raise RuntimeError(f"the batch failed at moment {wanted}, status {status}")
    return int(counted)


def contents(out: Path) -> dict[str, str]:
    """Hash what a batch leaves, but for its clock times and the store's pages."""
    files = sorted(path for path in out.rglob("*") if path.is_file())
    hashed = {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    hashed["summary.json"] = json.dumps([summary["outcomes"], summary["reasons"]])
    hashed["results.sqlite"] = str(stored_rows(out / "results.sqlite"))
    return hashed


def stored_rows(path: Path) -> list[object]:
    connection = sqlite3.connect(path)
    cases = connection.execute('SELECT "case", key, outcome, reason, message FROM cases ORDER BY 1').fetchall()
    findings = connection.execute('SELECT "case", finding, score FROM findings ORDER BY 1, 2').fetchall()
    (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return [cases, findings, sound]


def try_point(
    root: Path, work: Path, moments: list[int], wanted: dict[str, str], error: str
) -> dict[str, object] | None:
    """Stop the run at the first moment, its resumption at the next, and so on; say what differs at the end."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    diary = work / "diary.txt"
    n_stopped = sum(run_once(root, work / "out", diary, moment, error) == STOPPED for moment in moments)
    run_once(root, work / "out", diary, 0)
    scored = Counter(diary.read_text(encoding="utf-8").split())
    found = contents(work / "out")
    differing = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    twice = {name: n - 1 for name, n in scored.items() if n > 1}
    if differing or sum(twice.values()) > n_stopped:
        return {"moments": moments, "stopped": n_stopped, "differing": differing, "again": twice}
    # A lock file that stays does no harm: not every refusal stops a batch. A kill does.
    return None if error or n_stopped == len(moments) else {"moments": moments, "stopped": n_stopped}


def main(root: Path, work: Path, n_points: int, seed: int, error: str = "") -> None:
    for name in ("medmm.workflow.export", "medmm.workflow.open_case", "pyarrow.parquet"):
        import_module(name)  # once, before the forks
    work.mkdir(parents=True)
    n_moments = run_once(root, work / "whole", work / "whole.txt", 0, error)
    wanted = contents(work / "whole")
    rng = random.Random(seed)
    points = [[moment] for moment in sorted(rng.sample(range(1, n_moments + 1), min(n_points, n_moments)))]
    # Every fifth point is stopped again soon after it was resumed.
    points = [[*point, rng.randint(1, 15)] if place % 5 == 0 else point for place, point in enumerate(points)]
    trouble = [told for point in points if (told := try_point(root, work / "one", point, wanted, error))]
    told = {"moments": n_moments, "points": len(points), "files": sorted(wanted), "trouble": trouble}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:])

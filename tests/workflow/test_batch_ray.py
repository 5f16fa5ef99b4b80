"""A batch on a real Ray that loses its driver, a worker and a machine ends like an unbroken one without Ray."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from medmm.workflow.batch import BatchJob, score_batch
from tests.workflow.ray_engine import NotingEngine, NotingRecipe

pytest.importorskip("ray.data")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="whole clusters of Ray run on Linux"),
]
HERE = Path(__file__)
LIMIT_S = 220
N_PATIENTS = 22
ONCE = "z once"  # kills its first worker; behind all others in the order of names


def make_root(folder: Path) -> Path:
    for number in range(N_PATIENTS):
        (folder / f"p{number:02}").mkdir(parents=True)
        text = f"MRN: {number}\ncough" + " and fever" * number
        (folder / f"p{number:02}" / "note.txt").write_text(text, encoding="utf-8")
    (folder / ONCE).mkdir()
    (folder / ONCE / "note.txt").write_text("MRN: 99\ncough", encoding="utf-8")
    (folder / "broken").mkdir()
    (folder / "broken" / "note.txt").write_bytes(b"\xff\xfe\x00")
    return folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of Ray's own: the path of a socket is short, pytest's folders are not."""
    with tempfile.TemporaryDirectory(prefix="medmm-ray-", ignore_cleanup_errors=True) as place:
        yield Path(place)


@pytest.fixture
def environment(medmm_home: Path, folder: Path) -> dict[str, str]:
    told = {"PYTHONPATH": str(HERE.parents[2]), "RAY_worker_niceness": "0", "RAY_USAGE_STATS_ENABLED": "0"}
    told["TMPDIR"] = str(folder)
    return {**os.environ, **told, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}


@contextmanager
def running(script: str, *words: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(HERE.with_name(script)), *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None and process.stdin is not None:
                process.stdin.close()  # a cluster ends by it, a driver is killed
                if script == "ray_driver.py":
                    process.kill()
            process.wait(30)


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not is_so():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.05)


def results(out: Path) -> dict[str, bytes]:
    return {path.parent.name: path.read_bytes() for path in out.glob("cases/*/result.json")}


def scored(marks: Path) -> dict[str, int]:
    return {mark.name: len(mark.read_text(encoding="utf-8").split()) for mark in marks.iterdir()}


def processes_of(word: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if word in line and str(os.getpid()) != path.parent.name:
            found.append(line)
    return found


def unbroken(root: Path, tmp_path: Path) -> Path:
    marks = tmp_path / "marks alone"
    marks.mkdir()
    (marks / ONCE).touch()
    score_batch(BatchJob(root, tmp_path / "alone"), NotingEngine(NotingRecipe(marks)))
    return tmp_path / "alone"


@pytest.mark.timeout(LIMIT_S + 60)
def test_a_batch_that_loses_driver_worker_and_machine_ends_like_an_unbroken_one(
    tmp_path: Path, folder: Path, environment: dict[str, str]
) -> None:
    root, out, marks = make_root(tmp_path / "root"), tmp_path / "out", tmp_path / "marks"
    marks.mkdir()
    given = (str(root), str(out), str(marks), "group=2", "seconds=0.2")

    with running("ray_cluster.py", str(folder), environment=environment) as cluster:
        with running("ray_driver.py", *given, environment=environment) as first:
            wait_until(lambda: len(results(out)) >= 4, first)
            first.kill()
        done_before = results(out)
        assert cluster.stdout is not None
        assert cluster.stdin is not None
        address = cluster.stdout.readline().strip()
        assert address, cluster.communicate()
        with running("ray_driver.py", *given, f"address={address}", environment=environment) as second:
            wait_until(lambda: len(results(out)) >= len(done_before) + 4, second)
            cluster.stdin.write("kill\n")
            cluster.stdin.flush()
            assert cluster.stdout.readline() == "killed\n"
            n_at_loss = len(results(out))
            _, said = second.communicate(timeout=LIMIT_S)
            assert second.returncode == 0, said

    alone = unbroken(root, tmp_path)
    assert 4 <= len(done_before) < n_at_loss < N_PATIENTS + 1
    assert scored(marks)[ONCE] == 2
    for kind in ("csv", "parquet"):
        assert (out / f"results.{kind}").read_bytes() == (alone / f"results.{kind}").read_bytes()
    assert results(out) == results(alone)
    assert not (out / "parts").exists()
    assert processes_of(str(folder)) == []
    assert processes_of(environment["MEDMM_HOME"]) == []

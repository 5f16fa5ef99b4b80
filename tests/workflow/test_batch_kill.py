"""A batch stopped at any moment, by kill -9 or a disk that refuses, goes on with exactly the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 of a fork is a POSIX thing"),
]
KILLER = Path(__file__).with_name("kill_batch.py")
LIMIT_S = 600


def make_root(folder: Path) -> Path:
    """Five patients that can be scored and one whose note cannot be read."""
    for number in range(5):
        (folder / f"patient{number}").mkdir(parents=True)
        text = f"MRN: {number}\ncough" + " and fever" * number
        (folder / f"patient{number}" / "note.txt").write_text(text, encoding="utf-8")
    (folder / "broken").mkdir()
    (folder / "broken" / "note.txt").write_bytes(b"\xff\xfe\x00")
    return folder


@pytest.mark.timeout(LIMIT_S)
@pytest.mark.parametrize(("error", "n_points"), [("", 90), ("ENOSPC", 8), ("EIO", 8)])
def test_a_batch_stopped_at_any_moment_ends_like_an_undisturbed_one(tmp_path: Path, error: str, n_points: int) -> None:
    root = make_root(tmp_path / "root")

    done = subprocess.run(
        [sys.executable, str(KILLER), str(root), str(tmp_path / "work"), str(n_points), "7", error],
        cwd=KILLER.parents[2],
        env={**os.environ, "PYTHONPATH": str(KILLER.parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S - 20,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["points"] == n_points
    assert told["moments"] > n_points
    assert {"results.csv", "results.parquet", "results.sqlite", "summary.json"} < set(told["files"])
    assert sum(name.endswith("result.json") for name in told["files"]) == 5
    assert told["trouble"] == []

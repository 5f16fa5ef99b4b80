"""The log of a training run, read while it grows."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from medmm.core.errors import Cancelled, ModelError
from medmm.core.progress import CancelToken
from medmm.workflow.training_log import EpochPoint, LogReader, read_figures

START = {"event": "start", "name": "m", "device": "cpu", "members": 2, "epochs": [2, 1]}
EPOCH = {"event": "epoch", "member": 0, "loss": 0.5, "auroc": None}
STEP = {"event": "step", "member": 0, "done": 1, "total": 4, "loss": 0.4, "left_s": 9.0}


def put(folder: Path, *lines: dict[str, Any], rest: str = "") -> None:
    with (folder / "log.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("".join(json.dumps(line) + "\n" for line in lines) + rest)


def test_epochs_and_steps_add_up(tmp_path: Path) -> None:
    reader = LogReader(tmp_path)
    assert reader.read().n_epochs == 0

    put(tmp_path, START, EPOCH)
    put(tmp_path, STEP)
    progress = reader.read()

    assert progress.points == (EpochPoint(0, 0.5, None),)
    assert progress.n_epochs == 6
    assert progress.done == pytest.approx(1.25 / 6)
    assert progress.left_s == 9.0


def test_half_a_line_waits_for_its_other_half(tmp_path: Path) -> None:
    reader = LogReader(tmp_path)
    text = json.dumps(EPOCH)
    put(tmp_path, START, rest=text[:10])

    assert reader.read().points == ()
    put(tmp_path, rest=text[10:] + "\n")
    assert len(reader.read().points) == 1


def test_the_log_of_an_earlier_call_does_not_count(tmp_path: Path) -> None:
    put(tmp_path, START, EPOCH, EPOCH)
    os.utime(tmp_path / "log.jsonl", ns=(1, 1))
    reader = LogReader(tmp_path)

    assert reader.read().points == ()
    (tmp_path / "log.jsonl").unlink()
    put(tmp_path, START, EPOCH)
    assert len(reader.read().points) == 1


def test_the_shipped_bundle_has_figures() -> None:
    folder = Path(__file__).resolve().parents[2] / "resources" / "models" / "chest-multimodal"

    figures = read_figures(folder)

    assert {"pneumonia", "nodule"} <= {one.name for one in figures}


@pytest.mark.slow
def test_a_run_that_fails_says_why(tmp_path: Path) -> None:
    from medmm.workflow.training_run import train_in_child

    (tmp_path / "c.yaml").write_text("sed: 1\n")

    with pytest.raises(ModelError, match="did you mean 'seed'"):
        train_in_child(tmp_path / "c.yaml", tmp_path / "out", tell=lambda _: None, cancel=CancelToken())


@pytest.mark.slow
def test_a_run_is_stopped_at_once(tmp_path: Path) -> None:
    from medmm.workflow.training_run import train_in_child

    token = CancelToken()
    token.set()

    with pytest.raises(Cancelled):
        train_in_child(tmp_path / "c.yaml", tmp_path / "out", tell=lambda _: None, cancel=token)

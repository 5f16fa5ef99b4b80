"""A run that is killed and goes on ends as one that was not."""

from __future__ import annotations

import json
import multiprocessing
import random
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind

pytestmark = pytest.mark.slow
SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "training" / "chest-multimodal.yaml"
STAGE = {"inputs": "all", "batch": 8, "rate": 0.003, "end_rate": 0.0001}


def make_content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    del content["image"]
    return content | {
        "name": "tiny",
        "inputs": ["note", "vitals"],
        "split": {"train": 0.5, "validation": 0.2, "calibration": 0.15, "test": 0.15},
        "text": {"vocabulary": 600, "hidden": 16, "layers": 1, "heads": 2},
        "stages": [{**STAGE, "epochs": 6}, {**STAGE, "epochs": 3, "frozen": ["note"]}],
        "imbalance": "balanced_sampler",
        "early_stop": {"patience": 2},
        "layer_decay": 0.9,
        "domains": [],
        "threads": 1,
        "readers": 1,
        "bootstrap": 100,
    }


def train(content: dict[str, Any], cohort: Path, out: Path) -> None:
    from medmm.training.config import TrainingConfig
    from medmm.training.fit import fit

    fit(TrainingConfig.model_validate(content), cohort=cohort, out=out)


def outcome(out: Path) -> tuple[bytes, object, list[object]]:
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    epochs = [{k: v for k, v in line.items() if k != "seconds"} for line in lines if line["event"] == "epoch"]
    metadata = json.loads((out / "tiny/configs/metadata.json").read_text(encoding="utf-8"))
    return (out / "tiny/models/model.safetensors").read_bytes(), metadata["medmm"]["metrics"], epochs


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from medmm.simulate.cohort import simulate_cohort

    folder = tmp_path_factory.mktemp("cohort") / "patients"
    kinds = frozenset({InputKind.NOTE, InputKind.VITALS})
    simulate_cohort(folder, n_patients=60, seed=4, inputs=kinds, progress=no_progress, cancel=CancelToken())
    return folder


def test_killed_at_random_moments_it_ends_with_the_same_weights_figures_and_log(cohort: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["medmm.training.fit", "medmm.training.publish"])
    content, lots = make_content(), random.Random(11)

    def start(out: Path) -> Any:
        process = context.Process(target=train, args=(content, cohort, out))
        process.start()
        return process

    whole = start(tmp_path / "whole")
    whole.join()
    expected = outcome(tmp_path / "whole")
    n_killed = 0
    for _ in range(12):
        process = start(tmp_path / "killed")
        process.join(lots.uniform(0.2, 2.5))
        n_killed += process.is_alive()
        process.kill()
        process.join()
        time.sleep(0.01)
    last = start(tmp_path / "killed")
    last.join()

    assert last.exitcode == 0
    assert n_killed >= 3
    assert outcome(tmp_path / "killed") == expected


def test_log_names_hashes_and_seed_and_no_patient(cohort: Path, tmp_path: Path) -> None:
    train(make_content() | {"stages": [{**STAGE, "epochs": 1}], "early_stop": None}, cohort, tmp_path)

    text = (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    first, *rest = [json.loads(line) for line in text.splitlines()]
    assert first["event"] == "start"
    assert set(first["data"]) == {"content_sha256", "split_sha256"}
    assert first["seed"] == 2026
    assert rest[-1] == {"event": "end", "bundle": "tiny"}
    assert {line["event"] for line in rest} <= {"step", "epoch", "end"}
    assert str(cohort) not in text

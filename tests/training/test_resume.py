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
        "base": [],
        "folds": 0,
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


class Starts:
    """Starts trainings in processes that can be killed; what they import is imported once."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["medmm.training.fit", "medmm.training.publish"])
        # The first process waits for the imports; what comes after it takes as long as the training does.
        first = self._context.Process(target=time.sleep, args=(0,))
        first.start()
        first.join()

    def start(self, content: dict[str, Any], cohort: Path, out: Path) -> Any:
        process = self._context.Process(target=train, args=(content, cohort, out))
        process.start()
        return process

    def kill_and_go_on(self, content: dict[str, Any], cohort: Path, out: Path, seconds: list[float]) -> int:
        """Kill a run after so many seconds each time, then let it end; gives how often there was one to kill."""
        n_killed = 0
        for each in seconds:
            process = self.start(content, cohort, out)
            process.join(each)
            n_killed += process.is_alive()
            process.kill()
            process.join()
            time.sleep(0.01)
        last = self.start(content, cohort, out)
        last.join()
        assert last.exitcode == 0
        return n_killed


def test_killed_at_random_moments_it_ends_with_the_same_weights_figures_and_log(cohort: Path, tmp_path: Path) -> None:
    content, lots, starts = make_content(), random.Random(11), Starts()

    starts.start(content, cohort, tmp_path / "whole").join()
    seconds = [lots.uniform(0.2, 2.5) for _ in range(12)]
    n_killed = starts.kill_and_go_on(content, cohort, tmp_path / "killed", seconds)

    assert n_killed >= 3
    assert outcome(tmp_path / "killed") == outcome(tmp_path / "whole")


@pytest.mark.timeout(1200)
def test_with_images_and_folds_it_ends_the_same_too(tmp_path: Path) -> None:
    import numpy as np

    from medmm.simulate.cohort import simulate_cohort
    from medmm.training.folds import read_out_of_fold

    kinds = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})
    simulate_cohort(tmp_path / "c", n_patients=30, seed=8, inputs=kinds, progress=no_progress, cancel=CancelToken())
    content = make_content() | {
        "inputs": ["image", "note", "vitals"],
        "image": {"rows": 64, "cols": 64},
        "stages": [{**STAGE, "epochs": 2, "size": 64}, {**STAGE, "epochs": 2, "size": 64, "frozen": ["image"]}],
        "early_stop": None,
        "folds": 2,
    }
    lots, starts = random.Random(5), Starts()

    began = time.monotonic()
    starts.start(content, tmp_path / "c", tmp_path / "whole").join()
    took = time.monotonic() - began
    seconds = [lots.uniform(0.1, 0.35) * took for _ in range(4)]
    n_killed = starts.kill_and_go_on(content, tmp_path / "c", tmp_path / "killed", seconds)

    assert n_killed >= 3
    assert outcome(tmp_path / "killed") == outcome(tmp_path / "whole")
    whole, killed = (read_out_of_fold(tmp_path / name / "out_of_fold.npz") for name in ("whole", "killed"))
    np.testing.assert_array_equal(killed.logits, whole.logits)


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


def test_folds_store_what_they_say_of_unseen_patients_and_share_embeddings(cohort: Path, tmp_path: Path) -> None:
    from medmm.training.folds import read_out_of_fold

    stages = [{**STAGE, "epochs": 1, "frozen": ["note", "vitals"]}]
    train(make_content() | {"folds": 3, "stages": stages, "early_stop": None}, cohort, tmp_path)

    found = read_out_of_fold(tmp_path / "out_of_fold.npz")
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert set(found.fold.tolist()) == {0, 1, 2}
    assert len(found.case) == len(set(found.case.tolist())) == lines[0]["cases"]["train"]
    assert {line["member"] for line in lines if line["event"] == "epoch"} == {0, 1, 2}
    assert [line["event"] for line in lines if line["event"] in ("out_of_fold", "soup", "end")] == [
        "out_of_fold",
        "soup",
        "end",
    ]
    # The encoders begin alike and stand still, so all folds read one file per input.
    assert len(list((tmp_path / "cache/embeddings").glob("*.npz"))) == 2


def test_known_embeddings_give_the_loss_that_the_encoders_give(cohort: Path, tmp_path: Path) -> None:
    import torch

    from medmm.models.multimodal import MultimodalNet
    from medmm.training.config import TrainingConfig
    from medmm.training.embedding_cache import EmbeddingCache, still_kinds
    from medmm.training.examples import make_batch, make_examples
    from medmm.training.fit import list_patients, prepare_material
    from medmm.training.loss import training_loss

    config = TrainingConfig.model_validate(make_content() | {"stages": [{**STAGE, "epochs": 1, "frozen": ["note"]}]})
    rows = list_patients(config, cohort, tmp_path)
    material = prepare_material(config, rows, tmp_path, no_progress, CancelToken())
    net = MultimodalNet(material.spec, bert=material.bert).eval()
    examples = make_examples(material.rows, material.readings, material.spec, material.tokenizer)[:12]
    fresh = EmbeddingCache(net, still_kinds(config.stages[0]), examples, tmp_path / "embeddings")
    again = EmbeddingCache(net, still_kinds(config.stages[0]), examples, tmp_path / "embeddings")

    losses = [
        training_loss(
            net,
            make_batch(examples, net.spec, without=kinds),
            auxiliary_weight=0.3,
            generator=torch.Generator().manual_seed(1),
            known=again.known(examples) if kinds else None,
        ).item()
        for kinds in (frozenset(), again.kinds)
    ]

    assert fresh.n_computed > 0
    assert again.n_computed == 0
    assert losses[0] == pytest.approx(losses[1], rel=1e-5)


def test_adapters_learn_and_leave_a_bundle_without_them(cohort: Path, tmp_path: Path) -> None:
    pytest.importorskip("peft")
    from medmm.models.bundle import load_bundle

    content = make_content() | {"lora": {"rank": 2}, "stages": [{**STAGE, "epochs": 2}], "early_stop": None}
    train(content, cohort, tmp_path)

    _, net = load_bundle(tmp_path / "tiny")
    assert not [name for name in net.state_dict() if "lora" in name or "base_layer" in name]


def test_seeds_and_fusions_end_in_one_bundle_of_the_best_fusion(cohort: Path, tmp_path: Path) -> None:
    from medmm.models.bundle import load_bundle

    stages = [{**STAGE, "epochs": 2}]
    members = {"seeds": [1, 2], "fusions": ["concat", "mean"], "early_stop": None}
    train(make_content() | members | {"stages": stages}, cohort, tmp_path)

    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    (soup,) = [line for line in lines if line["event"] == "soup"]
    bundle, _ = load_bundle(tmp_path / "tiny")
    assert {line["member"] for line in lines if line["event"] == "epoch"} == {0, 1, 2, 3}
    assert bundle.spec.fusion == soup["fusion"]
    # Members 0 and 1 are of the first fusion, 2 and 3 of the second.
    assert set(soup["members"]) <= ({0, 1} if soup["fusion"] == "concat" else {2, 3})

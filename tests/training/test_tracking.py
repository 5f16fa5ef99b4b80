"""What TensorBoard and MLflow find of a run, read back with their own readers; what is said where they are missing."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from medmm.core.errors import InputError
from medmm.training.options import LoraConfig
from medmm.training.run_log import EpochRecord
from medmm.training.tracking import make_tracker

ROOT = Path(__file__).resolve().parents[2]
NAN = float("nan")
FIRST = EpochRecord(0, 0, 0.75, 0.6, {"image+note": 0.6, "note": NAN}, 0.001, 2.0)
SECOND = EpochRecord(1, 0, 0.5, 0.7, {"image+note": 0.7, "note": 0.65}, 0.0005, 2.5)


def note_twice(kind: Any, folder: Path) -> None:
    """Note an epoch, stop, and note the next one in a second call, as a run that is killed and goes on."""
    for step, record in enumerate((FIRST, SECOND)):
        tracker = make_tracker(kind, folder, run_id="0123456789abcdef")
        tracker.note(0, step, record)
        tracker.note(1, step, record)
        tracker.end()


@pytest.mark.slow
def test_tensorboard_reads_every_epoch_of_every_member_at_its_step(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    note_twice("tensorboard", tmp_path)

    for member in (0, 1):
        found = EventAccumulator(str(tmp_path / f"tensorboard/member{member}")).Reload()
        scalars = {
            name: [(event.step, event.value) for event in found.Scalars(name)] for name in found.Tags()["scalars"]
        }
        assert scalars["loss"] == [(0, 0.75), (1, 0.5)]
        assert scalars["auroc/image+note"] == [(0, pytest.approx(0.6)), (1, pytest.approx(0.7))]
        # What is not known is no point of the curve.
        assert [step for step, _ in scalars["auroc/note"]] == [1]
        assert set(scalars) == {"loss", "rate", "seconds", "auroc/image+note", "auroc/note"}


@pytest.mark.slow
def test_mlflow_calls_nobody(tmp_path: Path) -> None:
    pytest.importorskip("mlflow")
    pytest.importorskip("alembic")
    # In a process of its own: what MLflow does about it, it does when it is imported.
    code = (
        "import pathlib, sys; from medmm.training.tracking import make_tracker\n"
        "make_tracker('mlflow', pathlib.Path(sys.argv[1]), run_id='a').end()\n"
        "from mlflow.telemetry.client import get_telemetry_client\n"
        "print(get_telemetry_client())"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW", "DO_NOT"))}
    environment |= {"PYTHONPATH": str(ROOT)}

    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, env=environment
    )

    assert found.stdout.strip() == "None"


@pytest.mark.slow
@pytest.mark.parametrize("store", ["beside the run", "of the environment"])
def test_mlflow_reads_one_run_that_went_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: str) -> None:
    pytest.importorskip("mlflow")
    pytest.importorskip("alembic")
    from mlflow import MlflowClient

    monkeypatch.chdir(tmp_path)
    database = tmp_path / "run/mlflow.db"
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    if store == "of the environment":
        database = tmp_path / "elsewhere.db"
        monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{database}")

    note_twice("mlflow", tmp_path / "run")

    client = MlflowClient(f"sqlite:///{database}")
    experiment = client.get_experiment_by_name("medmm")
    (run,) = client.search_runs([experiment.experiment_id])
    assert run.info.status == "FINISHED"
    assert run.info.run_name == "0123456789ab"
    history = client.get_metric_history(run.info.run_id, "member1/auroc/image-note")
    assert [(point.step, point.value) for point in history] == [(0, 0.6), (1, 0.7)]
    assert len(client.get_metric_history(run.info.run_id, "member0/auroc/note")) == 1
    # Nothing in the working directory but the store itself.
    assert {path.name for path in tmp_path.iterdir()} <= {"run", "elsewhere.db"}


def without(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    real = importlib.util.find_spec

    def found(name: str, package: str | None = None) -> object:
        return None if name in packages else real(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", found)


@pytest.mark.parametrize(("kind", "package"), [("tensorboard", "tensorboard"), ("mlflow", "mlflow")])
def test_a_missing_package_is_named_with_what_to_install(
    kind: Any, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, package)

    with pytest.raises(InputError) as caught:
        make_tracker(kind, tmp_path, run_id="a")

    assert str(caught.value.message) == f"tracking: {kind} needs the package {package}, which is not installed"
    assert str(caught.value.hint) == f'Install it with `pip install "medmm[{kind}]"`, or write `tracking: none`.'
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_adapters_without_peft_are_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from transformers import BertModel

    from medmm.training.lora import add_adapters
    from medmm.training.tokenizer import compact_bert

    bert = BertModel(compact_bert(100, hidden=8, layers=1, heads=1))
    without(monkeypatch, "peft")

    with pytest.raises(InputError, match="lora needs the package peft, which is not installed") as caught:
        add_adapters(bert, LoraConfig())

    assert 'pip install "medmm[lora]"' in str(caught.value.hint)


@pytest.mark.slow
def test_adapters_of_peft_learn_alone_and_merge_into_plain_weights() -> None:
    pytest.importorskip("peft")
    import torch
    from transformers import BertModel

    from medmm.training.lora import add_adapters, merge_adapters
    from medmm.training.tokenizer import compact_bert

    torch.manual_seed(0)
    bert = BertModel(compact_bert(100, hidden=8, layers=1, heads=1)).eval()
    names, words = set(bert.state_dict()), torch.arange(5, 15)[None]
    before = bert(words).last_hidden_state
    add_adapters(bert, LoraConfig(rank=2))
    assert torch.equal(bert(words).last_hidden_state, before)
    with torch.no_grad():
        for name, weight in bert.named_parameters():
            if "lora_B" in name:
                weight.fill_(0.5)
    learned = bert(words).last_hidden_state

    merge_adapters(bert)

    assert set(bert.state_dict()) == names
    assert not torch.allclose(learned, before)
    torch.testing.assert_close(bert(words).last_hidden_state, learned)

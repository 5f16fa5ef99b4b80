"""What a text encoder began with is told tensor by tensor, as transformers loads it, and stands in the card."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from medmm.core.errors import WeightsMissing
from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from tests.models.builders import make_tokenizer
from tests.training.test_fit import SHIPPED, STAGE

if TYPE_CHECKING:
    from transformers import PreTrainedModel

pytestmark = pytest.mark.slow


def make_folder(folder: Path) -> Path:
    """A BERT folder as others publish them."""
    import torch
    from transformers import BertModel

    from medmm.training.tokenizer import compact_bert

    torch.manual_seed(3)
    tokenizer = make_tokenizer()
    folder.mkdir(parents=True)
    tokenizer.save_pretrained(folder)
    BertModel(compact_bert(len(tokenizer), hidden=16, layers=1, heads=2)).save_pretrained(folder)
    return folder


def change_weights(folder: Path, *, rename: dict[str, str] | None = None, drop: str = "", add: str = "") -> None:
    import torch
    from safetensors.torch import load_file, save_file

    tensors = load_file(folder / "model.safetensors")
    tensors.pop(drop, None)
    tensors = {(rename or {}).get(key, key): value for key, value in tensors.items()}
    if add:
        tensors[add] = torch.zeros(3)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def loaded(folder: Path) -> tuple[PreTrainedModel, Any]:
    from transformers import AutoModel

    return AutoModel.from_pretrained(str(folder), local_files_only=True, output_loading_info=True)


def described(folder: Path, model: object) -> Any:
    from medmm.training.config import TextConfig
    from medmm.training.start_text import describe_text_start

    return describe_text_start(TextConfig(pretrained=str(folder)), model)


def test_a_whole_folder_gives_every_tensor(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "small-bert")
    model, _ = loaded(folder)

    report = described(folder, model)

    assert report.file == "model.safetensors"
    assert report.sha256 == hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    assert (len(report.loaded), report.missing, report.left_over) == (len(model.state_dict()), (), ())
    assert "hf.bert (small-bert) starts from model.safetensors" in report.sentence


def test_what_is_missing_or_left_over_is_what_transformers_says(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "bert")
    old = {"embeddings.LayerNorm.weight": "bert.embeddings.LayerNorm.gamma"}
    change_weights(folder, rename=old, drop="pooler.dense.bias", add="cls.predictions.bias")
    model, info = loaded(folder)

    report = described(folder, model)

    assert set(report.missing) == set(info["missing_keys"]) == {"pooler.dense.bias"}
    assert set(report.left_over) == set(info["unexpected_keys"]) == {"cls.predictions.bias"}
    assert "embeddings.LayerNorm.weight" in report.loaded


def test_several_files_are_one_start(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "bert")
    model, _ = loaded(folder)
    (folder / "model.safetensors").unlink()
    model.save_pretrained(folder, max_shard_size="10KB")

    report = described(folder, model)

    assert len(list(folder.glob("model-*.safetensors"))) > 1
    assert report.missing == ()
    assert report.file.startswith("bert (")


def test_a_start_at_random_is_no_start_and_gone_weights_are_told(tmp_path: Path) -> None:
    from medmm.training.config import TextConfig
    from medmm.training.start_text import describe_text_start

    folder = make_folder(tmp_path / "bert")
    model, _ = loaded(folder)
    (folder / "model.safetensors").unlink()

    assert describe_text_start(TextConfig(), model) is None
    with pytest.raises(WeightsMissing, match="bert"):
        described(folder, model)


def test_the_card_and_the_metadata_name_the_weights(tmp_path: Path) -> None:
    from medmm.simulate.cohort import simulate_cohort
    from medmm.training.config import load_config
    from medmm.training.fit import fit

    folder, cohort = make_folder(tmp_path / "small-bert"), tmp_path / "patients"
    change_weights(folder, drop="pooler.dense.bias")
    kinds = frozenset({InputKind.NOTE, InputKind.VITALS})
    simulate_cohort(cohort, n_patients=24, seed=3, inputs=kinds, progress=no_progress, cancel=CancelToken())
    content: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content |= {
        "inputs": ["note", "vitals"],
        "split": {"train": 0.4, "validation": 0.2, "calibration": 0.2, "test": 0.2},
        "text": {"pretrained": str(folder), "max_tokens": 32, "stride": 8},
        "stages": [{**STAGE, "inputs": "records", "epochs": 1}],
        "domains": [],
        "threads": 1,
        "readers": 1,
        "bootstrap": 100,
    }
    for name in ("base", "seeds", "folds"):
        content.pop(name, None)
    (tmp_path / "run.yaml").write_text(yaml.safe_dump(content))

    bundle = fit(load_config(tmp_path / "run.yaml"), cohort=cohort, out=tmp_path / "run")

    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    card = (bundle / "docs/README.md").read_text(encoding="utf-8")
    part = card.split("## Starting weights")[1].split("##")[0]
    assert "starts from model.safetensors: 22 tensors loaded, 0 adapted, 0 of another shape, 1 missing" in part
    assert f"`{sha256}`" in part
    assert "began at random: `pooler.dense.bias`" in part
    training = json.loads((bundle / "configs/metadata.json").read_text())["medmm"]["training"]
    assert training["note_start"] == {
        "file": "model.safetensors", "sha256": sha256, "loaded": 22, "adapted": 0, "shape_differs": 0, "missing": 1
    }  # fmt: skip
    assert str(tmp_path) not in card

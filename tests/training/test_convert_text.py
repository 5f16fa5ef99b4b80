"""A BERT folder with pickled weights becomes one with safetensors; whatever else is in the pickle is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from medmm.core.errors import BundleRefused, StorageError, WeightsMissing
from tests.models.builders import make_tokenizer

pytestmark = pytest.mark.slow


class Harmful:
    """Runs a command wherever it is unpickled without care."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self._mark),)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder as the hub had them: prefixed names, gamma and beta, heads of the pre-training."""
    import torch
    from transformers import BertModel

    from medmm.training.tokenizer import compact_bert

    folder = tmp_path / "old-bert"
    tokenizer = make_tokenizer()
    tokenizer.save_pretrained(folder)
    torch.manual_seed(1)
    bert = BertModel(compact_bert(len(tokenizer), hidden=32, layers=1, heads=2))
    bert.config.save_pretrained(folder)
    old = {
        "bert." + name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): value
        for name, value in bert.state_dict().items()
    }
    old["cls.predictions.bias"] = torch.zeros(3)
    old["bert.embeddings.position_ids"] = torch.arange(512)[None]
    torch.save(old, folder / "pytorch_model.bin")
    return folder


def test_the_converted_folder_gives_the_same_vectors(source: Path, tmp_path: Path) -> None:
    import torch

    from medmm.models.text_folder import load_text_model
    from medmm.training.convert_text import convert_text_folder

    n_taken, left_out = convert_text_folder(source, tmp_path / "new")
    loaded = load_text_model(tmp_path / "new").state_dict()
    old = torch.load(source / "pytorch_model.bin", weights_only=True)

    assert n_taken == len(loaded)
    assert left_out == ("cls.predictions.bias",)
    assert torch.equal(loaded["embeddings.LayerNorm.weight"], old["bert.embeddings.LayerNorm.gamma"])
    assert not list(tmp_path.glob(".writing-*"))
    assert not (tmp_path / "new" / "pytorch_model.bin").exists()


def test_a_pickle_that_runs_something_is_refused_and_runs_nothing(source: Path, tmp_path: Path) -> None:
    import torch

    from medmm.training.convert_text import convert_text_folder

    torch.save({"weight": Harmful(tmp_path / "ran")}, source / "pytorch_model.bin")

    with pytest.raises(BundleRefused, match="more than weights"):
        convert_text_folder(source, tmp_path / "new")
    assert not (tmp_path / "ran").exists()
    assert not (tmp_path / "new").exists()


def test_a_config_with_code_of_its_own_is_refused(source: Path, tmp_path: Path) -> None:
    from medmm.training.convert_text import convert_text_folder

    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps({**config, "auto_map": {"AutoModel": "x.Y"}}))

    with pytest.raises(BundleRefused, match="auto_map"):
        convert_text_folder(source, tmp_path / "new")


def test_weights_of_another_size_are_refused_by_name(source: Path, tmp_path: Path) -> None:
    from medmm.training.convert_text import convert_text_folder

    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps({**config, "intermediate_size": 64}))

    with pytest.raises(BundleRefused, match="intermediate"):
        convert_text_folder(source, tmp_path / "new")


def test_a_folder_without_weights_and_a_target_that_exists_are_named(source: Path, tmp_path: Path) -> None:
    from medmm.training.convert_text import convert_text_folder

    with pytest.raises(StorageError, match="exists already"):
        convert_text_folder(source, source)
    (source / "pytorch_model.bin").unlink()
    with pytest.raises(WeightsMissing, match=r"pytorch_model\.bin"):
        convert_text_folder(source, tmp_path / "new")

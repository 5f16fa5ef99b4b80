"""Turn a text encoder's folder with pickled weights into one with safetensors; nothing in it is run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from medmm.core.errors import BundleRefused, StorageError, WeightsMissing
from medmm.core.words import Words
from medmm.models.note_tokenizer import load_tokenizer
from medmm.models.text_folder import build_text_model, load_text_model
from medmm.training.weights_file import read_weights

BIN, SAFE = "pytorch_model.bin", "model.safetensors"
CARRIED = (
    "config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt", "vocab.json", "merges.txt",
    "special_tokens_map.json", "added_tokens.json",
)  # fmt: skip
# What BERT's checkpoints have beside the encoder: heads of the pre-training, and buffers of old versions.
HEADS = ("cls.", "classifier.", "qa_outputs.", "lm_head.", "pooler.")
BUFFERS = ("position_ids",)


def convert_text_folder(source: Path, target: Path) -> tuple[int, tuple[str, ...]]:
    """Write `source` again as `target` with model.safetensors; give the tensors taken and the names left out.

    Raises WeightsMissing where a file is not there, BundleRefused where it does not fit its config.json or asks for
    code, StorageError where `target` exists.
    """
    if target.exists():
        raise StorageError(Words("{name} exists already", name=target.name), Words("Choose another folder."), target)
    _refuse_code(source)
    state, left_out = _encoder_state(source)
    unfinished = target.with_name(f".writing-{target.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir(parents=True)
        for name in CARRIED:
            if (source / name).is_file():
                shutil.copyfile(source / name, unfinished / name)
        save_file(state, unfinished / SAFE, metadata={"format": "pt"})
        _prove(unfinished, state)
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return len(state), left_out


def _refuse_code(source: Path) -> None:
    config = source / "config.json"
    if not config.is_file() or not (source / BIN).is_file():
        missing = "config.json" if not config.is_file() else BIN
        raise WeightsMissing(
            Words("{folder!r} holds no {missing}", folder=source.name, missing=missing),
            Words("Name the folder of a BERT with config.json, its tokenizer and {weights}.", weights=BIN),
            source,
        )
    if "auto_map" in json.loads(config.read_text(encoding="utf-8")):
        raise BundleRefused(
            Words("{folder!r}: config.json asks for code of its own (auto_map)", folder=source.name),
            Words("Only encoders that transformers itself knows are taken."),
            source,
        )


def _encoder_state(source: Path) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    found = read_weights(source / BIN)
    wanted = build_text_model(source).state_dict()
    named = {_plain(name, wanted): tensor for name, tensor in found.items()}
    state = {name: named[name].detach().clone().contiguous() for name in wanted if name in named}
    wrong = [name for name in wanted if name not in state and not name.startswith(HEADS)]
    wrong += [name for name, tensor in state.items() if tensor.shape != wanted[name].shape]
    if wrong:
        raise BundleRefused(
            Words("{folder!r}: the weights do not fit config.json, first at {name}", folder=source.name, name=wrong[0]),
            source=source,
        )
    left_out = tuple(sorted(name for name in named if name not in state and not name.endswith(BUFFERS)))
    return state, left_out


def _plain(name: str, wanted: dict[str, Tensor]) -> str:
    # Old checkpoints say gamma and beta, and have the encoder's name in front.
    name = name.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias")
    if name in wanted:
        return name
    _, _, rest = name.partition(".")
    return rest if rest in wanted else name


def _prove(folder: Path, state: dict[str, Tensor]) -> None:
    load_tokenizer(folder)
    loaded = load_text_model(folder).state_dict()
    changed = [name for name, tensor in state.items() if not torch.equal(loaded[name], tensor.float())]
    if changed:
        raise BundleRefused(
            Words("{folder!r}: {name} was read back changed", folder=folder.name, name=changed[0]), source=folder
        )

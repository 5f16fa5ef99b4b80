"""Read tensors out of a weights file: the only place where a pickle is opened, and it may hold nothing else."""

from __future__ import annotations

from _pickle import UnpicklingError
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from medmm.core.errors import BundleRefused
from medmm.core.words import Words

# What PyTorch's users call the table of tensors inside a checkpoint.
TABLES = ("state_dict", "model_state_dict", "model")


def read_weights(path: Path) -> dict[str, Tensor]:
    """Read .safetensors, or the zip or pickle of `torch.save`: a table of tensors, or a checkpoint that holds one.

    A pickle is read by torch's restricted unpickler, which runs no code (CVE-2025-32434 needs torch >= 2.6).
    Raises BundleRefused where the file is damaged or holds more than tensors and plain values.
    """
    try:
        found: Mapping[str, object] = load_file(path) if path.suffix == ".safetensors" else _read_pickle(path)
    except (SafetensorError, UnpicklingError, RuntimeError, EOFError, OSError, ValueError, KeyError) as error:
        raise _refused(path) from error
    for name in TABLES:
        inner = found.get(name)
        if isinstance(inner, Mapping):
            found = inner
    return {str(name): value for name, value in found.items() if isinstance(value, Tensor)}


def _read_pickle(path: Path) -> dict[str, object]:
    found = torch.load(path, map_location="cpu", weights_only=True)
    if not isinstance(found, dict):
        raise _refused(path)
    return found


def _refused(path: Path) -> BundleRefused:
    return BundleRefused(
        Words("{name} holds more than weights, or is damaged", name=path.name),
        Words("It is not opened. Ask who made it for a .safetensors file."),
        path,
    )

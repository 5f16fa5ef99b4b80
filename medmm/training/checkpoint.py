"""Checkpoints without pickle: weights and optimiser moments as safetensors, the place as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch.optim import Optimizer

from medmm.models.multimodal import MultimodalNet
from medmm.training.run_log import EpochRecord

PLACE = "place.json"
MOMENTS = ("step", "exp_avg", "exp_avg_sq")


@dataclass(frozen=True)
class Place:
    """Where a run stands: what every finished epoch came to; weights and best are files beside it."""

    records: tuple[EpochRecord, ...]
    weights: str
    best: str

    def of_stage(self, stage: int) -> list[EpochRecord]:
        """List the finished epochs of a stage."""
        return [record for record in self.records if record.stage == stage]

    @property
    def stage(self) -> int:
        """The stage of the last finished epoch."""
        return self.records[-1].stage


def save_checkpoint(
    folder: Path,
    net: MultimodalNet,
    optimizer: Optimizer,
    *,
    key: str,
    records: Sequence[EpochRecord],
    best: str | None,
) -> Place:
    """Write the state after an epoch; the JSON comes last and names the files, so a kill leaves the older state.

    best: the file of the stage's best weights so far, None where this epoch is the best.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"stage{records[-1].stage}-epoch{records[-1].epoch}.safetensors"
    tensors = {f"net.{path}": value.contiguous() for path, value in net.state_dict().items()}
    names = _names(net, optimizer)
    for index, moments in optimizer.state_dict()["state"].items():
        for moment, value in moments.items():
            tensors[f"opt.{moment}.{names[index]}"] = torch.as_tensor(value, dtype=torch.float32).contiguous()
    save_file(tensors, folder / name)
    place = Place(tuple(records), name, best or name)
    content = {"key": key, "weights": name, "best": place.best, "records": [asdict(record) for record in records]}
    (folder / "place.new").write_text(json.dumps(content), encoding="utf-8")
    os.replace(folder / "place.new", folder / PLACE)
    for old in folder.glob("stage*.safetensors"):
        if old.name not in (name, place.best):
            old.unlink()
    return place


def load_place(folder: Path, *, key: str) -> Place | None:
    """Give where the run with this key stopped, if it has finished an epoch."""
    if not (folder / PLACE).is_file():
        return None
    content: dict[str, Any] = json.loads((folder / PLACE).read_text(encoding="utf-8"))
    if content.get("key") != key:
        return None
    return Place(tuple(EpochRecord(**record) for record in content["records"]), content["weights"], content["best"])


def load_weights(folder: Path, name: str, net: MultimodalNet) -> None:
    """Put saved weights into the net."""
    tensors = load_file(folder / name)
    net.load_state_dict({key.removeprefix("net."): value for key, value in tensors.items() if key.startswith("net.")})


def load_moments(folder: Path, name: str, net: MultimodalNet, optimizer: Optimizer) -> None:
    """Put the saved moments into the optimiser."""
    tensors = load_file(folder / name)
    parameters = dict(net.named_parameters())
    state: dict[int, dict[str, torch.Tensor]] = {}
    for index, path in enumerate(_names(net, optimizer)):
        found = {moment: tensors[place] for moment in MOMENTS if (place := f"opt.{moment}.{path}") in tensors}
        if found:
            # In the parameter's own memory layout: another one adds up in another order.
            state[index] = {
                moment: value if moment == "step" else _like(parameters[path], value) for moment, value in found.items()
            }
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})


def _names(net: MultimodalNet, optimizer: Optimizer) -> list[str]:
    """Name the parameters in the order in which the optimiser numbers them."""
    by_id = {id(parameter): name for name, parameter in net.named_parameters()}
    return [by_id[id(parameter)] for group in optimizer.param_groups for parameter in group["params"]]


def _like(parameter: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
    return torch.empty_like(parameter, requires_grad=False).copy_(value)

"""Checkpoints without pickle: weights and optimiser moments as safetensors, the place as JSON."""

from __future__ import annotations

import json
import os
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch.optim import AdamW

from medmm.models.multimodal import MultimodalNet

PLACE = "place.json"
MOMENTS = ("step", "exp_avg", "exp_avg_sq")


def save_checkpoint(folder: Path, net: MultimodalNet, optimizer: AdamW, *, run_id: str, stage: int, epoch: int) -> None:
    """Write the state after an epoch; the JSON comes last and names the weights, so a kill leaves the older state."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"stage{stage}-epoch{epoch}.safetensors"
    tensors = {f"net.{key}": value.contiguous() for key, value in net.state_dict().items()}
    names = [key for key, _ in net.named_parameters()]
    for index, moments in optimizer.state_dict()["state"].items():
        for key, value in moments.items():
            tensors[f"opt.{key}.{names[index]}"] = torch.as_tensor(value, dtype=torch.float32).contiguous()
    save_file(tensors, folder / name)
    place = {"run_id": run_id, "stage": stage, "epoch": epoch, "weights": name}
    (folder / "place.new").write_text(json.dumps(place), encoding="utf-8")
    os.replace(folder / "place.new", folder / PLACE)
    for old in folder.glob("stage*.safetensors"):
        if old.name != name:
            old.unlink()


def load_place(folder: Path, *, run_id: str) -> tuple[int, int] | None:
    """Give (stage, epoch) of the last finished epoch of the same configuration, if there is one."""
    if not (folder / PLACE).is_file():
        return None
    place = json.loads((folder / PLACE).read_text(encoding="utf-8"))
    return (int(place["stage"]), int(place["epoch"])) if place["run_id"] == run_id else None


def load_checkpoint(folder: Path, net: MultimodalNet, optimizer: AdamW | None) -> None:
    """Put the saved weights into the net, and the moments into the optimiser where one is given."""
    saved = json.loads((folder / PLACE).read_text(encoding="utf-8"))
    tensors = load_file(folder / saved["weights"])
    net.load_state_dict({key.removeprefix("net."): value for key, value in tensors.items() if key.startswith("net.")})
    if optimizer is None:
        return
    state: dict[int, dict[str, torch.Tensor]] = {}
    for index, (name, parameter) in enumerate(net.named_parameters()):
        found = {key: tensors[place] for key in MOMENTS if (place := f"opt.{key}.{name}") in tensors}
        if found:
            # In the parameter's own memory layout: another one adds up in another order.
            state[index] = {key: value if key == "step" else _like(parameter, value) for key, value in found.items()}
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})


def _like(parameter: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
    return torch.empty_like(parameter, requires_grad=False).copy_(value)

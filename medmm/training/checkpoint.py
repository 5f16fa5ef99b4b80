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
    place = json.loads((folder / PLACE).read_text(encoding="utf-8"))
    tensors = load_file(folder / place["weights"])
    net.load_state_dict({key.removeprefix("net."): value for key, value in tensors.items() if key.startswith("net.")})
    if optimizer is None:
        return
    state: dict[int, dict[str, torch.Tensor]] = {}
    for index, (name, _) in enumerate(net.named_parameters()):
        found = {
            key: tensors[f"opt.{key}.{name}"]
            for key in ("step", "exp_avg", "exp_avg_sq")
            if f"opt.{key}.{name}" in tensors
        }
        if found:
            state[index] = found
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})

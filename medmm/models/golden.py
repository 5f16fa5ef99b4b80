"""The golden case: prepared inputs and the logits that they must give, so that a loaded bundle proves itself."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from medmm.core.errors import BundleRefused
from medmm.core.words import Words
from medmm.models.batch import ModelBatch
from medmm.models.case_net import CaseNet

INPUTS = "golden/inputs.safetensors"
EXPECTED = "golden/expected.json"
# Other CPUs and kernels add in another order; a wrong weight moves logits by far more.
TOLERANCE = 2e-3


def write_golden(folder: Path, net: CaseNet, batch: ModelBatch) -> None:
    """Store a batch (every subset of inputs is a row of its own, if the caller likes) and its logits."""
    (folder / "golden").mkdir(parents=True, exist_ok=True)
    tensors = {name: tensor for name, tensor in asdict(batch).items() if tensor is not None}
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, folder / INPUTS)
    logits = _logits(net, batch)
    content = {"findings": list(net.spec.findings), "logits": [[round(x, 6) for x in row] for row in logits.tolist()]}
    (folder / EXPECTED).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def read_golden(folder: Path) -> ModelBatch:
    """Read the batch of the golden case."""
    return ModelBatch(**load_file(folder / INPUTS))


def check_golden(folder: Path, net: CaseNet) -> float:
    """Score the golden case and return the largest difference in logits.

    Raises BundleRefused when it is missing or differs by more than TOLERANCE.
    """
    if not (folder / INPUTS).is_file() or not (folder / EXPECTED).is_file():
        raise BundleRefused(
            Words("bundle {name!r} has no golden case to prove itself with", name=folder.name),
            Words("Make it again."),
            folder,
        )
    expected = torch.tensor(json.loads((folder / EXPECTED).read_text(encoding="utf-8"))["logits"])
    found = _logits(net, read_golden(folder))
    if found.shape != expected.shape:
        raise BundleRefused(
            Words("bundle {name!r}: the golden case gives {shape} logits", name=folder.name, shape=list(found.shape)),
            source=folder,
        )
    gap = float((found - expected).abs().max())
    if not gap <= TOLERANCE:
        raise BundleRefused(
            Words(
                "bundle {name!r}: the golden case differs by {gap:.4f} in logits (at most {tolerance})",
                name=folder.name,
                gap=gap,
                tolerance=TOLERANCE,
            ),
            Words("This machine computes something else than the one that made the bundle; do not use it here."),
            folder,
        )
    return gap


def _logits(net: CaseNet, batch: ModelBatch) -> torch.Tensor:
    with torch.inference_mode():
        logits: torch.Tensor = net(batch)
    return logits

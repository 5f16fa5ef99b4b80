"""Encoders of a bundle as ONNX, proven against torch on the golden case before they are given out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

from medmm.core.errors import ExchangeError
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.batch import ModelBatch
from medmm.models.bundle import load_bundle
from medmm.models.case_net import CaseNet
from medmm.models.encoder_graphs import EncoderGraph, graph_of
from medmm.models.golden import INPUTS
from medmm.models.joined_encoders import parts_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NEEDED = ("onnx", "onnxscript", "onnxruntime")
# In units of the embeddings; other kernels add in another order.
TOLERANCE = 1e-3
MANIFEST = "encoders.json"


@dataclass(frozen=True)
class OnnxEncoder:
    """A written file; gap: largest difference to torch in its outputs on the golden case."""

    kind: InputKind
    file: Path
    gap: float


def export_encoders(bundle_folder: Path, out: Path) -> tuple[OnnxEncoder, ...]:
    """Write one ONNX file per encoder and encoders.json, each run in ONNX Runtime and compared with torch.

    Raises ExchangeError where the libraries are missing or a file computes something else.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ExchangeError(
            Words("{missing} is needed to write ONNX", missing=", ".join(missing)),
            Words("Install it: pip install 'medmm[onnx]'"),
        )
    bundle, net = load_bundle(bundle_folder)
    batch = ModelBatch(**load_file(bundle_folder / INPUTS))
    out.mkdir(parents=True, exist_ok=True)
    written, manifest = [], {}
    for kind, name, encoder in _named_encoders(net):
        graph = graph_of(encoder, batch, net.spec)
        file = out / f"{name}.onnx"
        gap = write_graph(graph, file)
        written.append(OnnxEncoder(kind, file, gap))
        manifest[name] = {
            "file": file.name,
            "inputs": list(graph.inputs),
            "outputs": list(graph.outputs),
            "meaning": graph.meaning,
            "gap": gap,
        }
    content = {"bundle_sha256": bundle.sha256, "encoders": manifest}
    (out / MANIFEST).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return tuple(written)


def _named_encoders(net: CaseNet) -> Iterator[tuple[InputKind, str, nn.Module]]:
    """Give every encoder with its name: image, or image-1, image-2, as the members of an ensemble number them."""
    for kind in net.kinds:
        parts = parts_of(net.encoders[kind.value])
        for number, encoder in enumerate(parts, start=1):
            yield kind, kind.value if len(parts) == 1 else f"{kind.value}-{number}", encoder


def write_graph(graph: EncoderGraph, file: Path) -> float:
    """Write one encoder and give its largest difference to torch. Raises ExchangeError where that is too large."""
    _write(graph, file)
    return _gap(graph, file)


def _write(graph: EncoderGraph, file: Path) -> None:
    # A batch of one would be taken for a constant (MODEL.md 1.7).
    examples = {name: torch.cat([tensor, tensor]) for name, tensor in graph.inputs.items()}
    rows = {0: torch.export.Dim("rows", min=1, max=4096)}
    both = {**rows, 1: torch.export.Dim("length", min=2, max=graph.longest)} if graph.longest else rows
    shapes = tuple(both if tensor.dim() > 1 else rows for tensor in examples.values())
    torch.onnx.export(
        graph.module.eval(),
        tuple(examples.values()),
        file,
        input_names=list(examples),
        output_names=list(graph.outputs),
        dynamic_shapes=shapes,
        dynamo=True,
        external_data=False,
        verbose=False,
    )


def _gap(graph: EncoderGraph, file: Path) -> float:
    """Run the file on the golden case, whole and its first row alone, and give the largest difference to torch."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    n_rows = len(next(iter(graph.inputs.values())))
    gap = max(_gap_of(graph, session, n) for n in {1, n_rows})
    if not gap <= TOLERANCE:
        file.unlink()
        raise ExchangeError(
            Words("{name} differs by {gap:.2g} from torch (at most {most:g})", name=file.name, gap=gap, most=TOLERANCE),
            Words("It was not kept. Try another version of onnxruntime."),
        )
    return gap


def _gap_of(graph: EncoderGraph, session: InferenceSession, n_rows: int) -> float:
    inputs = {name: tensor[:n_rows] for name, tensor in graph.inputs.items()}
    with torch.inference_mode():
        expected = graph.module(*inputs.values())
    found = session.run(None, {name: tensor.numpy() for name, tensor in inputs.items()})
    both = zip(expected if isinstance(expected, tuple) else (expected,), found, strict=True)
    return max(float(np.abs(ours.numpy() - theirs).max()) for ours, theirs in both)

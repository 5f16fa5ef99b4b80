"""Encoders of a bundle as ONNX, proven against torch on the golden case before they are given out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from medmm.core.errors import ExchangeError
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.batch import ModelBatch
from medmm.models.bundle import load_bundle
from medmm.models.case_net import CaseNet
from medmm.models.encoded import Encoded
from medmm.models.golden import INPUTS
from medmm.models.joined_encoders import parts_of
from medmm.models.tabular_encoder import VitalsMLP
from medmm.models.text_encoder import BertNotes

NEEDED = ("onnx", "onnxscript", "onnxruntime")
# In units of the embeddings; other kernels add in another order.
TOLERANCE = 1e-3
MANIFEST = "encoders.json"


class _ImageGraph(nn.Module):
    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        encoded: Encoded = self.encoder(image)
        assert encoded.maps is not None, "image encoders give maps"
        return encoded.z, encoded.maps


class _TokenGraph(nn.Module):
    """One vector per chunk; pooling the chunks of a case is a weighted mean that the manifest describes."""

    def __init__(self, encoder: BertNotes) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, token_ids: Tensor, token_mask: Tensor) -> tuple[Tensor, Tensor]:
        words = self.encoder.word_embeddings(token_ids)
        tokens = self.encoder.bert(inputs_embeds=words, attention_mask=token_mask).last_hidden_state
        chunks = self.encoder.pool_tokens(tokens, token_mask)
        return chunks, self.encoder.chunk_score(chunks).squeeze(-1)


class _VectorGraph(nn.Module):
    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, features: Tensor) -> Tensor:
        return cast(Encoded, self.encoder(features)).z


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
        graph, inputs, outputs = _graph(encoder, kind, batch)
        file = out / f"{name}.onnx"
        _write(graph, inputs, outputs, file)
        gap = _gap(graph, inputs, file)
        written.append(OnnxEncoder(kind, file, gap))
        manifest[name] = {"file": file.name, "inputs": list(inputs), "outputs": list(outputs), "gap": gap}
    content = {
        "bundle_sha256": bundle.sha256,
        "encoders": manifest,
        "chunks": "A note's vector is the mean of its chunks weighted by softmax of chunk_score over them.",
    }
    (out / MANIFEST).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return tuple(written)


def _named_encoders(net: CaseNet) -> Iterator[tuple[InputKind, str, nn.Module]]:
    """Give every encoder with its name: image, or image-1, image-2, as the members of an ensemble number them."""
    for kind in net.kinds:
        parts = parts_of(net.encoders[kind.value])
        for number, encoder in enumerate(parts, start=1):
            yield kind, kind.value if len(parts) == 1 else f"{kind.value}-{number}", encoder


def _graph(
    encoder: nn.Module, kind: InputKind, batch: ModelBatch
) -> tuple[nn.Module, Mapping[str, Tensor], Sequence[str]]:
    if kind is InputKind.IMAGE and batch.image is not None:
        return _ImageGraph(encoder), {"image": batch.image}, ("z", "maps")
    if isinstance(encoder, BertNotes) and batch.token_ids is not None and batch.token_mask is not None:
        return (
            _TokenGraph(encoder),
            {"token_ids": batch.token_ids, "token_mask": batch.token_mask},
            ("chunk_z", "chunk_score"),
        )
    if isinstance(encoder, VitalsMLP) and batch.vitals is not None:
        return _VectorGraph(encoder), {"features": batch.vitals}, ("z",)
    raise ExchangeError(
        Words("the {kind} encoder of this bundle cannot be written as ONNX", kind=kind.value),
        Words("Image encoders, BERT and the vital-sign MLP can."),
    )


def _write(graph: nn.Module, inputs: Mapping[str, Tensor], outputs: Sequence[str], file: Path) -> None:
    # A batch of one would be taken for a constant (MODEL.md 1.7).
    examples = {name: torch.cat([tensor, tensor]) for name, tensor in inputs.items()}
    rows = torch.export.Dim("cases", min=1, max=4096)
    tokens = torch.export.Dim("tokens", min=2, max=512)
    shapes = {name: {0: rows, 1: tokens} if name.startswith("token") else {0: rows} for name in examples}
    torch.onnx.export(
        graph.eval(),
        tuple(examples.values()),
        file,
        input_names=list(examples),
        output_names=list(outputs),
        dynamic_shapes=tuple(shapes.values()),
        dynamo=True,
        external_data=False,
        verbose=False,
    )


def _gap(graph: nn.Module, inputs: Mapping[str, Tensor], file: Path) -> float:
    import onnxruntime

    with torch.inference_mode():
        expected = graph(*inputs.values())
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    found = session.run(None, {name: tensor.numpy() for name, tensor in inputs.items()})
    both = zip(expected if isinstance(expected, tuple) else (expected,), found, strict=True)
    gap = max(float(np.abs(ours.numpy() - theirs).max()) for ours, theirs in both)
    if not gap <= TOLERANCE:
        file.unlink()
        raise ExchangeError(
            Words("{name} differs by {gap:.2g} from torch (at most {most:g})", name=file.name, gap=gap, most=TOLERANCE),
            Words("It was not kept. Try another version of onnxruntime."),
        )
    return gap

"""Encoders compiled by OpenVINO for a CPU: the numbers of torch in about half of its time.

Made from the loaded network at first use and kept by the bundle's hash; what cannot be made, read or proven leaves
torch at work and a line in the log.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from medmm.core.errors import ExchangeError
from medmm.core.quality import InputKind
from medmm.inference.pool_first import pool_first
from medmm.models.batch import ModelBatch
from medmm.models.case_net import CaseNet
from medmm.models.encoded import Encoded
from medmm.models.encoder_graphs import EncoderGraph, graph_of
from medmm.models.image_encoder import ImageEncoder
from medmm.models.joined_encoders import JoinedEncoder, parts_of
from medmm.models.pooling import attend
from medmm.models.text_encoder import BertNotes

if TYPE_CHECKING:
    import openvino

log = logging.getLogger(__name__)
# Largest difference to torch in the logits of the golden case.
TOLERANCE = 1e-4
# Counts up when a graph is made in another way: those that lie in caches are then made anew.
GRAPHS = 2


class Graph:
    """One compiled graph that any number of threads may call."""

    def __init__(self, compiled: openvino.CompiledModel) -> None:
        self._compiled = compiled
        self._own = threading.local()

    def __call__(self, *inputs: Tensor) -> list[Tensor]:
        """Run it; gives what the module gave that it was made from."""
        # A request holds its inputs and outputs: every thread needs its own.
        if not hasattr(self._own, "request"):
            self._own.request = self._compiled.create_infer_request()
        given = {place: np.ascontiguousarray(tensor.numpy()) for place, tensor in enumerate(inputs)}
        found: Mapping[Any, NDArray[np.float32]] = self._own.request.infer(given)
        return [torch.from_numpy(found[place].copy()) for place in range(len(self._compiled.outputs))]


class CompiledImage(nn.Module):
    """An image encoder; films go through one by one, so that a case's answer does not depend on its neighbours."""

    input_kind = InputKind.IMAGE

    def __init__(self, graph: Graph, dim: int) -> None:
        super().__init__()
        self.graph = graph
        self.dim = dim

    def forward(self, image: Tensor) -> Encoded:
        """Encode films [B, 1, rows, cols]."""
        found = [self.graph(film) for film in torch.split(image, 1)]
        return Encoded(z=torch.cat([z for z, _ in found]), maps=torch.cat([maps for _, maps in found]))


class CompiledNotes(nn.Module):
    """A BERT over chunks; each goes through alone and without its padding."""

    input_kind = InputKind.NOTE

    def __init__(self, graph: Graph, dim: int) -> None:
        super().__init__()
        self.graph = graph
        self.dim = dim

    def forward(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Encoded:
        """Encode chunks [N, T] of n_cases cases; without the tokens' own vectors, which explanations ask torch for."""
        lengths = token_mask.sum(dim=1).tolist()
        found = [
            self.graph(ids[None, :length], mask[None, :length])
            for ids, mask, length in zip(token_ids, token_mask, lengths, strict=True)
        ]
        chunks, scores = (torch.cat(parts) for parts in zip(*found, strict=True))
        return Encoded(z=attend(chunks, scores, chunk_case, n_cases))


def compile_net(net: CaseNet, golden: ModelBatch, *, cache: Path, name: str, n_lanes: int = 1) -> CaseNet | None:
    """Give a copy of the network whose film and note encoders are compiled; None where torch has to do.

    golden: a batch that proves it; cache: a folder of ours; name: of the bundle's content, for the files in it;
    n_lanes: threads that will call it at once.
    """
    if find_spec("openvino") is None:
        return None
    try:
        encoders = {kind: _compile_encoder(net, kind, golden, cache, name, n_lanes) for kind in net.kinds}
    except (ExchangeError, RuntimeError, OSError, ValueError, TypeError) as error:
        # OpenVINO raises RuntimeError for whatever it cannot convert, read or compile.
        log.warning("encoders run in torch, OpenVINO failed: %s: %s", type(error).__name__, str(error)[:200])
        _discard(cache, name)
        return None
    fast = with_encoders(net, encoders)
    with torch.inference_mode():
        gap = float((fast(golden) - net(golden)).abs().max())
    if not gap <= TOLERANCE:
        log.warning("encoders run in torch: compiled ones differ by %.2g in logits (at most %g)", gap, TOLERANCE)
        _discard(cache, name)
        return None
    return fast


def _discard(cache: Path, name: str) -> None:
    """Let what failed be made anew the next time; where nothing can be deleted torch goes on answering."""
    for file in cache.glob(f"{name}-*"):
        with contextlib.suppress(OSError):
            file.unlink()


def with_encoders(net: CaseNet, encoders: Mapping[InputKind, nn.Module]) -> CaseNet:
    """Give the network with other encoders; everything behind them is shared."""
    fast = object.__new__(type(net))
    fast.__dict__ = dict(net.__dict__)
    fast.__dict__["_modules"] = dict(net._modules)
    fast.encoders = nn.ModuleDict({kind.value: encoder for kind, encoder in encoders.items()})
    return fast


def _compile_encoder(
    net: CaseNet, kind: InputKind, golden: ModelBatch, cache: Path, name: str, n_lanes: int
) -> nn.Module:
    parts = parts_of(net.encoders[kind.value])
    if not all(_can_compile(part, net) for part in parts):
        return net.encoders[kind.value]
    made = []
    for number, part in enumerate(parts):
        file = cache / f"{name}-{kind.value}{number}-{GRAPHS}.xml"
        graph = _compiled(graph_of(pool_first(part), golden, net.spec), file, n_lanes)
        dim = cast(int, part.dim)
        made.append(CompiledImage(graph, dim) if kind is InputKind.IMAGE else CompiledNotes(graph, dim))
    return made[0] if len(made) == 1 else JoinedEncoder(made)


def _can_compile(encoder: nn.Module, net: CaseNet) -> bool:
    """Tell what gains by it: films and BERTs; vital signs and recordings cost next to nothing."""
    is_film = isinstance(encoder, ImageEncoder) and net.spec.image is not None and not net.spec.image.slices
    return is_film or isinstance(encoder, BertNotes)


def _compiled(graph: EncoderGraph, file: Path, n_lanes: int) -> Graph:
    openvino = _silent_openvino()
    core = openvino.Core()
    file = file.with_stem(f"{file.stem}-{openvino.get_version().split('-')[0]}")
    if not file.is_file():
        _write(_convert(graph), file)
    # Never bfloat16, which some CPUs would choose. Threads that are tied to a core wait for what else runs on it: of a
    # case that is waited for nothing does, of a batch a reader.
    properties = {
        "INFERENCE_PRECISION_HINT": "f32",
        "NUM_STREAMS": n_lanes,
        "INFERENCE_NUM_THREADS": n_lanes * torch.get_num_threads(),
        "ENABLE_CPU_PINNING": n_lanes == 1,
    }
    return Graph(core.compile_model(core.read_model(file), "CPU", properties))


def _silent_openvino() -> ModuleType:
    """Import OpenVINO without its reporter, which tells its makers of every import."""
    sys.modules.setdefault("openvino_telemetry", cast(ModuleType, None))
    return import_module("openvino")


def _convert(graph: EncoderGraph) -> openvino.Model:
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    examples = tuple(tensor[:1].contiguous() for tensor in graph.inputs.values())
    with torch.no_grad(), _quiet():
        decoder = TorchScriptPythonDecoder(graph.module.eval(), example_input=examples)
    front_end = FrontEndManager().load_by_framework("pytorch")
    model = front_end.convert(front_end.load(decoder))
    shapes = [[1, -1] if graph.longest else list(example.shape) for example in examples]
    model.reshape(dict(zip(model.inputs, shapes, strict=True)))
    return model


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep tracing off the terminal: what depends on a note's length does so in the graph too, the tests see to it."""
    teller = logging.getLogger("transformers")
    level = teller.level
    teller.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        teller.setLevel(level)


def _write(model: openvino.Model, file: Path) -> None:
    """Write weights, then the graph that stands for both, each under another name first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_stem(f"{file.stem}.{os.getpid()}")
    _silent_openvino().save_model(model, unfinished, compress_to_fp16=False)
    os.replace(unfinished.with_suffix(".bin"), file.with_suffix(".bin"))
    os.replace(unfinished, file)

"""Embeddings of encoders that stand still, kept on disk by content: a fold then trains the fusion alone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from medmm.core.quality import InputKind
from medmm.models.batch import ModelBatch
from medmm.models.multimodal import MultimodalNet
from medmm.training.config import StageConfig
from medmm.training.examples import Example, kinds_of, make_batch
from medmm.training.loss import Known

Vectors = dict[str, NDArray[np.float32]]
BATCH = 32


def still_kinds(stage: StageConfig) -> frozenset[InputKind]:
    """Name the inputs of a stage whose encoders do not change in it."""
    still = frozenset(kind for kind in stage.frozen if not stage.unfreeze_layers.get(kind))
    return still - {InputKind.IMAGE} if stage.inputs == "records" else still


def trained_on(net: MultimodalNet, stage: StageConfig) -> frozenset[InputKind]:
    """Name the inputs that are trained on by their embeddings.

    None while the image encoder learns: its pictures are augmented anew in every epoch, and the rest costs nothing
    beside it.
    """
    still = still_kinds(stage)
    learns = InputKind.IMAGE in net.kinds and stage.inputs == "all" and InputKind.IMAGE not in still
    return frozenset() if learns else still


class EmbeddingCache:
    """Embeddings by case and kind; what an earlier fold, stage or run embedded comes from the disk.

    kinds: inputs whose encoders stand still; size: pixels of the images, None for those of the spec.
    """

    def __init__(
        self,
        net: MultimodalNet,
        kinds: frozenset[InputKind],
        examples: Sequence[Example],
        folder: Path,
        *,
        size: int | None = None,
    ) -> None:
        self.kinds = kinds
        self._size = size
        self.n_computed = 0
        self._vectors: dict[tuple[InputKind, int], Tensor] = {}
        self._device = next(net.parameters()).device
        self._widths: dict[InputKind, int] = {}
        for kind in self.kinds:
            self._fill(net, examples, kind, folder)

    def known(self, examples: Sequence[Example]) -> Mapping[InputKind, Known]:
        """Give the embeddings of a batch."""
        found: dict[InputKind, Known] = {}
        for kind in self.kinds:
            rows = [self._vectors.get((kind, id(example))) for example in examples]
            empty = torch.zeros(self._widths[kind])
            z = torch.stack([empty if row is None else row for row in rows]).to(self._device)
            found[kind] = (z, torch.tensor([row is not None for row in rows], device=self._device))
        return found

    def _fill(self, net: MultimodalNet, examples: Sequence[Example], kind: InputKind, folder: Path) -> None:
        encoder = net.encoders[kind.value]
        self._widths[kind] = int(next(iter(net.projections[kind.value].parameters())).shape[1])
        path = folder / f"{kind.value}-{_size_name(net, kind, self._size)}{weights_hash(encoder)[:24]}.npz"
        stored = _load(path)
        others = frozenset(net.kinds) - {kind}
        having = [example for example in examples if kind in kinds_of(example, net.spec)]
        keys = {id(e): input_hash(make_batch([e], net.spec, size=self._size, without=others).inputs) for e in having}
        missing = [example for example in having if keys[id(example)] not in stored]
        was_training = encoder.training
        encoder.eval()
        for part in _parts(missing):
            batch = make_batch(part, net.spec, size=self._size, without=others).inputs.to(self._device)
            with torch.no_grad():
                z = net.encode(batch)[kind].z.float().cpu().numpy()
            stored |= {keys[id(example)]: row for example, row in zip(part, z, strict=True)}
        encoder.train(was_training)
        if missing:
            _save(path, stored)
        self.n_computed += len(missing)
        self._vectors |= {(kind, id(e)): torch.from_numpy(stored[keys[id(e)]]) for e in having}


def _size_name(net: MultimodalNet, kind: InputKind, size: int | None) -> str:
    if kind is not InputKind.IMAGE or net.spec.image is None:
        return ""
    full = net.spec.image.rows if net.spec.image.rows == net.spec.image.cols else "full"
    return f"{size or full}-"


def weights_hash(encoder: nn.Module) -> str:
    """Hash everything that an encoder computes with."""
    digest = hashlib.sha256()
    # Not its state dict: what is rebuilt whenever the net is, such as the rarity of words, counts too.
    for name, tensor in (*encoder.named_parameters(), *encoder.named_buffers()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()


def input_hash(batch: ModelBatch) -> str:
    """Hash what reaches the encoder of one case."""
    digest = hashlib.sha256()
    for field in fields(batch):
        tensor = getattr(batch, field.name)
        if isinstance(tensor, Tensor) and field.name != "present":
            digest.update(f"{field.name} {list(tensor.shape)}".encode())
            digest.update(tensor.contiguous().numpy().tobytes())
    return digest.hexdigest()


def _parts(examples: Sequence[Example]) -> Iterator[Sequence[Example]]:
    for start in range(0, len(examples), BATCH):
        yield examples[start : start + BATCH]


def _load(path: Path) -> Vectors:
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as found:
        return dict(zip(found["keys"].tolist(), found["z"], strict=True))


def _save(path: Path, stored: Vectors) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new.npz")
    np.savez(unfinished, keys=np.array(list(stored)), z=np.stack(list(stored.values())))
    os.replace(unfinished, path)

"""Logits of many examples for several subsets of inputs at once: encoders run once, the head once per subset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from medmm.core.quality import InputKind
from medmm.models.case_net import CaseNet
from medmm.training.embedding_cache import EmbeddingCache
from medmm.training.examples import Example, make_batch

BATCH = 32
Subset = frozenset[InputKind]


def predict_logits(
    net: CaseNet, examples: Sequence[Example], subsets: Iterable[Subset], *, cache: EmbeddingCache | None = None
) -> dict[Subset, NDArray[np.float64]]:
    """Return logits [N, F] per subset; NaN in the rows of cases that have none of the subset's inputs.

    cache: embeddings of encoders that stand still, which are not run then.
    """
    wanted = list(subsets)
    parts: dict[Subset, list[NDArray[np.float64]]] = {subset: [] for subset in wanted}
    needed, known = frozenset().union(*wanted), cache.kinds if cache else frozenset()
    was_training = net.training
    net.eval()
    device = next(net.parameters()).device
    with torch.inference_mode():
        for start in range(0, len(examples), BATCH):
            part = examples[start : start + BATCH]
            without = (frozenset(net.kinds) - needed) | known
            batch = make_batch(part, net.spec, without=without).inputs.to(device)
            z = {kind: encoded.z for kind, encoded in net.encode(batch).items()}
            present = batch.present.clone()
            for kind, (vectors, has) in (cache.known(part) if cache else {}).items():
                z[kind] = vectors
                present[:, net.kinds.index(kind)] = has
            for subset in wanted:
                mask = present & torch.tensor([kind in subset for kind in net.kinds], device=device)
                logits = net.fuse(z, mask).cpu().double()
                logits[~mask.any(dim=1).cpu()] = float("nan")
                parts[subset].append(logits.numpy())
    net.train(was_training)
    return {subset: np.concatenate(rows) for subset, rows in parts.items()}


def labels_of(examples: Sequence[Example]) -> NDArray[np.float64]:
    """Stack the labels [N, F], NaN where unknown."""
    return np.array([example.row.labels for example in examples], dtype=np.float64)


def all_subsets(kinds: Sequence[InputKind]) -> list[Subset]:
    """List every non-empty subset of the inputs, the largest first."""
    found = [
        frozenset(kind for place, kind in enumerate(kinds) if bits >> place & 1) for bits in range(1, 2 ** len(kinds))
    ]
    return sorted(found, key=lambda subset: (-len(subset), sorted(subset)))

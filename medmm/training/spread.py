"""Measure how the embeddings of calibration cases lie: the part of a bundle that knows a stranger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.covariance import LedoitWolf
from sklearn.model_selection import KFold

from medmm.core.quality import InputKind
from medmm.models.bundle import load_bundle, seal_bundle
from medmm.models.case_net import CaseNet
from medmm.models.spread import Spread, write_spread
from medmm.training.examples import Example, make_batch

# Below this the smallest p-value that can be is 1 %, and nothing could ever be called a stranger.
MIN_CASES = 120
FOLDS, SEED, BATCH = 5, 0, 32
Array = NDArray[np.float64]


def measure_spread(net: CaseNet, examples: Sequence[Example]) -> dict[InputKind, Spread]:
    """Measure every input of which there are enough cases; they must not have taught the network."""
    found = _embeddings(net, examples)
    return {kind: spread_of(z) for kind, z in found.items() if len(z) >= MIN_CASES}


def spread_of(z: Array) -> Spread:
    """Measure embeddings [n, d]: mean and shrunk covariance (Ledoit and Wolf 2004) of all, distances out of fold.

    A case that took part in the covariance lies nearer than one that did not, so its own distance would be too short.
    """
    mean, whitening = _fitted(z)
    distances = np.zeros(len(z))
    for seen, held in KFold(FOLDS, shuffle=True, random_state=SEED).split(z):
        own_mean, own_whitening = _fitted(z[seen])
        distances[held] = (((z[held] - own_mean) @ own_whitening) ** 2).sum(axis=1)
    return Spread(*(torch.from_numpy(part).float() for part in (mean, whitening, np.sort(distances))))


def add_spread(folder: Path, examples: Sequence[Example]) -> tuple[InputKind, ...]:
    """Add what is measured on calibration cases to a bundle that was published without it, and seal it again.

    Returns the inputs that had enough cases. The bundle gets another SHA-256; a signature has to be made anew.
    """
    _, net = load_bundle(folder)
    spreads = measure_spread(net, examples)
    write_spread(folder, spreads)
    seal_bundle(folder)
    return tuple(spreads)


def _fitted(z: Array) -> tuple[Array, Array]:
    covariance = LedoitWolf().fit(z)
    # precision = W W^T, so |(z - mean) W| is the Mahalanobis length.
    whitening: Array = np.linalg.cholesky(np.linalg.inv(covariance.covariance_ + 1e-9 * np.eye(z.shape[1])))
    return covariance.location_, whitening


def _embeddings(net: CaseNet, examples: Sequence[Example]) -> dict[InputKind, Array]:
    parts: dict[InputKind, list[Array]] = {kind: [] for kind in net.kinds}
    was_training, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.inference_mode():
        for start in range(0, len(examples), BATCH):
            batch = make_batch(examples[start : start + BATCH], net.spec).inputs.to(device)
            for kind, encoded in net.encode(batch).items():
                has = batch.present[:, net.kinds.index(kind)]
                parts[kind].append(encoded.z[has].double().cpu().numpy())
    net.train(was_training)
    return {kind: np.concatenate(rows) for kind, rows in parts.items() if rows}

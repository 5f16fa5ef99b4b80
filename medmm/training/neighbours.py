"""Take training cases into a bundle as vectors, and measure whether what lies near tells anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.quality import InputKind
from medmm.models.case_net import CaseNet
from medmm.models.neighbours import N_NEAREST, UNKNOWN_LABEL, Neighbours, make_neighbours
from medmm.training import weighted
from medmm.training.bootstrap import Draws, Estimate, Weights, estimates, make_draws
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example, make_batch
from medmm.training.patients import SIMULATED
from medmm.training.scores import all_subsets, labels_of

BATCH = 32
# Vectors of as many cases take under a megabyte.
N_SIMULATED = 1000
Case = TypeVar("Case")
Array = NDArray[np.float64]


@dataclass(frozen=True)
class NearFinding:
    """How well the share of the nearest with a finding ranks held-out cases, with all their inputs.

    by_lot: the same of cases drawn by lot; share_with, share_without: mean share for cases with, without the finding.
    """

    name: str
    n: int
    positives: int
    auroc: Estimate
    by_lot: Estimate
    share_with: float
    share_without: float


@dataclass(frozen=True)
class NearFigures:
    """by_inputs: mean AUROC over the findings for each set of inputs that is compared, and of cases drawn by lot."""

    n_held_out: int
    findings: tuple[NearFinding, ...]
    by_inputs: Mapping[str, Estimate]


@dataclass(frozen=True)
class Near:
    """What a bundle gets. figures: None where there was no held-out case to measure on."""

    neighbours: Neighbours
    figures: NearFigures | None
    are_simulated: bool


def near_cases(net: CaseNet, config: TrainingConfig, examples: Sequence[Example]) -> Near | None:
    """Draw a run's training cases for its bundle, as many as the configuration says; None for none.

    Where it says nothing, simulated ones are taken and patients are not: their vectors would travel with the bundle.
    Films of the domains are never among them.
    """
    are_simulated = config.simulate is not None
    usual = N_SIMULATED if are_simulated else 0
    n = usual if config.neighbours is None else config.neighbours
    own = [example for example in examples if example.row.domain == SIMULATED]
    trained, tested = ([e for e in own if e.row.part == part] for part in ("train", "test"))
    taken = draw_cases(trained, n=n, seed=config.seed)
    return make_near(net, taken, tested, are_simulated=are_simulated, samples=config.bootstrap, seed=config.seed)


def make_near(
    net: CaseNet,
    taken: Sequence[Example],
    held_out: Sequence[Example],
    *,
    are_simulated: bool,
    samples: int,
    seed: int,
) -> Near | None:
    """Encode training cases and measure on held-out ones; None where no case is taken."""
    if not taken:
        return None
    neighbours = neighbours_of(net, taken, are_simulated=are_simulated)
    figures = measure_neighbours(net, neighbours, held_out, samples=samples, seed=seed) if held_out else None
    return Near(neighbours, figures, are_simulated)


def draw_cases(cases: Sequence[Case], *, n: int, seed: int) -> list[Case]:
    """Draw by lot: the order then says nothing of who they are."""
    return [cases[place] for place in np.random.default_rng(seed).permutation(len(cases))[:n]]


def neighbours_of(net: CaseNet, examples: Sequence[Example], *, are_simulated: bool) -> Neighbours:
    """Encode training cases and keep what the fusion sees of them."""
    vectors, present = _projected(net, examples)
    labels = labels_of(examples)
    kept = np.where(np.isnan(labels), UNKNOWN_LABEL, labels > 0.5).astype(np.int8)
    simulated = torch.full((len(examples),), are_simulated)
    return make_neighbours(vectors, labels=torch.from_numpy(kept), present=present, simulated=simulated)


def measure_neighbours(
    net: CaseNet, neighbours: Neighbours, held_out: Sequence[Example], *, samples: int, seed: int
) -> NearFigures:
    """Ask of cases that were not trained on whether their nearest had what they have."""
    vectors, present = _projected(net, held_out)
    labels = labels_of(held_out)
    draws = make_draws([example.row.patient for example in held_out], samples=samples, seed=seed)
    shares = {
        "+".join(kind.value for kind in net.kinds if kind in subset): _shares(neighbours, vectors, present, subset)
        for subset in all_subsets(net.kinds)
    }
    rng = np.random.default_rng(seed)
    by_lot = np.stack([_share(neighbours, rng.permutation(len(neighbours))[:N_NEAREST]) for _ in held_out])
    everything = next(iter(shares.values()))
    findings = tuple(
        _finding(name, labels[:, place], everything[:, place], by_lot[:, place], draws)
        for place, name in enumerate(net.spec.findings)
    )
    by_inputs = {name: _mean_auroc(labels, own, draws) for name, own in {**shares, "by lot": by_lot}.items()}
    return NearFigures(len(held_out), findings, by_inputs)


def _projected(net: CaseNet, examples: Sequence[Example]) -> tuple[dict[InputKind, Tensor], Tensor]:
    """Give what the fusion sees of every input [N, d], 0 where it is absent, and presence [N, K]."""
    parts: dict[InputKind, list[Tensor]] = {kind: [] for kind in net.kinds}
    present: list[Tensor] = []
    was_training, device = net.training, next(net.parameters()).device
    net.eval()
    with torch.inference_mode():
        # The width of an input that none of a batch has.
        widths = {kind: rows.shape[1] for kind, rows in net.projected(_zeros(net, device)).items()}
        for start in range(0, len(examples), BATCH):
            batch = make_batch(examples[start : start + BATCH], net.spec).inputs.to(device)
            seen = net.projected({kind: encoded.z for kind, encoded in net.encode(batch).items()})
            present.append(batch.present.cpu())
            for kind in net.kinds:
                rows = seen.get(kind, torch.zeros(batch.size, widths[kind])).cpu()
                parts[kind].append(rows * present[-1][:, [net.kinds.index(kind)]])
    net.train(was_training)
    return {kind: torch.cat(rows) for kind, rows in parts.items()}, torch.cat(present)


def _zeros(net: CaseNet, device: torch.device) -> dict[InputKind, Tensor]:
    return {kind: torch.zeros(1, cast(int, net.encoders[kind.value].dim), device=device) for kind in net.kinds}


def _shares(
    neighbours: Neighbours, vectors: Mapping[InputKind, Tensor], present: Tensor, subset: frozenset[InputKind]
) -> Array:
    """Give of every case and finding the share of the nearest that had it, comparing what it has of these inputs."""
    rows = []
    for case in range(len(present)):
        own = [kind for place, kind in enumerate(vectors) if kind in subset and bool(present[case, place])]
        found = neighbours.nearest({kind: vectors[kind][case : case + 1] for kind in own}) if own else ()
        rows.append(_share(neighbours, np.array([place for place, _ in found], dtype=np.intp)))
    return np.stack(rows)


def _share(neighbours: Neighbours, places: NDArray[np.intp]) -> Array:
    """Share with each finding among cases of which it is known, NaN where that is none."""
    labels = neighbours.labels.numpy()[places].astype(np.float64)
    known = labels != UNKNOWN_LABEL
    n_known = known.sum(axis=0).astype(np.float64)
    return _over((labels * known).sum(axis=0), n_known)


def _finding(name: str, labels: Array, shares: Array, by_lot: Array, draws: Draws) -> NearFinding:
    known = ~(np.isnan(labels) | np.isnan(shares))
    has = labels[known] > 0.5
    return NearFinding(
        name=name,
        n=int(known.sum()),
        positives=int(has.sum()),
        auroc=_auroc(labels, shares, draws),
        by_lot=_auroc(labels, by_lot, draws),
        share_with=_mean(shares[known][has]),
        share_without=_mean(shares[known][~has]),
    )


def _mean(values: Array) -> float:
    return float(values.mean()) if values.size else float("nan")


def _auroc(labels: Array, shares: Array, draws: Draws) -> Estimate:
    (found,) = estimates(draws, lambda weights: _areas(labels, shares, weights)[:, None])
    return found


def _mean_auroc(labels: Array, shares: Array, draws: Draws) -> Estimate:
    """Mean over the findings that have both classes in a draw."""

    def mean(weights: Weights) -> Array:
        areas = np.stack([_areas(labels[:, k], shares[:, k], weights) for k in range(labels.shape[1])], axis=1)
        usable = np.isfinite(areas)
        total = np.where(usable, areas, 0.0).sum(axis=1, keepdims=True)
        return _over(total, usable.sum(axis=1, keepdims=True).astype(np.float64))

    (found,) = estimates(draws, mean)
    return found


def _areas(labels: Array, shares: Array, weights: Weights) -> Array:
    known = ~(np.isnan(labels) | np.isnan(shares))
    if not known.any():
        return np.full(len(weights), np.nan)
    return weighted.auroc((labels[known] > 0.5).astype(np.float64), shares[known], weights[:, known])


def _over(total: Array, count: Array) -> Array:
    found: Array = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return found

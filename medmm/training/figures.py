"""The figures of one domain: AUROC per finding and subset of inputs, gain of the fusion, calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.models.calibration import Calibration
from medmm.training.bootstrap import Estimate, bootstrap
from medmm.training.metrics import (
    auroc_per_finding,
    expected_calibration_error,
    mean_auroc,
    negative_log_likelihood,
    sigmoid,
)
from medmm.training.scores import Subset

Array = NDArray[np.float64]


@dataclass(frozen=True)
class FindingFigures:
    """One finding with all inputs: n with a known label, positives, AUROC, sensitivity and specificity."""

    name: str
    n: int
    positives: int
    auroc: Estimate
    sensitivity: float
    specificity: float


@dataclass(frozen=True)
class DomainFigures:
    """One domain. by_subset: mean AUROC over findings; gain: fused - best single input, paired on the same draws."""

    domain: str
    n_cases: int
    n_patients: int
    findings: tuple[FindingFigures, ...]
    by_subset: Mapping[str, Estimate]
    best_single: str
    gain: Estimate | None
    ece: tuple[float, float]
    nll: tuple[float, float]


def subset_name(subset: Subset) -> str:
    """Name a subset: image+note."""
    return "+".join(sorted(subset))


def measure(
    domain: str,
    findings: Sequence[str],
    labels: Array,
    logits: Mapping[Subset, Array],
    patients: Sequence[str],
    calibration: Calibration,
    *,
    samples: int,
    seed: int,
) -> DomainFigures:
    """Measure every figure with patient-clustered intervals. labels, logits[subset]: [N, F]."""
    usable = {subset: values for subset, values in logits.items() if np.isfinite(values).any()}
    full = max(usable, key=len)
    by_subset = {
        subset_name(subset): _mean_estimate(labels, values, patients, samples, seed)
        for subset, values in usable.items()
    }
    singles = {subset: mean_auroc(labels, values) for subset, values in usable.items() if len(subset) == 1}
    best = max(singles, key=lambda subset: singles[subset])
    temperatures = np.array([calibration.temperatures[name] for name in findings])
    cooled = usable[full] / temperatures
    return DomainFigures(
        domain=domain,
        n_cases=len(labels),
        n_patients=len(set(patients)),
        findings=_per_finding(findings, labels, cooled, patients, calibration, samples, seed),
        by_subset=by_subset,
        best_single=subset_name(best),
        gain=_gain(labels, usable[full], usable[best], patients, samples, seed) if len(full) > 1 else None,
        ece=(_ece(labels, usable[full]), _ece(labels, cooled)),
        nll=(negative_log_likelihood(labels, usable[full]), negative_log_likelihood(labels, cooled)),
    )


def _mean_estimate(labels: Array, scores: Array, patients: Sequence[str], samples: int, seed: int) -> Estimate:
    def statistic(rows: NDArray[np.intp]) -> float:
        return mean_auroc(labels[rows], scores[rows])

    return bootstrap(statistic, patients, samples=samples, seed=seed)


def _ece(labels: Array, logits: Array) -> float:
    return expected_calibration_error(labels, sigmoid(logits))


def _gain(labels: Array, fused: Array, single: Array, patients: Sequence[str], samples: int, seed: int) -> Estimate:
    def difference(rows: NDArray[np.intp]) -> float:
        y = labels[rows]
        return float(np.nanmean(auroc_per_finding(y, fused[rows]) - auroc_per_finding(y, single[rows])))

    return bootstrap(difference, patients, samples=samples, seed=seed)


def _per_finding(
    findings: Sequence[str],
    labels: Array,
    cooled: Array,
    patients: Sequence[str],
    calibration: Calibration,
    samples: int,
    seed: int,
) -> tuple[FindingFigures, ...]:
    figures = []
    for place, name in enumerate(findings):
        y, z = labels[:, place], cooled[:, place]
        known = ~(np.isnan(y) | np.isnan(z))
        if not known.any():
            continue
        called = sigmoid(z) >= calibration.thresholds[name]
        ill, well = known & (y > 0.5), known & (y <= 0.5)
        estimate = _mean_estimate(y[:, None], z[:, None], patients, samples, seed)
        figures.append(
            FindingFigures(name, int(known.sum()), int(ill.sum()), estimate, _share(called, ill), _share(~called, well))
        )
    return tuple(figures)


def _share(called: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(called[among].mean()) if among.any() else float("nan")

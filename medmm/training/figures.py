"""The figures of one domain: every finding from every subset of inputs, subgroups, comparisons, calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from medmm.core.quality import InputKind
from medmm.inference.cooling import class_log_probabilities, cooled_logits
from medmm.models.calibration import Calibration
from medmm.training.bootstrap import Draws, Estimate, make_draws
from medmm.training.class_figures import ClassFigures, measure_classes
from medmm.training.comparisons import Comparison, averaged, closest_single, compare, stacked
from medmm.training.exclusive import class_nll
from medmm.training.finding_figures import FindingFigures, measure_finding
from medmm.training.mean_area import estimate_mean_auroc
from medmm.training.metrics import expected_calibration_error, negative_log_likelihood, sigmoid
from medmm.training.subgroups import SubgroupFigures, measure_subgroups

Array = NDArray[np.float64]
Subset = frozenset[InputKind]


@dataclass(frozen=True)
class DomainScores:
    """What is measured: labels [N, F] and logits [N, F] per subset of inputs, NaN where unknown.

    groups: grouping ("sex") -> the value of every case, empty where unknown; head: of the model's spec.
    """

    domain: str
    findings: tuple[str, ...]
    labels: Array
    logits: Mapping[Subset, Array]
    patients: tuple[str, ...]
    calibration: Calibration
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    head: str = "sigmoid"

    @property
    def usable(self) -> dict[Subset, Array]:
        """Give the subsets of which some case has an input."""
        return {subset: values for subset, values in self.logits.items() if np.isfinite(values).any()}

    @property
    def full(self) -> Subset:
        """Give the subset of all inputs."""
        return max(self.usable, key=len)

    def cooled(self, subset: Subset) -> Array:
        """Give the logits of a subset after temperature."""
        temperatures = np.array([self.calibration.temperatures[name] for name in self.findings])
        return cooled_logits(self.logits[subset], temperatures, head=self.head)


@dataclass(frozen=True)
class DomainFigures:
    """One domain. findings: with all inputs; subsets: every finding from each subset of inputs.

    by_subset: mean AUROC over findings; best_single: the single input that is hardest to beat; gain: all inputs less
    it, paired; comparisons: the same against every rival; n_left_out: groups times findings too small to be shown;
    classes: of a softmax head, all classes at once; its nll is theirs, else the mean over findings.
    """

    domain: str
    n_cases: int
    n_patients: int
    findings: tuple[FindingFigures, ...]
    by_subset: Mapping[str, Estimate]
    best_single: str
    gain: Estimate | None
    ece: tuple[float, float]
    nll: tuple[float, float]
    subsets: Mapping[str, tuple[FindingFigures, ...]]
    comparisons: tuple[Comparison, ...]
    subgroups: tuple[SubgroupFigures, ...]
    n_left_out: int
    classes: ClassFigures | None = None


def subset_name(subset: Subset) -> str:
    """Name a subset: image+note."""
    return "+".join(sorted(subset))


def measure(scores: DomainScores, *, samples: int, seed: int) -> DomainFigures:
    """Measure every figure with patient-clustered intervals, all on the same draws."""
    draws = make_draws(scores.patients, samples=samples, seed=seed)
    cooled = scores.cooled(scores.full)
    subsets = {subset_name(subset): _findings(scores, subset, draws) for subset in scores.usable}
    comparisons = compare_all(scores, draws, seed=seed)
    singles = {subset_name(subset) for subset in scores.usable if len(subset) == 1}
    closest = closest_single([one for one in comparisons if one.rival in singles])
    groups, n_left_out = measure_subgroups(
        scores.findings, scores.labels, cooled, scores.groups, draws, scores.calibration.thresholds
    )
    before, labels = scores.logits[scores.full], scores.labels
    return DomainFigures(
        domain=scores.domain,
        n_cases=len(labels),
        n_patients=len(set(scores.patients)),
        findings=subsets[subset_name(scores.full)],
        by_subset={subset_name(s): estimate_mean_auroc(labels, values, draws) for s, values in scores.usable.items()},
        best_single=closest.rival if closest else min(singles, default=""),
        gain=closest.difference if closest else None,
        ece=(_ece(labels, before), _ece(labels, cooled)),
        nll=_nll(scores),
        subsets=subsets,
        comparisons=comparisons,
        subgroups=groups,
        n_left_out=n_left_out,
        classes=measure_classes(scores.findings, labels, cooled, draws) if scores.head == "softmax" else None,
    )


def compare_all(scores: DomainScores, draws: Draws, *, seed: int) -> tuple[Comparison, ...]:
    """Compare all inputs with every single one, with the mean of their logits and with a logistic stack of them."""
    if len(scores.full) < 2:
        return ()
    singles = {subset_name(s): values for s, values in scores.usable.items() if len(s) == 1}
    rivals = dict(singles)
    if len(singles) > 1:
        rivals["mean of single logits"] = averaged(singles)
        rivals["logistic stack of single inputs"] = stacked(scores.labels, singles, scores.patients, seed=seed)
    fused = scores.logits[scores.full]
    found = (compare(name, scores.labels, fused, other, draws) for name, other in rivals.items())
    return tuple(one for one in found if one is not None)


def _findings(scores: DomainScores, subset: Subset, draws: Draws) -> tuple[FindingFigures, ...]:
    cooled, thresholds = scores.cooled(subset), scores.calibration.thresholds
    found = (
        measure_finding(
            name,
            scores.labels[:, place],
            cooled[:, place],
            draws,
            threshold=thresholds[name],
            line_draws=draws if subset == scores.full else None,
        )
        for place, name in enumerate(scores.findings)
    )
    return tuple(one for one in found if one is not None)


def _nll(scores: DomainScores) -> tuple[float, float]:
    stages = scores.logits[scores.full], scores.cooled(scores.full)
    if scores.head == "softmax":
        before, after = (class_nll(scores.labels, class_log_probabilities(logits)) for logits in stages)
    else:
        before, after = (negative_log_likelihood(scores.labels, logits) for logits in stages)
    return before, after


def _ece(labels: Array, logits: Array) -> float:
    return expected_calibration_error(labels, sigmoid(logits))

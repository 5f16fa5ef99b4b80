"""Fit a bundle's calibration on labelled cases, and measure it on cases that had no part in the fit."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from medmm.core.errors import InvalidRecord
from medmm.core.words import Words
from medmm.inference.confidence import operating_points, score_findings
from medmm.inference.conformal import ROUNDING, limits_for, needed_cases
from medmm.inference.cooling import cooled_logits
from medmm.models.calibration import Calibration
from medmm.training.bootstrap import Estimate, Weights, estimates, make_draws
from medmm.training.calibrate import ALPHA, calibrate_cases
from medmm.training.metrics import ECE_BINS, calibration_error_null, sigmoid
from medmm.training.pattern_scores import LabelledLogits

log = logging.getLogger(__name__)
Array = NDArray[np.float64]
Rows = NDArray[np.intp]
PARTS = 5
# What a class needs: in 19 of 20 sets of so many calibration cases the true class is among the possible answers at
# most this much more rarely than promised.
SLACK, CONFIDENCE = 0.1, 0.95
# Times 1 / alpha: with so many cases the band is narrower than the slack.
MOST = 50
N_FIGURES = 5


@dataclass(frozen=True)
class Losses:
    """NLL in nats and ECE under the former and the new calibration; nll_change: after less before, paired."""

    nll_before: Estimate
    nll_after: Estimate
    nll_change: Estimate
    ece_before: Estimate
    ece_after: Estimate


@dataclass(frozen=True)
class HeldOutFinding:
    """One finding on held-out cases; name "" is the mean over the findings.

    null_high: 95th percentile of the ECE that the probabilities after would have if they were exactly right;
    uncertain, missed, falsely_called: cases.
    """

    name: str
    n: int
    positives: int
    losses: Losses
    null_high: float = float("nan")
    uncertain: int = 0
    missed: int = 0
    falsely_called: int = 0


@dataclass(frozen=True)
class Part:
    """A calibration and the rows that had no part in it."""

    calibration: Calibration
    rows: Rows


@dataclass(frozen=True)
class HeldOutCases:
    """What a network of `findings` under a `head` says of labelled cases, and whose cases they are."""

    findings: tuple[str, ...]
    cases: LabelledLogits
    patients: Sequence[str]
    head: str


def enough_cases(alpha: float) -> int:
    """Give how many cases with, and how many without, a finding a recalibration needs.

    The share of cases whose true class stays possible is Beta(k, n + 1 - k) over calibration sets of n cases, with
    k = ceil((n + 1)(1 - alpha)) (Vovk 2012, "Conditional validity", proposition 2b).
    """
    n = np.arange(needed_cases(alpha), round(MOST / alpha))
    k = np.ceil((n + 1) * (1 - alpha) - ROUNDING)
    is_short = beta.ppf(1 - CONFIDENCE, k, n + 1 - k) < 1 - alpha - SLACK
    # The band widens where another rank is reached: enough is what no larger number falls short of.
    return int(n[is_short].max(initial=needed_cases(alpha) - 1)) + 1


def require_enough(findings: Sequence[str], labels: Array, left_out: Sequence[str], *, alpha: float = ALPHA) -> None:
    """Refuse too few cases of a class. labels: [N, F]. Raises InvalidRecord with the numbers found and needed."""
    needed = enough_cases(alpha)
    short = []
    for name, column in zip(findings, labels.T, strict=True):
        n_with, n_without = int((column > 0.5).sum()), int((column <= 0.5).sum())
        if name not in left_out and min(n_with, n_without) < needed:
            short.append(f"{name} {n_with} with and {n_without} without")
    if short:
        raise InvalidRecord(
            Words(
                "too few labelled cases: every finding needs {needed} with it and {needed} without it, found {short}",
                needed=needed,
                short="; ".join(short),
            ),
            Words(
                "Add cases, or name a finding with --leave-out: it keeps its former temperature and is always "
                "called uncertain."
            ),
        )


def fit_calibration(
    findings: tuple[str, ...], cases: LabelledLogits, former: Calibration | None, left_out: Sequence[str], *, head: str
) -> Calibration:
    """Fit all findings but those left out, which keep what they had and get no conformal scores."""
    if not left_out:
        return calibrate_cases(findings, cases, head=head)
    if former is None or not former.is_calibrated or head == "softmax":
        raise InvalidRecord(
            Words("no finding of this bundle can be left out"),
            Words("That needs a calibrated bundle whose findings do not exclude each other."),
        )
    labels = cases.labels.copy()
    labels[:, [findings.index(name) for name in left_out]] = np.nan
    found = calibrate_cases(findings, replace(cases, labels=labels), head=head)
    kept = {name: former.temperatures[name] for name in left_out}
    marks = {name: former.thresholds[name] for name in left_out}
    return replace(found, temperatures=found.temperatures | kept, thresholds=found.thresholds | marks)


def parts_of(patients: Sequence[str], *, seed: int) -> Iterator[tuple[Rows, Rows]]:
    """Divide the cases into five parts by patient; give the rows outside and inside of each."""
    names, owner = np.unique(np.asarray(patients), return_inverse=True)
    part = np.random.default_rng(seed).permutation(len(names)) % PARTS
    for number in range(PARTS):
        is_inside = part[owner] == number
        yield np.flatnonzero(~is_inside), np.flatnonzero(is_inside)


def measure_parts(
    measured: HeldOutCases, former: Calibration | None, parts: Sequence[Part], *, samples: int, seed: int
) -> tuple[HeldOutFinding, ...]:
    """Measure what the former and the new calibration say of the rows of the parts; the mean over findings first."""
    findings, cases, head = measured.findings, measured.cases, measured.head
    rows = np.concatenate([part.rows for part in parts])
    held = cases.of(rows)
    before = _cooled(findings, held.everything, former, head)
    after = np.concatenate([_cooled(findings, cases.everything[part.rows], part.calibration, head) for part in parts])
    calls = np.concatenate([_calls(findings, cases.of(part.rows), part.calibration, head) for part in parts])
    draws = make_draws([measured.patients[row] for row in rows.tolist()], samples=samples, seed=seed)
    stages = [(held.labels[:, k], before[:, k], after[:, k]) for k in range(len(findings))]
    found = estimates(draws, lambda weights: _statistics(stages, weights))
    losses = [Losses(*found[k * N_FIGURES : (k + 1) * N_FIGURES]) for k in range(len(findings) + 1)]
    every = [_finding(name, (*stages[k], calls[:, k]), losses[k]) for k, name in enumerate(findings)]
    mean = HeldOutFinding("", len(rows), int((held.labels > 0.5).any(axis=1).sum()), losses[-1])
    return (mean, *every)


def _finding(name: str, columns: tuple[Array, Array, Array, Array], losses: Losses) -> HeldOutFinding:
    labels, _, after, calls = columns
    known = ~np.isnan(labels)
    ill = labels[known] > 0.5
    said = calls[known]
    return HeldOutFinding(
        name,
        int(known.sum()),
        int(ill.sum()),
        losses,
        null_high=calibration_error_null(sigmoid(after[known]))[1],
        uncertain=int(np.isnan(said).sum()),
        missed=int((ill & (said == 0)).sum()),
        falsely_called=int((~ill & (said == 1)).sum()),
    )


def _cooled(findings: Sequence[str], logits: Array, calibration: Calibration | None, head: str) -> Array:
    is_calibrated = calibration is not None and calibration.is_calibrated
    known = calibration.temperatures if calibration is not None and is_calibrated else dict.fromkeys(findings, 1.0)
    return cooled_logits(logits, np.array([known[name] for name in findings]), head=head)


def _calls(findings: tuple[str, ...], cases: LabelledLogits, calibration: Calibration, head: str) -> Array:
    """Give the decisions [N, F]: 1 positive, 0 negative, NaN uncertain."""
    points = operating_points(findings, calibration)
    words = {"positive": 1.0, "negative": 0.0, "uncertain": np.nan}
    every = []
    for logits, own in zip(cases.everything, cases.own, strict=True):
        limits = limits_for(calibration, findings, own, head=head)
        scored = score_findings(logits.tolist(), points, head=head, limits=limits)
        every.append([words[score.decision] for score in scored])
    return np.array(every).reshape(-1, len(findings))


def _statistics(stages: Sequence[tuple[Array, Array, Array]], weights: Weights) -> Array:
    """Give NLL before, after and their difference, ECE before and after: [B, 5 (F + 1)], the means over F last."""
    columns = []
    for labels, before, after in stages:
        known = ~np.isnan(labels)
        y, w = labels[known], weights[:, known]
        nll = [_mean(np.logaddexp(0.0, z[known]) - y * z[known], w) for z in (before, after)]
        ece = [_calibration_errors(y, sigmoid(z[known]), w) for z in (before, after)]
        columns.append(np.stack([*nll, nll[1] - nll[0], *ece], axis=1))
    mean = np.nanmean(np.stack(columns), axis=0)
    return np.concatenate([*columns, mean], axis=1)


def _mean(values: Array, weights: Weights) -> Array:
    return _over(weights @ values, weights)


def _calibration_errors(labels: Array, probabilities: Array, weights: Weights) -> Array:
    bins = np.minimum((probabilities * ECE_BINS).astype(int), ECE_BINS - 1)
    in_bin = (bins[:, None] == np.arange(ECE_BINS)).astype(np.float64)
    gaps = np.abs((weights * (labels - probabilities)) @ in_bin).sum(axis=1)
    return _over(gaps, weights)


def _over(sums: Array, weights: Weights) -> Array:
    """Divide by the weights; NaN where there is nothing to weigh."""
    totals = weights.sum(axis=1)
    found: Array = np.divide(sums, totals, out=np.full_like(totals, np.nan), where=totals > 0)
    return found

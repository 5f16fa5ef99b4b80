"""Exact Shapley share of each input, and the score without it, from cached embeddings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import factorial

import numpy as np
from numpy.typing import NDArray

from medmm.core.prediction import Shares
from medmm.core.quality import InputKind

# Coalitions of inputs, bool [S, m] -> logits [S, F] of the fusion head.
Head = Callable[[NDArray[np.bool_]], NDArray[np.float64]]


def shapley_shares(head: Head, kinds: Sequence[InputKind], *, findings: Sequence[str]) -> dict[str, Shares]:
    """Divide each finding's logit exactly among the inputs that are present.

    head: gives the logits of every finding for coalitions of `kinds` (columns in that order), others absent;
    it is called once, with all 2^m coalitions. Formula: Shapley 1953; MODEL.md section 2.4.
    Returns for each finding shares with sum(by_kind) = total - baseline.
    """
    coalitions = all_coalitions(len(kinds))
    values = np.asarray(head(coalitions), dtype=np.float64)
    shares = shapley_matrix(len(kinds)) @ values
    return {
        finding: Shares(
            finding=finding,
            by_kind={kind: float(shares[i, f]) for i, kind in enumerate(kinds)},
            baseline=float(values[0, f]),
            total=float(values[-1, f]),
        )
        for f, finding in enumerate(findings)
    }


def with_own_heads(shares: Mapping[str, Shares], single: Mapping[InputKind, Mapping[str, float]]) -> dict[str, Shares]:
    """Add to each finding what every input says alone; single: logits by input and finding."""
    return {
        finding: replace(share, alone={kind: own[finding] for kind, own in single.items()})
        for finding, share in shares.items()
    }


def without_each(
    head: Head, kinds: Sequence[InputKind], *, findings: Sequence[str]
) -> dict[InputKind, dict[str, float]]:
    """Give every finding's logit when one input is taken away and the others stay."""
    rows = ~np.eye(len(kinds), dtype=bool)
    values = np.asarray(head(rows), dtype=np.float64) if kinds else np.zeros((0, len(findings)))
    return {kind: {finding: float(values[i, f]) for f, finding in enumerate(findings)} for i, kind in enumerate(kinds)}


def all_coalitions(n_inputs: int) -> NDArray[np.bool_]:
    """List the 2^m subsets as rows [2^m, m]; the first is empty, the last is full, column 0 is the highest bit."""
    return np.array(list(product((False, True), repeat=n_inputs)), dtype=bool).reshape(2**n_inputs, n_inputs)


def shapley_matrix(n_inputs: int) -> NDArray[np.float64]:
    """Weights [m, 2^m] that turn the values of all coalitions into Shapley shares."""
    coalitions = all_coalitions(n_inputs)
    sizes = coalitions.sum(axis=1)
    matrix = np.zeros((n_inputs, len(coalitions)))
    for i in range(n_inputs):
        member = coalitions[:, i]
        # A coalition with i enters with weight (|S|-1)! (m-|S|)! / m!, one without with minus |S|! (m-|S|-1)! / m!.
        matrix[i, member] = [_weight(size - 1, n_inputs) for size in sizes[member]]
        matrix[i, ~member] = [-_weight(size, n_inputs) for size in sizes[~member]]
    return matrix


def _weight(n_others: int, n_inputs: int) -> float:
    return factorial(n_others) * factorial(n_inputs - n_others - 1) / factorial(n_inputs)

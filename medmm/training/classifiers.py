"""Classical classifiers on the embeddings of the inputs, out of fold, in one table with intervals and times.

Everything is fitted inside the training folds: principal components, imputation, scaling, inner folds of the stack and
the choice of the best single input. Nothing is kept but scores, so there is nothing to serialise.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from medmm.training.bootstrap import NAN, Draws, Estimate, make_draws
from medmm.training.mean_area import estimate_mean_auroc
from medmm.training.metrics import auroc_per_finding
from medmm.training.pages.content import number, shown
from medmm.training.pages.page import Table

Array = NDArray[np.float64]
INNER_FOLDS = 3
CONTROL = "perceptron, best single input twice"
MIN_OF_A_CLASS = 2 * INNER_FOLDS
HIDDEN = 64
TREES, BOOSTS, LEAVES = 60, 40, 8
# Of each input, what the classifiers are shown: their time goes with the number of features.
COMPONENTS = 32
LEAST_DEVIATION = 1e-9


@dataclass(frozen=True)
class Embeddings:
    """by_input: [N, d] of every input, rows of NaN where a case lacks it; labels: [N, F], NaN where unknown.

    folds: [N], the fold in which each case is tested; patients: what the intervals resample; all of one patient's
    cases must be in one fold.
    """

    by_input: Mapping[str, Array]
    labels: Array
    folds: NDArray[np.intp]
    patients: tuple[str, ...]
    findings: tuple[str, ...]

    def __post_init__(self) -> None:
        fold_of: dict[str, int] = {}
        for patient, fold in zip(self.patients, self.folds.tolist(), strict=True):
            if fold_of.setdefault(patient, fold) != fold:
                raise ValueError(f"a patient's cases lie in folds {fold_of[patient]} and {fold}")


@dataclass(frozen=True)
class ClassifierRow:
    """One classifier: scores [N, F] out of fold, NaN where it could not be fitted; auroc: mean over findings."""

    name: str
    scores: Array
    auroc: Estimate
    by_finding: tuple[float, ...]
    seconds: float


# Fits on the training cases of one finding and scores the test cases: (inputs, truth, inputs, seed).
Blocks = Mapping[str, Array]
Scorer = Callable[[Blocks, NDArray[np.bool_], Blocks, int], Array]


def compare_classifiers(
    embeddings: Embeddings, *, heads: Mapping[str, Array] = MappingProxyType({}), samples: int = 2000, seed: int = 0
) -> tuple[ClassifierRow, ...]:
    """Score every classifier out of fold. heads: out-of-fold scores [N, F] of our own heads, put beside them."""
    draws = make_draws(embeddings.patients, samples=samples, seed=seed)
    rows = [_row(name, scores, embeddings, draws, NAN) for name, scores in heads.items()]
    for name, scorer in CLASSIFIERS.items():
        began = time.perf_counter()
        scores = _out_of_fold(embeddings, scorer, seed)
        rows.append(_row(name, scores, embeddings, draws, time.perf_counter() - began))
    return tuple(rows)


def classifier_table(rows: Sequence[ClassifierRow], findings: Sequence[str]) -> Table:
    """Set the rows as one table, the best first."""
    head = ("classifier", "mean AUROC", *findings, "seconds")
    ordered = sorted(rows, key=lambda row: -np.nan_to_num(row.auroc.value))
    return Table(
        head,
        tuple(
            (row.name, shown(row.auroc), *(number(value, 2) for value in row.by_finding), number(row.seconds, 1))
            for row in ordered
        ),
    )


def _row(name: str, scores: Array, embeddings: Embeddings, draws: Draws, seconds: float) -> ClassifierRow:
    by_finding = auroc_per_finding(embeddings.labels, scores)
    found = estimate_mean_auroc(embeddings.labels, scores, draws)
    return ClassifierRow(name, scores, found, tuple(by_finding.tolist()), seconds)


def score_held_out(
    by_input: Blocks, labels: Array, *, train: NDArray[np.bool_], test: NDArray[np.bool_], scorer: Scorer, seed: int
) -> Array:
    """Fit one classifier per finding on the rows of `train` and score those of `test`.

    by_input: [N, d] of every input, rows of NaN where it is lacking; labels: [N, F]. Gives [test rows, F], NaN where a
    finding is too rare to be learnt.
    """
    scores = np.full((int(test.sum()), labels.shape[1]), np.nan)
    # These fits are small: threads cost more than they save, much more where other work has the cores.
    with threadpool_limits(1):
        compact = {name: components(z, train) for name, z in by_input.items()}
        unseen = {name: z[test] for name, z in compact.items()}
        for k in range(labels.shape[1]):
            rows = train & ~np.isnan(labels[:, k])
            ill = labels[rows, k] > 0.5
            if min(int(ill.sum()), int((~ill).sum())) >= MIN_OF_A_CLASS:
                scores[:, k] = scorer({name: z[rows] for name, z in compact.items()}, ill, unseen, seed)
    return scores


def components(z: Array, train: NDArray[np.bool_]) -> Array:
    """Give the first principal components of one input's embeddings, learnt on the rows of `train`; NaN stays NaN."""
    seen = z[train & ~np.isnan(z).any(axis=1)]
    n = min(COMPONENTS, z.shape[1], len(seen) - 1)
    if n < 1:
        return np.full((len(z), 1), np.nan)
    scale = seen.std(axis=0)
    scale[scale < LEAST_DEVIATION] = 1.0
    _, deviations, axes = np.linalg.svd((seen - seen.mean(axis=0)) / scale, full_matrices=False)
    # One scale for all: brought to a deviation of 1 each, the last ones would count as much as the first.
    unit = max(float(deviations[0]) / np.sqrt(len(seen)), LEAST_DEVIATION)
    found: Array = ((z - seen.mean(axis=0)) / scale) @ axes[:n].T / unit
    return found


def _out_of_fold(embeddings: Embeddings, scorer: Scorer, seed: int) -> Array:
    scores = np.full(embeddings.labels.shape, np.nan)
    for fold in np.unique(embeddings.folds):
        test = embeddings.folds == fold
        scores[test] = score_held_out(
            embeddings.by_input, embeddings.labels, train=~test, test=test, scorer=scorer, seed=seed
        )
    return scores


def _filled(model: Any) -> Any:
    """Put mean and missing flag, learnt in training, before a model that knows no NaN."""
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline

    return make_pipeline(SimpleImputer(add_indicator=True, keep_empty_features=True), model)


def _fused(blocks: Blocks) -> Array:
    return np.concatenate([*blocks.values()], axis=1)


def _probabilities(model: Any, seen: Array, ill: NDArray[np.bool_], unseen: Array) -> Array:
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        # A budget of iterations is part of the comparison.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(seen, ill)
    found: Array = model.predict_proba(unseen)[:, 1]
    return found


def _support_vectors(seen: Blocks, ill: NDArray[np.bool_], unseen: Blocks, seed: int) -> Array:
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.svm import LinearSVC

    model = CalibratedClassifierCV(LinearSVC(C=0.01, random_state=seed), cv=INNER_FOLDS)
    return _probabilities(_filled(model), _fused(seen), ill, _fused(unseen))


def _forest(seen: Blocks, ill: NDArray[np.bool_], unseen: Blocks, seed: int) -> Array:
    from sklearn.ensemble import RandomForestClassifier

    model = RandomForestClassifier(TREES, min_samples_leaf=3, max_features="sqrt", random_state=seed)
    return _probabilities(_filled(model), _fused(seen), ill, _fused(unseen))


def _boosting(seen: Blocks, ill: NDArray[np.bool_], unseen: Blocks, seed: int) -> Array:
    from sklearn.ensemble import HistGradientBoostingClassifier

    # Trees send a missing value down the branch that served it best: nothing is filled in.
    model = HistGradientBoostingClassifier(
        max_iter=BOOSTS, max_leaf_nodes=LEAVES, learning_rate=0.1, l2_regularization=1.0, random_state=seed
    )
    return _probabilities(model, _fused(seen), ill, _fused(unseen))


def _logistic() -> Any:
    from sklearn.linear_model import LogisticRegression

    return _filled(LogisticRegression(C=0.05, max_iter=500))


def _logistic_regression(seen: Blocks, ill: NDArray[np.bool_], unseen: Blocks, seed: int) -> Array:
    return _probabilities(_logistic(), _fused(seen), ill, _fused(unseen))


def _stack(seen: Blocks, ill: NDArray[np.bool_], unseen: Blocks, seed: int) -> Array:
    """Learn how far to trust each input's probability from probabilities that were out of fold, too (Wolpert 1992)."""
    from sklearn.linear_model import LogisticRegression

    inner = np.stack([_inner_scores(block, ill, seed) for block in seen.values()], axis=1)
    outer = [_probabilities(_logistic(), seen[name], ill, unseen[name]) for name in seen]
    return _probabilities(LogisticRegression(C=1.0), _logit(inner), ill, _logit(np.stack(outer, axis=1)))


def _inner_scores(block: Array, ill: NDArray[np.bool_], seed: int) -> Array:
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(INNER_FOLDS, shuffle=True, random_state=seed)
    found: Array = cross_val_predict(_logistic(), block, ill, cv=folds, method="predict_proba")[:, 1]
    return found


def _logit(p: Array) -> Array:
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    logits: Array = np.log(clipped / (1 - clipped))
    return logits


def _perceptron(seen: Blocks, ill: NDArray[np.bool_], unseen: Blocks, seed: int) -> Array:
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier((HIDDEN,), alpha=1.0, max_iter=60, random_state=seed)
    return _probabilities(_filled(model), _fused(seen), ill, _fused(unseen))


def _best_single_twice(seen: Blocks, ill: NDArray[np.bool_], unseen: Blocks, seed: int) -> Array:
    """Give the same network the best single input twice: what capacity alone achieves. Chosen in the training folds."""
    inner = {name: auroc_per_finding(ill[:, None].astype(float), _inner_scores(z, ill, seed)[:, None])[0]
             for name, z in seen.items()}  # fmt: skip
    best = max(inner, key=lambda name: inner[name])
    twice = {"first": seen[best], "second": seen[best]}
    return _perceptron(twice, ill, {"first": unseen[best], "second": unseen[best]}, seed)


CLASSIFIERS: Mapping[str, Scorer] = MappingProxyType(
    {
        "linear SVM, calibrated": _support_vectors,
        "random forest": _forest,
        "gradient boosting": _boosting,
        "logistic regression": _logistic_regression,
        "logistic stack of single inputs": _stack,
        "perceptron, all inputs": _perceptron,
        CONTROL: _best_single_twice,
    }
)
# Of other inputs the control says nothing.
ON_ALL_INPUTS = tuple(name for name in CLASSIFIERS if name != CONTROL)

"""Classical classifiers on embeddings: out of fold, in one table."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.training.bootstrap import Estimate
from medmm.training.classifiers import CLASSIFIERS, ClassifierRow, Embeddings, classifier_table, compare_classifiers

N = 240


def make_embeddings(*, signal: float, seed: int = 0, n_folds: int = 3) -> Embeddings:
    rng = np.random.default_rng(seed)
    labels = (rng.random((N, 2)) < 0.4).astype(float)
    image, note = rng.normal(size=(N, 6)), rng.normal(size=(N, 4))
    # Each input knows a half: only together do they tell the first finding well.
    image[:, 0] += signal * labels[:, 0]
    note[:, 0] += signal * labels[:, 0]
    image[:, 1] += signal * labels[:, 1]
    note[::5] = np.nan
    labels[::17, 1] = np.nan
    patients = tuple(f"p{i // 2}" for i in range(N))
    folds = np.array([i // 2 % n_folds for i in range(N)])
    return Embeddings({"image": image, "note": note}, labels, folds, patients, ("one", "two"))


def compared(signal: float) -> dict[str, ClassifierRow]:
    embeddings = make_embeddings(signal=signal)
    rows = compare_classifiers(embeddings, heads={"sigmoid head": embeddings.labels}, samples=200)
    return {row.name: row for row in rows}


@pytest.mark.slow
def test_every_classifier_finds_what_is_there() -> None:
    rows = compared(1.5)

    assert set(rows) == {"sigmoid head", *CLASSIFIERS}
    for name in CLASSIFIERS:
        row = rows[name]
        assert row.auroc.low < row.auroc.value < row.auroc.high
        assert row.auroc.value > 0.7
        assert row.seconds > 0
        assert np.isfinite(row.scores).all()
    both, twice = rows["perceptron, all inputs"], rows["perceptron, best single input twice"]
    # The first finding needs both inputs: the same network with one of them twice is worse.
    assert both.by_finding[0] > twice.by_finding[0] + 0.03


@pytest.mark.slow
def test_no_classifier_sees_its_test_cases() -> None:
    rows = compared(0.0)

    # Nothing to learn: a classifier that saw its test cases would be near 1. Four standard errors of 0.04.
    assert all(0.34 < rows[name].by_finding[0] < 0.66 for name in CLASSIFIERS)


@pytest.mark.slow
def test_same_seed_gives_the_same_scores() -> None:
    embeddings = make_embeddings(signal=1.0, n_folds=2)
    first, second = (compare_classifiers(embeddings, samples=10, seed=3) for _ in range(2))

    assert all(np.array_equal(a.scores, b.scores) for a, b in zip(first, second, strict=True))


def test_patient_in_two_folds_is_refused() -> None:
    with pytest.raises(ValueError, match="folds 0 and 1"):
        Embeddings({"image": np.zeros((2, 1))}, np.zeros((2, 1)), np.array([0, 1]), ("p", "p"), ("one",))


def test_table_has_the_best_first() -> None:
    nan = float("nan")
    rows = [
        ClassifierRow("weak", np.zeros((1, 1)), Estimate(0.6, 0.5, 0.7), (0.6,), 1.25),
        ClassifierRow("strong", np.zeros((1, 1)), Estimate(0.8, 0.7, 0.9), (0.8,), nan),
    ]

    table = classifier_table(rows, ["nodule"])

    assert table.head == ("classifier", "mean AUROC", "nodule", "seconds")
    assert table.rows == (
        ("strong", "0.80 (0.70 to 0.90)", "0.80", "–"),
        ("weak", "0.60 (0.50 to 0.70)", "0.60", "1.2"),
    )

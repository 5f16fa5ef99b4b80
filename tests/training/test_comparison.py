"""Fusions on embeddings with a known truth: every one finds what takes two inputs, no single input can."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from medmm.simulate.cohort import simulate_cohort

if TYPE_CHECKING:
    from medmm.training.comparison import Cohort
    from medmm.training.config import TrainingConfig
    from medmm.training.embed import Embedded

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

KINDS = (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)
FUSIONS = ("concat", "mean", "max", "weighted", "gated", "attention", "mlp", "lstm")
N = 900


def make_cohort() -> tuple[list[Embedded], Cohort]:
    """Film and note each carry one sign; "mismatch" is that they differ, "either" that one of them is there.

    Bayes: mismatch 0.5 from one input and 1.0 from both. A fifth of the notes is missing.
    """
    from medmm.training.comparison import Cohort
    from medmm.training.embed import Embedded

    rng = np.random.default_rng(4)
    film, note = rng.random(N) < 0.5, rng.random(N) < 0.5
    labels = np.stack([film != note, film | note], axis=1).astype(float)
    embedded = []
    for kind, sign in zip(KINDS, (film, note, rng.random(N) < 0.5), strict=True):
        z = rng.normal(0, 0.5, (N, 12)).astype(np.float32)
        z[:, :4] += 2 * sign[:, None]
        embedded.append(Embedded(kind, "test", z, np.ones(N, dtype=bool), 0.0))
    has_note = rng.random(N) > 0.2
    embedded[1] = Embedded(InputKind.NOTE, "test", embedded[1].z * has_note[:, None], has_note, 0.0)
    parts = np.array(["train"] * 500 + ["validation"] * 150 + ["test"] * 250)
    return embedded, Cohort(labels, parts, tuple(str(number) for number in range(N)))


@pytest.mark.parametrize("fusion", FUSIONS)
def test_every_fusion_finds_what_takes_two_inputs(fusion: str) -> None:
    from medmm.training.comparison import Sizes, fused_logits, train_fusion
    from medmm.training.metrics import auroc

    chosen, cohort = make_cohort()
    net = train_fusion(Sizes(("mismatch", "either"), KINDS, 32, 32, fusion), chosen, cohort, seed=0)
    test = cohort.rows("test")
    complete = test[chosen[1].has[test]]

    def found(subset: frozenset[InputKind], finding: int) -> float:
        return auroc(cohort.labels[complete, finding], fused_logits(net, chosen, subset)[complete, finding])

    assert found(frozenset(KINDS), 0) >= 0.90
    for kind in KINDS:
        assert found(frozenset({kind}), 0) <= 0.75
    assert found(frozenset({InputKind.IMAGE}), 1) >= 0.75


def test_a_subset_of_the_inputs_answers_as_a_model_trained_on_it_alone() -> None:
    from medmm.training.comparison import Sizes, fused_logits, train_fusion
    from medmm.training.metrics import mean_auroc

    chosen, cohort = make_cohort()
    findings = ("mismatch", "either")
    whole = train_fusion(Sizes(findings, KINDS, 32, 32), chosen, cohort, seed=0)
    test = cohort.rows("test")

    for size in (1, 2):
        for kinds in combinations(KINDS, size):
            part = [each for each in chosen if each.kind in kinds]
            alone = train_fusion(Sizes(findings, kinds, 32, 32), part, cohort, seed=0)
            given = mean_auroc(cohort.labels[test], fused_logits(whole, chosen, frozenset(kinds))[test])
            own = mean_auroc(cohort.labels[test], fused_logits(alone, part, frozenset(kinds))[test])
            # 0.02 is the bar; the interval of 250 cases of two findings is wider.
            assert given >= own - 0.05, kinds


def test_the_same_call_gives_the_same_numbers() -> None:
    from medmm.training.comparison import Sizes, compare_fusions

    chosen, cohort = make_cohort()
    found = {each.kind: [each] for each in chosen}
    sizes = Sizes(("mismatch", "either"), KINDS, 16, 16)

    first = [str(line.auroc) for line in compare_fusions(sizes, found, cohort, ["mean", "gated"], samples=100, seed=3)]
    again = [str(line.auroc) for line in compare_fusions(sizes, found, cohort, ["mean", "gated"], samples=100, seed=3)]

    assert first == again
    assert len(first) == 2


def test_a_run_writes_the_table_best_first_and_trains_no_encoder_twice(tmp_path: Path) -> None:
    import csv

    from medmm.training.compare_run import TABLE, Choices, compare

    simulate_cohort(
        tmp_path / "cohort", n_patients=30, seed=8, inputs=frozenset({InputKind.NOTE, InputKind.VITALS}),
        progress=no_progress, cancel=CancelToken(),
    )  # fmt: skip
    config = make_config()
    choices = Choices({InputKind.NOTE: ["hf.bert"], InputKind.VITALS: ["tab.mlp", "tab.gru"]}, ["concat", "mean"])

    def run() -> str:
        compare(
            config, choices, cohort=tmp_path / "cohort", out=tmp_path / "out", progress=no_progress,
            cancel=CancelToken(),
        )  # fmt: skip
        return (tmp_path / "out" / TABLE).read_text()

    first = list(csv.DictReader(run().splitlines()))
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*/embedded.npz")}
    run()

    assert len(first) == 4
    assert {(row["vitals"], row["fusion"]) for row in first} == set(product(["tab.mlp", "tab.gru"], ["concat", "mean"]))
    values = [float(row["auroc"]) for row in first]
    assert values == sorted(values, reverse=True)
    assert len(kept) == 3
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def make_config() -> TrainingConfig:
    from medmm.training.config import TrainingConfig

    return TrainingConfig.model_validate(
        {
            "name": "tiny",
            "version": "0",
            "seed": 1,
            "description": "A test.",
            "intended_use": "A test.",
            "limits": ["A test."],
            "findings": ["pneumonia", "pulmonary_edema"],
            "inputs": ["note", "vitals"],
            "split": {"train": 0.4, "validation": 0.2, "calibration": 0.1, "test": 0.3},
            "text": {"vocabulary": 600, "hidden": 16, "layers": 1, "heads": 2},
            "stages": [{"inputs": "all", "epochs": 1, "batch": 8, "rate": 0.001, "end_rate": 0.0005, "size": 64}],
            "threads": 1,
            "readers": 1,
            "bootstrap": 100,
        }
    )

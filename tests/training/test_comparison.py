"""Fusions on embeddings with a known truth: every one finds what takes two inputs, no single input can."""

from __future__ import annotations

from dataclasses import replace
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
        embedded.append(Embedded(kind, "test", z, np.ones(N, dtype=bool), 0.0, np.zeros((N, 2))))
    has_note = rng.random(N) > 0.2
    embedded[1] = replace(embedded[1], z=embedded[1].z * has_note[:, None], has=has_note)
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


@pytest.mark.parametrize("name", ["gated", "random forest", "gradient boosting"])
def test_the_same_call_gives_the_same_scores(name: str) -> None:
    from medmm.training.comparison import Sizes
    from medmm.training.comparison_methods import methods

    chosen, cohort = make_cohort()
    method = methods(["gated"])[name]
    sizes = Sizes(("mismatch", "either"), KINDS, 16, 16)

    first, again = (method(sizes, chosen, cohort, 3) for _ in range(2))

    assert first.shape == (250, 2)
    assert np.array_equal(first, again)


def test_no_classifier_learns_from_the_test_cases() -> None:
    from medmm.training.comparison import Sizes
    from medmm.training.comparison_methods import methods

    chosen, cohort = make_cohort()
    lied_to = replace(cohort, labels=cohort.labels.copy())
    lied_to.labels[cohort.rows("test")] = 0.0
    sizes = Sizes(("mismatch", "either"), KINDS, 16, 16)

    for name, method in methods([]).items():
        assert np.array_equal(method(sizes, chosen, cohort, 0), method(sizes, chosen, lied_to, 0)), name


@pytest.fixture(scope="module")
def patients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comparison") / "cohort"
    kinds = frozenset({InputKind.NOTE, InputKind.VITALS, InputKind.AUDIO})
    simulate_cohort(folder, n_patients=40, seed=8, inputs=kinds, progress=no_progress, cancel=CancelToken())
    # One patient without a note and one without a recording.
    (folder / "case_00003" / "note.txt").unlink()
    (folder / "case_00004" / "lungs.wav").unlink()
    return folder


def compared(patients: Path, out: Path, cancel: CancelToken | None = None) -> list[dict[str, str]]:
    import csv

    from medmm.training.compare_run import Choices, compare
    from medmm.training.pages.comparison import CSV

    encoders = {
        InputKind.NOTE: ["hf.bert"],
        InputKind.VITALS: ["tab.mlp", "tab.gru"],
        InputKind.AUDIO: ["audio.mfcc", "audio.log_mel"],
    }
    choices = Choices(encoders, ["concat", "mean"], ("logistic regression",), "medmm compare tiny.yaml")
    compare(make_config(), choices, cohort=patients, out=out, progress=no_progress, cancel=cancel or CancelToken())
    return list(csv.DictReader((out / CSV).read_text().splitlines()))


def test_a_run_puts_encoders_fusions_and_classifiers_into_one_table_best_first(patients: Path, tmp_path: Path) -> None:
    lines = compared(patients, tmp_path)

    combined = {(row["vitals"], row["audio"], row["method"]) for row in lines if row["group"] != "encoder alone"}
    methods = ["concat", "mean", "logistic regression"]
    assert combined == set(product(["tab.mlp", "tab.gru"], ["audio.mfcc", "audio.log_mel"], methods))
    assert sum(row["group"] == "encoder alone" for row in lines) == 5
    assert len(lines) == 17
    values = [float(row["auroc"]) for row in lines]
    assert values == sorted(values, reverse=True)
    assert all(float(row["low"]) <= float(row["auroc"]) <= float(row["high"]) for row in lines)
    for name in ("comparison.md", "comparison.html"):
        text = (tmp_path / name).read_text()
        assert all(word in text for word in ("logistic regression", "audio.log_mel", "medmm compare tiny.yaml"))


def test_a_run_that_was_killed_goes_on_and_ends_alike(patients: Path, tmp_path: Path) -> None:
    whole = compared(patients, tmp_path)
    (kept,) = tmp_path.glob("lines-*.jsonl")
    content = kept.read_bytes().splitlines(keepends=True)
    # Killed within the eighth line, and while an encoder's embeddings were written.
    kept.write_bytes(b"".join(content[:7]) + content[7][:20])
    (lost,) = tmp_path.glob("vitals-tab.gru-*/embedded.npz")
    lost.rename(lost.with_name("unfinished.npz"))
    others = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/embedded.npz")}

    again = compared(patients, tmp_path)

    def without_times(lines: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{k: v for k, v in row.items() if not k.startswith("seconds")} for row in lines]

    assert sorted(map(str, without_times(again))) == sorted(map(str, without_times(whole)))
    assert kept.read_bytes().splitlines(keepends=True)[:7] == content[:7]
    assert {path: path.stat().st_mtime_ns for path in others} == others
    assert lost.is_file()


def test_a_cancelled_run_stops_and_keeps_what_it_had(patients: Path, tmp_path: Path) -> None:
    from medmm.core.errors import Cancelled
    from medmm.training.compare_run import Choices, compare

    cancel = CancelToken()
    told: list[str] = []

    def stop_at_third_line(done: int, total: int, text: str) -> None:
        told.append(text)
        if text.startswith(("own head", "concat", "mean")) and done == 3:
            cancel.set()

    choices = Choices({kind: [name] for kind, name in ALONE.items()}, ["concat", "mean"], ())
    with pytest.raises(Cancelled):
        compare(make_config(), choices, cohort=patients, out=tmp_path, progress=stop_at_third_line, cancel=cancel)

    (kept,) = tmp_path.glob("lines-*.jsonl")
    assert len(kept.read_text().splitlines()) == 3
    assert any("encoder 2 of 3" in text for text in told)
    assert any("left" in text for text in told if text.startswith("own head"))


def test_other_patients_are_embedded_anew(patients: Path, tmp_path: Path) -> None:
    from medmm.training.embed import rows_digest
    from medmm.training.fit import list_patients

    rows = list_patients(make_config(), patients, Path())

    assert rows_digest(rows) != rows_digest(rows[:-1])
    assert rows_digest(rows) != rows_digest([replace(rows[0], labels=(1.0, 1.0)), *rows[1:]])


ALONE = {InputKind.NOTE: "text.tfidf", InputKind.VITALS: "tab.mlp", InputKind.AUDIO: "audio.mfcc"}


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
            "inputs": ["note", "vitals", "audio"],
            "split": {"train": 0.4, "validation": 0.2, "calibration": 0.1, "test": 0.3},
            "text": {"vocabulary": 600, "hidden": 16, "layers": 1, "heads": 2},
            "stages": [{"inputs": "all", "epochs": 1, "batch": 8, "rate": 0.001, "end_rate": 0.0005, "size": 64}],
            "threads": 1,
            "readers": 1,
            "bootstrap": 100,
        }
    )

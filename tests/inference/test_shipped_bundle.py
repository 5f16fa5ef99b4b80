"""What only trained weights can show; left out while no bundle is shipped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from medmm.core.case import Case, CaseSources
from medmm.core.prediction import TokenWeight
from medmm.core.quality import InputKind
from medmm.core.resources import resource
from medmm.inference.explain import explain, scores_without
from medmm.inference.shares import shapley_shares
from tests.inference.builders import forgetful

if TYPE_CHECKING:
    from medmm.inference.predictor import Predictor

pytestmark = pytest.mark.slow
BUNDLE = resource("models", "chest-multimodal")
SAMPLES = (
    sorted(path for path in resource("samples").glob("*") if path.is_dir()) if resource("samples").is_dir() else []
)


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    from medmm.inference.predictor import load_predictor

    return forgetful(load_predictor(BUNDLE, device="cpu", n_threads=1))


def opened(folder: Path) -> Case:
    from medmm.workflow.open_case import open_case

    return open_case(CaseSources(folder))


def logit_of(predictor: Predictor, case: Case, finding: str) -> float:
    scores = predictor.predict(predictor.prepare(case).model_input).findings
    return next(score.logit for score in scores if score.name == finding)


def without_words(case: Case, spans: list[tuple[int, int]]) -> Case:
    text = case.notes[0].text
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return replace(case, notes=(replace(case.notes[0], text=text),))


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: path.name)
def test_bundle_loads_offline_and_explains_every_sample(predictor: Predictor, folder: Path) -> None:
    case = opened(folder)
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)
    for name, found in explain(predictor, case, model_input, prediction).items():
        assert name in predictor.spec.findings
        assert found.completeness_gap is None or found.completeness_gap <= 0.01
        assert all(case.notes[t.note_index].text[t.start : t.end] == t.text for t in found.tokens)


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: path.name)
def test_score_without_an_input_equals_a_fresh_run_without_it(predictor: Predictor, folder: Path) -> None:
    case = opened(folder)
    table = scores_without(predictor, predictor.predict(predictor.prepare(case).model_input))
    for kind, logits in table.items():
        fresh = predictor.predict(predictor.prepare(replace(case, without=frozenset({kind}))).model_input)
        assert [s.logit for s in fresh.findings] == pytest.approx(list(logits.values()), abs=1e-4)


def moved_by_deleting(predictor: Predictor, case: Case, finding: str, words: list[TokenWeight]) -> float:
    changed = without_words(case, [(word.start, word.end) for word in words])
    return abs(logit_of(predictor, changed, finding) - logit_of(predictor, case, finding))


def test_deleting_the_top_words_moves_the_score_more_than_random_words(predictor: Predictor) -> None:
    rng = np.random.default_rng(0)
    by_top, by_random = [], []
    for case in (opened(folder) for folder in SAMPLES):
        model_input = predictor.prepare(case).model_input
        if model_input.note is None:
            continue
        prediction = predictor.predict(model_input)
        shares = shapley_shares(predictor.head(prediction), prediction.kinds, findings=predictor.spec.findings)
        # Where the note says nothing about a finding there is nothing to delete.
        finding = max(shares, key=lambda name: abs(shares[name].by_kind[InputKind.NOTE]))
        words = explain(predictor, case, model_input, prediction, findings=[finding])[finding].tokens
        words = tuple(word for word in words if word.text.isalnum())
        top = sorted(words, key=lambda word: abs(word.weight), reverse=True)[:5]
        by_top.append(moved_by_deleting(predictor, case, finding, top))
        for _ in range(10):
            some = [words[i] for i in rng.choice(len(words), 5, replace=False)]
            by_random.append(moved_by_deleting(predictor, case, finding, some))
    assert by_top
    assert np.mean(by_top) > 1.5 * np.mean(by_random)

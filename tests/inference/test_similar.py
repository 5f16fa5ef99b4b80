"""Similar training cases of a predicted case: the same inputs, no score changed, no evidence of a stranger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch

from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.inference.similar import similar_cases
from medmm.models.neighbours import make_neighbours
from tests.inference.builders import FINDINGS, make_case, make_ensemble_predictor, make_predictor


def with_itself(predictor: Any, prediction: Any, *, n: int = 12) -> Any:
    """Training cases drawn by lot, among them the case itself at place 7, of which one finding is not known."""
    generator = torch.Generator().manual_seed(0)
    with torch.inference_mode():
        own = predictor.net.projected(prediction.z)
    vectors = {kind: torch.randn(n, rows.shape[1], generator=generator) for kind, rows in own.items()}
    for kind, rows in own.items():
        vectors[kind][7] = rows[0]
    labels = torch.zeros(n, len(FINDINGS))
    labels[7] = torch.tensor([1, -1, 0])
    present = torch.ones(n, len(vectors), dtype=torch.bool)
    return make_neighbours(vectors, labels=labels, present=present, simulated=torch.ones(n).bool())


@pytest.mark.parametrize("make", [make_predictor, make_ensemble_predictor], ids=["one network", "members"])
def test_a_case_that_was_trained_on_is_its_own_nearest(make: Any) -> None:
    predictor = make()
    prediction = predictor.predict(predictor.prepare(make_case()).model_input)
    predictor.neighbours = with_itself(predictor, prediction)

    found = similar_cases(predictor, prediction)

    first = found.cases[0]
    assert [case.rank for case in found.cases] == [1, 2, 3, 4, 5]
    assert (first.number, first.similarity) == (8, pytest.approx(1.0, abs=1e-3))
    assert first.labels == {"pneumonia": True, "cardiomegaly": False}
    assert first.is_simulated
    assert (found.n_searched, found.inputs) == (12, prediction.kinds)
    assert found.count("pneumonia") == (1, 5)
    assert found.count("pleural_effusion") == (0, 4)


def test_a_case_without_a_note_is_compared_without_notes() -> None:
    predictor = make_predictor()
    whole = predictor.predict(predictor.prepare(make_case()).model_input)
    predictor.neighbours = with_itself(predictor, whole)
    case = make_case(without=frozenset({InputKind.NOTE}))

    found = similar_cases(predictor, predictor.predict(predictor.prepare(case).model_input))

    assert found.inputs == (InputKind.IMAGE, InputKind.VITALS)
    assert (found.cases[0].number, found.cases[0].similarity) == (8, pytest.approx(1.0, abs=1e-3))


def test_a_bundle_without_training_cases_names_none() -> None:
    predictor = make_predictor()
    assert similar_cases(predictor, predictor.predict(predictor.prepare(make_case()).model_input)) is None


def test_neighbours_of_a_case_outside_the_calibration_are_no_evidence() -> None:
    predictor = make_predictor()
    prediction = predictor.predict(predictor.prepare(make_case()).model_input)
    predictor.neighbours = with_itself(predictor, prediction)

    assert similar_cases(predictor, prediction).doubt == ""
    strange = similar_cases(predictor, replace(prediction, doubt=Words("A stranger.")))
    assert "no evidence" in strange.doubt

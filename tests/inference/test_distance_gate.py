"""A stranger among the inputs is named, and nothing that is said of it is said without that."""

from __future__ import annotations

import pytest
import torch

from medmm.core.quality import InputKind, Severity
from medmm.inference.distance_gate import cannot_tell, strangers, with_remarks
from medmm.models.spread import Spread
from tests.inference.builders import make_case, make_predictor


def spread_round(z: torch.Tensor, *, scale: float) -> Spread:
    """A spread in which a case at `z` lies in the middle; scale: how small it is drawn."""
    return Spread(z[0] + scale, torch.eye(z.shape[1]), torch.linspace(0.0, 1.0, 400))


def test_nothing_is_a_stranger_in_the_middle_of_the_calibration_cases() -> None:
    predictor = make_predictor()
    prediction = predictor.predict(predictor.prepare(make_case()).model_input)
    predictor.spreads = {kind: spread_round(z, scale=0.0) for kind, z in prediction.z.items()}
    assert strangers(predictor, prediction) == {}
    assert cannot_tell(predictor, prediction.kinds) == ()


def test_a_stranger_is_named_and_stays_in() -> None:
    predictor = make_predictor()
    gated = predictor.prepare(make_case())
    prediction = predictor.predict(gated.model_input)
    predictor.spreads = {InputKind.NOTE: spread_round(prediction.z[InputKind.NOTE], scale=9.0)}

    strange = strangers(predictor, prediction)
    remarked = with_remarks(gated, strange)

    assert strange == {InputKind.NOTE: pytest.approx(1 / 401)}
    use = remarked.uses[InputKind.NOTE]
    assert (use.used, use.gate[-1].code, use.gate[-1].severity) == (True, "note_unlike_training", Severity.WARNING)
    assert remarked.uses[InputKind.IMAGE] == gated.uses[InputKind.IMAGE]
    assert remarked.model_input is gated.model_input


def test_a_bundle_without_spreads_says_that_it_cannot_tell() -> None:
    predictor = make_predictor()
    prediction = predictor.predict(predictor.prepare(make_case()).model_input)
    assert strangers(predictor, prediction) == {}
    assert [note.code for note in cannot_tell(predictor, prediction.kinds)] == ["distance_unknown"]


def test_an_input_of_which_there_were_too_few_cases_is_named() -> None:
    predictor = make_predictor()
    prediction = predictor.predict(predictor.prepare(make_case()).model_input)
    predictor.spreads = {kind: spread_round(z, scale=0.0) for kind, z in prediction.z.items() if kind != "note"}
    (note,) = cannot_tell(predictor, prediction.kinds)
    assert "note" in note.message
    assert "image" not in note.message

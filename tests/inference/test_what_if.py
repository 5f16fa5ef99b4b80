"""What would change the answer: equal to a fresh run of the changed case, without the film being encoded again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from medmm.core.prediction import TokenWeight
from medmm.core.quality import InputKind
from medmm.core.what_if import WhatIf
from medmm.inference.explain import explain
from medmm.inference.what_if import what_if, without_inputs
from tests.inference.builders import FINDINGS, make_case, make_note, make_predictor, make_vitals, without_kind

if TYPE_CHECKING:
    from medmm.core.case import Case
    from medmm.inference.predictor import Predictor

pytestmark = pytest.mark.slow
TEXT = "HISTORY: fever and productive cough for 3 days. No chest pain. Temperature 38.6 in the evening."


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return make_predictor()


def weighed(text: str, *sentences: tuple[str, float], note_index: int = 0) -> tuple[TokenWeight, ...]:
    return tuple(
        TokenWeight(text.index(one), text.index(one) + len(one), one, weight, "", note_index)
        for one, weight in sentences
    )


def changes(predictor: Predictor, case: Case, *sentences: tuple[str, float]) -> tuple[WhatIf, ...]:
    prediction = predictor.predict(predictor.prepare(case).model_input)
    own = {FINDINGS[0]: weighed(case.notes[0].text, *sentences) if case.notes else ()}
    return what_if(predictor, case, prediction, sentences=own)[FINDINGS[0]]


def fresh_logit(predictor: Predictor, case: Case) -> float:
    return predictor.predict(predictor.prepare(case).model_input).findings[0].logit


def test_without_an_input_equals_a_fresh_run_without_it(predictor: Predictor) -> None:
    model_input = predictor.prepare(make_case()).model_input

    found = without_inputs(predictor, predictor.predict(model_input))

    assert set(found) == set(FINDINGS)
    for change in found[FINDINGS[1]]:
        fresh = predictor.predict(without_kind(model_input, InputKind(change.subject), predictor.spec))
        assert change.score.logit == pytest.approx(fresh.findings[1].logit, abs=1e-5)
        assert change.score.decision == fresh.findings[1].decision
    assert [change.subject for change in found[FINDINGS[1]]] == ["image", "note", "vitals"]


def test_a_single_input_is_never_taken_away(predictor: Predictor) -> None:
    case = make_case(notes=(), vitals=())
    assert changes(predictor, case) == ()


def test_a_denied_sentence_equals_a_fresh_run_of_the_note_that_says_so(predictor: Predictor) -> None:
    case = make_case(notes=(make_note(TEXT),))

    found = changes(predictor, case, ("fever and productive cough for 3 days.", 0.5), ("No chest pain.", -0.4))

    first, second = [change for change in found if change.change == "sentence_negated"]
    assert (first.becomes, second.becomes) == ("no fever or productive cough for 3 days.", "Chest pain.")
    for change in (first, second):
        edited = TEXT[: change.start] + change.becomes + TEXT[change.end :]
        assert change.score.logit == pytest.approx(
            fresh_logit(predictor, make_case(notes=(make_note(edited),))), abs=1e-5
        )


def test_a_sentence_that_cannot_be_denied_is_taken_out_and_says_so(predictor: Predictor) -> None:
    case = make_case(notes=(make_note(TEXT),))

    found = changes(predictor, case, ("Temperature 38.6 in the evening.", 0.5))

    (change,) = [one for one in found if one.change.startswith("sentence")]
    assert (change.change, change.becomes) == ("sentence_out", "")
    left = TEXT[: change.start]
    assert change.score.logit == pytest.approx(fresh_logit(predictor, make_case(notes=(make_note(left),))), abs=1e-5)


def test_a_note_of_one_sentence_that_is_taken_out_counts_as_absent(predictor: Predictor) -> None:
    text = "Temperature 38.6 in the evening."
    case = make_case(notes=(make_note(text),))

    found = {change.change: change for change in changes(predictor, case, (text, 0.5)) if change.subject != "image"}

    without = next(change for change in changes(predictor, case) if change.subject == "note")
    assert found["sentence_out"].score.logit == pytest.approx(without.score.logit, abs=1e-6)


def test_light_sentences_and_more_than_three_are_left_out(predictor: Predictor) -> None:
    text = "Fever. Cough. Chills. Sputum. Pain."
    case = make_case(notes=(make_note(text),))

    found = changes(
        predictor, case, ("Fever.", 0.2), ("Cough.", -0.9), ("Chills.", 0.3), ("Sputum.", 0.25), ("Pain.", 0.05)
    )

    assert [one.subject for one in found if one.change.startswith("sentence")] == ["Cough.", "Chills.", "Sputum."]


def test_a_vital_sign_in_its_usual_range_equals_a_fresh_run(predictor: Predictor) -> None:
    others = (("heart_rate", 80.0, 2.0), ("spo2", 91.0, 1.0))
    case = make_case(vitals=(make_vitals(("temperature_c", 38.6, 3.0), ("temperature_c", 39.4, 2.0), *others),))

    found = [one for one in changes(predictor, case) if one.change == "vital_in_range"]

    assert [(one.subject, one.value, one.new_value) for one in found] == [
        ("temperature_c", 39.4, 38.0),
        ("spo2", 91.0, 96.0),
    ]
    cool = make_vitals(("temperature_c", 38.0, 3.0), ("temperature_c", 38.0, 2.0), *others)
    assert found[0].score.logit == pytest.approx(fresh_logit(predictor, make_case(vitals=(cool,))), abs=1e-5)


def test_the_film_is_not_encoded_again(predictor: Predictor, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case(notes=(make_note(TEXT),))
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)

    def refuse(*_: Any) -> None:
        raise AssertionError("the film was encoded again")

    monkeypatch.setattr(predictor.net.encoders["image"], "forward", refuse)
    own = {FINDINGS[0]: weighed(TEXT, ("No chest pain.", -0.4))}
    found = what_if(predictor, case, prediction, sentences=own)[FINDINGS[0]]

    assert {one.change for one in found} == {"without_input", "sentence_negated", "vital_in_range"}


def test_a_decision_that_flips_is_told(predictor: Predictor) -> None:
    prediction = predictor.predict(predictor.prepare(make_case()).model_input)
    before = prediction.findings[0]
    same, other = (
        WhatIf("without_input", "note", replace(before, decision=word)) for word in (before.decision, "uncertain")
    )
    assert not same.flips(before)
    assert other.flips(before)


def test_an_explanation_carries_what_would_change_it(predictor: Predictor) -> None:
    case = make_case()
    model_input = predictor.prepare(case).model_input

    found = explain(predictor, case, model_input, predictor.predict(model_input), findings=FINDINGS[:2])

    for why in found.values():
        assert [one.subject for one in why.what_if[:3]] == ["image", "note", "vitals"]
        assert {one.change for one in why.what_if} >= {"without_input", "vital_in_range"}

"""Models of whole words from case to explanation: what reaches them, and weights that add up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from medmm.core.identity import PatientIdentity
from medmm.core.quality import InputKind
from medmm.inference.attribution import attribute_inputs
from medmm.inference.explain import explain
from medmm.inference.prepare_note import prepare_notes, readable_text
from medmm.models.spec import TEXT_STEPS, TextSpec
from medmm.models.vocabulary import Vocabulary
from tests.inference.builders import make_case, make_ensemble_predictor, make_note, make_predictor, make_spec

if TYPE_CHECKING:
    from medmm.inference.predictor import Predictor

pytestmark = pytest.mark.slow
TEXT = "HISTORY: fever and productive cough for 3 days. No effusion, no chest pain. Smith coughs since 2024-03-01."
WORDS = Vocabulary(("chest", "cough", "fever", "not_effus", "not_pain", "not_chest"), (1.0, 1.5, 2.0, 1.2, 1.1, 1.3))


def word_spec(encoder: str, **facts: Any) -> TextSpec:
    return TextSpec(encoder=encoder, max_tokens=4, stride=0, steps=TEXT_STEPS, **facts)


@pytest.fixture(scope="module", params=["text.tfidf", "text.words", "text.tfidf three times"])
def predictor(request: pytest.FixtureRequest) -> Predictor:
    encoder, _, several = request.param.partition(" ")
    make = make_ensemble_predictor if several else make_predictor
    return make(spec=replace(make_spec(), text=word_spec(encoder)), words=WORDS)


def test_terms_stand_at_their_place_and_nothing_is_cut() -> None:
    note = make_note(TEXT)
    prepared = prepare_notes([note], word_spec("text.tfidf"), WORDS)

    assert prepared.coverage == 1.0
    assert prepared.token_ids.shape[1] == 4
    assert len(prepared.token_ids) > 2
    known = prepared.token_ids > 0
    pieces = [TEXT[s:e] for s, e in zip(prepared.starts[known], prepared.ends[known], strict=True)]
    assert pieces == ["fever", "cough", "effusion", "chest", "pain", "coughs"]
    assert [WORDS.words[n - 1] for n in prepared.token_ids[known]] == [
        "fever", "cough", "not_effus", "not_chest", "not_pain", "cough"
    ]  # fmt: skip


def test_what_names_the_patient_never_reaches_a_model_that_masks() -> None:
    note = replace(make_note(TEXT), identity=PatientIdentity(patient_id="7", name="Smith^John"))

    masked = readable_text(note, TextSpec(steps=("mask_phi",)))
    as_before = readable_text(note, TextSpec())

    assert len(masked) == len(TEXT)
    assert "Smith" not in masked
    assert "2024" not in masked
    assert as_before == TEXT


def test_sections_that_hold_the_answer_can_be_left_out() -> None:
    text = "HISTORY: fever.\nIMPRESSION: pneumonia.\n"

    read = readable_text(make_note(text), TextSpec(skip_sections=("assessment",)))

    assert read == "HISTORY: fever.\n" + " " * (len(text) - 16)


def test_steps_that_a_bert_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match=r"unknown text step .stem. for hf\.bert"):
        TextSpec(steps=("mask_phi", "stem"))


def test_the_gate_refuses_a_note_of_unknown_words_only(predictor: Predictor) -> None:
    nonsense = predictor.prepare(make_case(notes=(make_note("Lorem ipsum dolor amet is the consectetur."),)))
    sound = predictor.prepare(make_case(notes=(make_note(TEXT),)))

    assert not nonsense.uses[InputKind.NOTE].used
    assert sound.uses[InputKind.NOTE].used


def test_weights_of_words_sum_to_the_change_in_the_logit(predictor: Predictor) -> None:
    model_input = predictor.prepare(make_case(notes=(make_note(TEXT),))).model_input

    found = attribute_inputs(predictor, model_input, predictor.predict(model_input), finding=0)

    assert found.gap <= 0.01
    total = found.cells.sum() + found.tokens.sum() + found.vitals.sum()
    assert total == pytest.approx(found.change, abs=0.01 * max(abs(found.change), 0.05))
    assert np.abs(found.tokens[model_input.note.token_mask == 0]).max() == 0


def test_denied_words_are_shown_as_they_stand_in_the_note(predictor: Predictor) -> None:
    case = make_case(notes=(make_note(TEXT),))
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)

    why = explain(predictor, case, model_input, prediction, findings=("pneumonia",))["pneumonia"]

    weighed = {token.text: token.weight for token in why.tokens}
    assert {"fever", "No effusion", "coughs"} <= set(weighed)
    assert weighed["No effusion"] != 0
    assert all(TEXT[token.start : token.end] == token.text for token in why.tokens)


def test_the_order_of_notes_changes_nothing(predictor: Predictor) -> None:
    one, two = make_note(TEXT), make_note("Fever for days, no effusion, chest clear.")

    answers = [
        predictor.predict(predictor.prepare(make_case(notes=notes)).model_input).findings
        for notes in ((one, two), (two, one))
    ]

    assert [f.logit for f in answers[0]] == pytest.approx([f.logit for f in answers[1]], abs=1e-5)

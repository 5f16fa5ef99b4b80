"""The note: full of history, never the answer."""

import re

import numpy as np
import pytest

from medmm.simulate.evidence import CONCEPTS, Evidence, draw_evidence
from medmm.simulate.lexicon import Lexicon
from medmm.simulate.note import write_note
from medmm.simulate.person import Language, Person, draw_person
from medmm.simulate.streams import open_stream
from medmm.simulate.truth import draw_truth
from medmm.simulate.words_en import ENGLISH
from medmm.simulate.words_zh import CHINESE


def make_person(language: Language | None, index: int = 1) -> Person:
    return draw_person(open_stream(4, index, "person"), seed=4, index=index, age=70, is_female=True, language=language)


def make_note(index: int, language: Language | None = "en") -> str:
    evidence = draw_evidence(open_stream(4, index, "e"), draw_truth(open_stream(4, index, "t")))
    return write_note(open_stream(4, index, "note"), make_person(language, index), evidence, 70)


def test_held_concepts_are_said_and_denied_ones_only_in_negation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medmm.simulate.note.TYPING_ERROR", 0.0)
    evidence = Evidence({concept: concept == "fever" for concept in CONCEPTS})
    for index in range(30):
        text = write_note(open_stream(4, index, "note"), make_person("en"), evidence, 70)
        assert re.search("(?i)fever|febrile|temp 38", text)
        assert "orthopnoea" not in re.sub("(?i)no orthopnoea", "", text)
        assert "shaking chills" not in text.lower()


@pytest.mark.parametrize("lexicon", [ENGLISH, CHINESE])
def test_every_concept_of_the_note_has_words(lexicon: Lexicon) -> None:
    worded = {*lexicon.complaint, *lexicon.past, *lexicon.social, *lexicon.exam}

    assert worded == set(CONCEPTS)


def test_a_tenth_of_the_notes_are_chinese() -> None:
    chinese = np.mean([make_person(None, index).language == "zh" for index in range(1500)])

    assert chinese == pytest.approx(0.10, abs=0.025)


def test_findings_are_named_only_as_a_question_a_family_or_an_old_history() -> None:
    for index in range(60):
        body = make_note(index)
        complaint = body.split("HISTORY OF PRESENT ILLNESS")[1].split("\n\n")[0].lower()
        for word in ("pneumonia", "effusion", "nodule", "pneumothorax", "cardiomegaly", "pulmonary oedema"):
            assert word not in complaint


def test_typing_errors_swap_two_letters_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = " ".join(make_note(index) for index in range(80)).split()
    monkeypatch.setattr("medmm.simulate.note.TYPING_ERROR", 0.0)
    meant = " ".join(make_note(index) for index in range(80)).split()

    wrong = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    assert 0.0005 < len(wrong) / len(meant) < 0.02
    assert all(sorted(one) == sorted(other) for one, other in wrong)
    assert not any("SIM" in other for _, other in wrong)

"""Terms of notes: every step by itself, then all of them."""

from __future__ import annotations

import pytest

from medmm.records.terms import STEPS, clean, find_terms, is_stop_word, stem

TEXT = "No pleural effusions; the patient's fever and productive coughing improved."


def texts(text: str, *steps: str) -> list[str]:
    return [term.text for term in find_terms(text, steps)]


def test_words_are_cut_with_their_places_and_numbers_are_none() -> None:
    terms = find_terms("T2DM, CRP 142 mg/l, 38.6", ())

    assert [(t.text, "T2DM, CRP 142 mg/l, 38.6"[t.start : t.end]) for t in terms] == [
        (word, word) for word in ("T2DM", "CRP", "mg", "l")
    ]


def test_cleaning_undoes_forms_of_writing() -> None:
    assert [clean(word) for word in ("ＦＥＶＥＲ", "ﬁbrosis", "Straße", "e\u0301")] == [
        "fever",
        "fibrosis",
        "strasse",
        "é",
    ]


def test_stop_words_go_and_words_of_denial_are_none_of_them() -> None:
    assert texts("the cough of a patient with no fever", "clean", "stop_words") == ["cough", "no", "fever"]
    assert not any(is_stop_word(word) for word in ("no", "not", "without", "nor", "left", "right"))


@pytest.mark.parametrize(
    ("word", "expected"),
    # From the sample vocabulary of Porter2 (snowballstem.org) and its rules.
    [("consigned", "consign"), ("knots", "knot"), ("effusions", "effus"), ("crackles", "crackl"), ("咳嗽", "咳嗽")],
)
def test_stems_are_those_of_porter(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_what_is_denied_has_a_term_of_its_own_and_the_cue_goes() -> None:
    assert texts("No effusion, fever. Denies chest pain.", "clean", "negation") == [
        "not_effusion", "fever", "not_chest", "not_pain"
    ]  # fmt: skip


def test_all_steps_together() -> None:
    assert texts(TEXT, *STEPS) == ["not_pleural", "not_effus", "fever", "product", "cough", "improv"]


def test_chinese_goes_by_characters_and_pairs() -> None:
    assert texts("发热，未见积液74岁", "clean", "negation") == [
        "发", "发热", "热", "not_积", "not_积液", "not_液", "not_岁"
    ]  # fmt: skip


def test_every_term_stands_where_it_says() -> None:
    for term in find_terms(TEXT, ("clean",)):
        assert TEXT[term.start : term.end].casefold() == term.text

"""A negation and its target are one unit with one weight; sentences sum what stands in them."""

from __future__ import annotations

import pytest

from medmm.core.prediction import TokenWeight
from medmm.inference.note_units import join_negated, join_sentences
from medmm.inference.word_weights import WORD
from tests.inference.builders import make_note


def words_of(text: str, *, note_index: int = 0) -> list[TokenWeight]:
    """Every word (in Chinese every character) with a weight of its own."""
    found = [match.span() for match in WORD.finditer(text)]
    if not text.isascii():
        found = [(place, place + 1) for place, letter in enumerate(text) if not letter.isspace()]
    return [
        TokenWeight(start, end, text[start:end], 0.125 * (number + 1), "", note_index)
        for number, (start, end) in enumerate(found)
    ]


# Sentence and what it denies, cue and target together.
NEGATED = [
    ("No effusion.", ["No effusion"]),
    ("Denies fever, chills or night sweats.", ["Denies fever, chills or night sweats"]),
    ("There is no pneumothorax.", ["no pneumothorax"]),
    ("Lungs clear without focal consolidation.", ["without focal consolidation"]),
    ("No evidence of pulmonary oedema.", ["No evidence of pulmonary oedema"]),
    ("Sputum negative for acid-fast bacilli.", ["negative for acid-fast bacilli"]),
    ("Pleural effusion is absent.", ["Pleural effusion is absent"]),
    ("Pneumothorax was not seen.", ["Pneumothorax was not seen"]),
    ("The effusion has resolved.", ["The effusion has resolved"]),
    ("Cough, no haemoptysis, no fever.", ["no haemoptysis", "no fever"]),
    ("No known cardiac disease but old MI.", ["No known cardiac disease"]),
    ("He never had pneumonia.", ["never had pneumonia"]),
    ("Heart size normal, no nodule or mass; crackles left.", ["no nodule or mass"]),
    ("双肺未见实变。", ["未见实变"]),
    ("否认胸痛、咯血。", ["否认胸痛、咯血"]),
    ("无发热，有咳嗽。", ["无发热"]),
    ("胸腔积液已排除。", ["胸腔积液已排除"]),
    ("没有气胸。", ["没有气胸"]),
    ("双下肢无水肿，心界不大。", ["无水肿"]),
    ("结核菌素试验阴性。", ["结核菌素试验阴性"]),
]


@pytest.mark.parametrize(("text", "denied"), NEGATED)
def test_a_negation_is_one_unit_with_its_target(text: str, denied: list[str]) -> None:
    words = words_of(text)

    units = join_negated(words, [make_note(text)])

    negated = [unit for unit in units if unit.is_negated]
    assert [unit.text for unit in negated] == denied
    for unit in negated:
        inside = [word.weight for word in words if unit.start <= word.start < unit.end]
        assert unit.weight == pytest.approx(sum(inside))
    assert [unit.start for unit in units] == sorted(unit.start for unit in units)
    assert sum(unit.weight for unit in units) == pytest.approx(sum(word.weight for word in words))


@pytest.mark.parametrize(
    "text", ["Pneumonia cannot be excluded.", "No change in the effusion.", "不能排除肺炎。", "Not only a nodule."]
)
def test_a_phrase_that_denies_nothing_joins_nothing(text: str) -> None:
    words = words_of(text)
    assert join_negated(words, [make_note(text)]) == tuple(words)


def test_each_note_has_its_own_negations_and_sentences() -> None:
    notes = [make_note("Fever. No cough."), make_note("No fever. Cough.")]
    units = join_negated([*words_of(notes[0].text), *words_of(notes[1].text, note_index=1)], notes)

    assert [(unit.note_index, unit.text) for unit in units if unit.is_negated] == [(0, "No cough"), (1, "No fever")]
    sentences = join_sentences(units, notes)
    assert [(one.note_index, one.text) for one in sentences] == [
        (0, "Fever."),
        (0, "No cough."),
        (1, "No fever."),
        (1, "Cough."),
    ]
    assert sum(one.weight for one in sentences) == pytest.approx(sum(unit.weight for unit in units))


def test_a_heading_is_no_sentence() -> None:
    note = make_note("EXAMINATION: Crackles left.")
    units = words_of(note.text)

    sentences = join_sentences(units, [note])

    assert [one.text for one in sentences] == ["Crackles left."]
    assert sentences[0].weight == pytest.approx(sum(unit.weight for unit in units[2:]))

"""What of a note can be folded away, in whole lines."""

from __future__ import annotations

from dataclasses import replace

from medmm.core.record import ClinicalNote
from medmm.records.sections import find_sections
from tests.ui.builders import make_note
from ui.state.note_folds import Fold, fold_at, folds_of, shown_parts

TEXT = "Mr X\nHISTORY: Cough.\nFever.\n\nPLAN: Film.\nFINDINGS:\nClear.\n"


def sectioned(text: str) -> ClinicalNote:
    return replace(make_note(text), sections=find_sections(text))


def words(fold: Fold, text: str = TEXT) -> tuple[str, str]:
    return text[slice(*fold.head)], text[fold.start : fold.end]


def test_a_section_folds_to_the_line_of_its_head() -> None:
    folds = folds_of(sectioned(TEXT))

    assert [words(fold) for fold in folds] == [("HISTORY", "Fever.\n\n"), ("FINDINGS", "Clear.\n")]
    assert [fold.section for fold in folds] == [1, 3]


def test_a_line_that_a_next_section_begins_in_stays() -> None:
    text = "HISTORY: Cough.\nFever.\nNo pain. Plan: Film.\nLater.\n"

    assert [words(fold, text)[1] for fold in folds_of(sectioned(text))] == ["Fever.\n", "Later.\n"]


def test_a_note_without_headings_does_not_fold() -> None:
    assert folds_of(sectioned("Cough.\nFever.\n")) == ()


def test_a_character_is_found_in_the_head_and_in_the_hidden_lines() -> None:
    folds = folds_of(sectioned(TEXT))

    assert fold_at(folds, TEXT.index("HISTORY")) is folds[0]
    assert fold_at(folds, TEXT.index("Fever")) is folds[0]
    assert fold_at(folds, TEXT.index("Cough")) is None
    assert fold_at(folds, 0) is None


def test_only_what_is_shown_is_marked() -> None:
    folds = folds_of(sectioned(TEXT))
    hidden = TEXT.index("Fever"), TEXT.index("PLAN")

    assert list(shown_parts(folds, frozenset({1}), 0, len(TEXT))) == [(0, hidden[0]), (hidden[1], len(TEXT))]
    assert list(shown_parts(folds, frozenset(), 0, len(TEXT))) == [(0, len(TEXT))]
    assert list(shown_parts(folds, frozenset({1}), hidden[0] + 1, hidden[1] - 1)) == []

"""What of a note can be folded away, in whole lines."""

from __future__ import annotations

from dataclasses import replace

from medmm.core.record import ClinicalNote
from medmm.records.sections import find_sections
from tests.ui.builders import make_note
from ui.state.note_folds import Fold, cuts_of, fold_at, folds_of, shown_parts

TEXT = "Mr X\nHISTORY: Cough.\nFever.\n\nPLAN: Film.\nFINDINGS:\nClear.\n"


def sectioned(text: str) -> ClinicalNote:
    return replace(make_note(text), sections=find_sections(text))


def words(fold: Fold, text: str = TEXT) -> tuple[str, str]:
    return text[slice(*fold.head)], text[fold.start : fold.end]


def test_a_section_folds_to_its_heading() -> None:
    folds = folds_of(sectioned(TEXT))

    assert [words(fold) for fold in folds] == [
        ("HISTORY", "Cough.\nFever.\n\n"),
        ("PLAN", "Film.\n"),
        ("FINDINGS", "Clear.\n"),
    ]
    assert [fold.section for fold in folds] == [1, 2, 3]


def test_lines_are_cut_only_where_something_folded_shares_them_with_a_heading() -> None:
    text = "HISTORY: Cough.\nNo pain. Plan: Film.\nFINDINGS:\nClear.\n"
    folds = folds_of(sectioned(text))

    assert [words(fold, text)[1] for fold in folds] == ["Cough.\nNo pain. ", "Film.\n", "Clear.\n"]
    assert [fold.cuts for fold in folds] == [
        (text.index("Cough"), text.index("Plan")),
        (text.index("Film"),),
        (),
    ]
    assert cuts_of(folds, frozenset({0, 2})) == [text.index("Cough"), text.index("Plan")]


def test_a_note_without_headings_does_not_fold() -> None:
    assert folds_of(sectioned("Cough.\nFever.\n")) == ()


def test_a_character_is_found_in_the_head_and_in_the_hidden_lines() -> None:
    folds = folds_of(sectioned(TEXT))

    assert fold_at(folds, TEXT.index("HISTORY")) is folds[0]
    assert fold_at(folds, TEXT.index("Fever")) is folds[0]
    assert fold_at(folds, TEXT.index("Cough") - 2) is None
    assert fold_at(folds, 0) is None


def test_only_what_is_shown_is_marked() -> None:
    folds = folds_of(sectioned(TEXT))
    hidden = TEXT.index("Cough"), TEXT.index("PLAN")

    assert list(shown_parts(folds, frozenset({1}), 0, len(TEXT))) == [(0, hidden[0]), (hidden[1], len(TEXT))]
    assert list(shown_parts(folds, frozenset(), 0, len(TEXT))) == [(0, len(TEXT))]
    assert list(shown_parts(folds, frozenset({1}), hidden[0] + 1, hidden[1] - 1)) == []

"""Offsets, runs, search and words of a note, with hand-counted places."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from medmm.core.prediction import TokenWeight
from medmm.records.sections import find_sections
from tests.ui.builders import make_note
from ui.state.note_offsets import LONGEST_LINE, NoteOffsets
from ui.state.note_search import search_note
from ui.state.note_spans import Mark, NoteSpan, runs_of, weight_spans
from ui.state.note_words import heading_end, note_line, section_title


def test_a_character_beyond_the_basic_plane_counts_twice_for_qt() -> None:
    offsets = NoteOffsets("𠮷田 Cough")

    assert [offsets.to_qt(index) for index in (0, 1, 3, 8)] == [0, 2, 4, 9]
    assert [offsets.to_text(position) for position in (0, 2, 4, 9)] == [0, 1, 3, 8]


def test_an_endless_line_is_cut_at_a_space_on_the_screen_only() -> None:
    text = "word " * 1_000 + "𠮷 end\nshort"
    offsets = NoteOffsets(text)

    assert max(len(line) for line in offsets.shown.split("\n")) <= LONGEST_LINE
    assert offsets.shown.replace("\n", "") == text.replace("\n", "")
    units = offsets.shown.encode("utf-16-le")
    for index in (0, 1_999, 2_000, 2_001, 4_500, 5_001, 5_002, 5_003, len(text) - 1):
        at = offsets.to_qt(index)
        assert units[2 * at :].decode("utf-16-le")[0] == text[index]
        assert offsets.to_text(at) == index


def test_a_line_without_spaces_is_cut_too() -> None:
    assert NoteOffsets("症" * 4_500).shown.split("\n") == ["症" * 2_000, "症" * 2_000, "症" * 500]


def test_lines_of_usual_length_are_left_alone() -> None:
    text = "a" * LONGEST_LINE + "\n\n" + "b" * LONGEST_LINE

    assert NoteOffsets(text).shown == text


def test_overlapping_marks_become_runs_side_by_side() -> None:
    negated, match = NoteSpan(0, 10, Mark.NEGATED), NoteSpan(3, 5, Mark.MATCH)

    runs = runs_of([match, negated], first=0, last=100)

    assert [(run.start, run.end, run.spans) for run in runs] == [
        (0, 3, (negated,)),
        (3, 5, (negated, match)),
        (5, 10, (negated,)),
    ]


def test_marks_out_of_sight_are_left_out() -> None:
    spans = [NoteSpan(0, 5, Mark.NEGATED), NoteSpan(50, 55, Mark.NEGATED), NoteSpan(90, 95, Mark.NEGATED)]

    assert [(run.start, run.end) for run in runs_of(spans, first=40, last=60)] == [(50, 55)]


def test_weights_are_scaled_and_written_with_their_sign() -> None:
    raising, lowering = weight_spans([TokenWeight(0, 5, "Cough", 0.6), TokenWeight(6, 9, "no", -0.3)], 0.6)

    assert (raising.strength, lowering.strength) == (1.0, -0.5)
    assert "+0.60" in raising.words
    assert "−0.30" in lowering.words
    assert weight_spans([TokenWeight(0, 5, "Cough", 0.6)], 0.0) == ()


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("No fever, FEVER at night", "fever", ((3, 8), (10, 15))),
        ("否认胸痛，胸痛三天", "胸痛", ((2, 4), (5, 7))),
        ("pleural\n  effusion", "pleural effusion", ((0, 18),)),
        ("CRP (3.5) and 395", "3.5", ((5, 8),)),
        ("cough", "", ()),
        ("cough", "fever", ()),
    ],
)
def test_words_are_found_without_regard_to_case_and_line_ends(
    text: str, words: str, places: tuple[tuple[int, int], ...]
) -> None:
    assert search_note(text, words).places == places


def test_the_search_goes_round_and_begins_where_one_reads() -> None:
    search = search_note("ab ab ab", "ab", near=2)

    assert search.place == (3, 5)
    assert search.stepped(1).place == (6, 8)
    assert search.stepped(2).place == (0, 2)
    assert search.stepped(-1).place == (0, 2)
    assert search.within(3, 6) == [(3, 5, True)]
    assert search_note("ab ab", "ab", near=4).place == (0, 2)


def test_a_note_is_named_by_date_and_its_own_title() -> None:
    dated = replace(make_note("DISCHARGE SUMMARY\n\nCough."), written_at=datetime(2026, 11, 3, 14, 2))

    assert note_line(dated) == "3 Nov 2026 14:02  ·  DISCHARGE SUMMARY"
    assert note_line(make_note("Patient: X\nCough.")) == "no date  ·  note.txt"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("PLAN: rest", "PLAN"),
        ("【现病史】咳嗽", "【现病史】"),
        ("FINDINGS\nclear: yes", "FINDINGS"),
        ("just words", ""),
    ],
)
def test_a_heading_ends_before_its_colon_or_with_its_bracket(text: str, heading: str) -> None:
    section = find_sections(text)[0]

    assert text[section.start : heading_end(text, section)] == heading


def test_every_section_of_the_reader_has_a_title_for_people() -> None:
    assert section_title("present_illness") == "Present illness"
    assert section_title("some_new_one") == "Some new one"

"""Section headings in English and Chinese; the sections always cover the note."""

from __future__ import annotations

import pytest

from medmm.records.sections import find_sections


def sections_of(text: str) -> list[tuple[str, str]]:
    return [(part.name, text[part.start : part.end]) for part in find_sections(text)]


def test_english_headings_split_the_note() -> None:
    text = "MRN: 1\nChief Complaint: cough\nHPI: three days.\nPHYSICAL EXAM\nclear\nImpression: normal\n"

    assert sections_of(text) == [
        ("header", "MRN: 1\n"),
        ("complaint", "Chief Complaint: cough\n"),
        ("present_illness", "HPI: three days.\n"),
        ("exam", "PHYSICAL EXAM\nclear\n"),
        ("assessment", "Impression: normal\n"),
    ]


def test_chinese_headings_split_the_note() -> None:
    text = "主诉：发热三天。\n现病史：三天前发热。既往史：无特殊。\n【查体】双肺呼吸音清。\n初步诊断：肺炎\n"

    assert [name for name, _ in sections_of(text)] == ["complaint", "present_illness", "history", "exam", "assessment"]


def test_a_heading_after_a_sentence_begins_a_section() -> None:
    assert sections_of("Assessment: pneumonia. Plan: antibiotics.") == [
        ("assessment", "Assessment: pneumonia. "),
        ("plan", "Plan: antibiotics."),
    ]


@pytest.mark.parametrize("text", ["## Medications\nnone\n", "**Medications:** none", "2. Medications: none"])
def test_marked_and_numbered_headings_are_found(text: str) -> None:
    assert [name for name, _ in sections_of(text)] == ["medications"]


def test_words_of_prose_are_no_headings() -> None:
    assert sections_of("The plan was discussed; history of asthma is known.")[0][0] == "note"


def test_an_empty_text_has_no_sections() -> None:
    assert find_sections("") == ()

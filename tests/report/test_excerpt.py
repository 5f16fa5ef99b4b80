"""The note excerpt: what is chosen, what is marked."""

from __future__ import annotations

from medmm.core.prediction import TokenWeight
from medmm.report.excerpt import GAP_MARK, MAX_CHARACTERS, choose_ranges, mark_lines
from tests.report.builders import NOTE_TEXT, make_explanation


def token(text: str, word: str, weight: float) -> TokenWeight:
    """The weight of the first occurrence of a word."""
    return TokenWeight(text.index(word), text.index(word) + len(word), word, weight)


def long_note() -> str:
    """Six thousand characters with one telling word early and one late."""
    filler = "Seen on ward round, plan unchanged. " * 80
    return f"{filler}New fever overnight. {filler}Effusion on the left. "


def test_short_note_is_shown_whole_and_unchanged() -> None:
    lines = mark_lines(NOTE_TEXT, make_explanation("pneumonia").tokens)

    assert "\n".join("".join(span.text for span in line) for line in lines) == NOTE_TEXT.rstrip("\n")


def test_words_are_tinted_relative_to_the_strongest() -> None:
    lines = mark_lines(NOTE_TEXT, make_explanation("pneumonia").tokens)

    tints = {span.text: span.tint for line in lines for span in line if span.tint}
    assert tints["pneumonia"] == 1.0
    assert tints["fever"] == 0.846  # 0.44 / 0.52
    assert tints["oedema"] == -0.404  # -0.21 / 0.52


def test_weak_words_stay_unmarked() -> None:
    text = "cough and weather"

    lines = mark_lines(text, [token(text, "cough", 1.0), token(text, "weather", 0.1)])

    assert [(span.text, span.tint) for span in lines[0]] == [("cough", 1.0), (" and weather", 0.0)]


def test_negated_stretch_is_marked_through_a_tinted_word() -> None:
    start = NOTE_TEXT.index("No leg oedema")

    lines = mark_lines(NOTE_TEXT, make_explanation("x").tokens, negated=[(start, start + 13)])

    negated = "".join(span.text for line in lines for span in line if span.is_negated)
    assert negated == "No leg oedema"


def test_long_note_is_cut_around_its_strongest_words() -> None:
    text = long_note()

    ranges = choose_ranges(text, [token(text, "fever", 0.4), token(text, "Effusion", -0.3)])

    shown = [text[start:end] for start, end in ranges]
    assert len(shown) == 2
    assert "New fever overnight." in shown[0]
    assert "Effusion on the left." in shown[1]
    assert sum(map(len, shown)) <= MAX_CHARACTERS


def test_long_note_says_where_it_was_cut() -> None:
    text = long_note()

    lines = mark_lines(text, [token(text, "fever", 0.4)])

    shown = "".join(span.text for line in lines for span in line)
    assert shown.startswith(GAP_MARK)
    assert shown.endswith(GAP_MARK)
    assert shown.strip(" […]").split()[0] in ("Seen", "on", "ward", "round,", "plan", "unchanged.")


def test_long_note_without_weights_shows_its_beginning() -> None:
    text = long_note()

    (start, end), *rest = choose_ranges(text, [])

    assert (start, rest) == (0, [])
    assert MAX_CHARACTERS - 20 <= end <= MAX_CHARACTERS


def test_long_note_in_a_script_without_spaces_is_cut_too() -> None:
    text = "患者一般情况可" * 400 + "咳嗽" + "患者一般情况可" * 400

    ranges = choose_ranges(text, [token(text, "咳嗽", 1.0)])

    assert len(ranges) == 1
    assert "咳嗽" in text[slice(*ranges[0])]


def test_blank_lines_collapse_to_one() -> None:
    assert [len(line) for line in mark_lines("a\n\n\n\nb\n\n", [])] == [1, 0, 1]

"""Words are plain English everywhere, and remember how they were made."""

from __future__ import annotations

import copy

from medmm.core.errors import UnreadableFile
from medmm.core.words import NOTHING, Words, in_a_row


def test_words_are_the_filled_template() -> None:
    words = Words("{name!r} has {size:,} bytes", name="a.dcm", size=12345)

    assert words == "'a.dcm' has 12,345 bytes"
    assert (words.template, words.values) == ("{name!r} has {size:,} bytes", {"name": "a.dcm", "size": 12345})


def test_braces_of_a_text_without_values_stay() -> None:
    assert Words('Write {"a": 1}.') == 'Write {"a": 1}.'


def test_words_within_words_keep_their_own_template() -> None:
    whole = Words("Not used: {reason}.", reason=Words("has {n} columns", n=3))

    inner = whole.values["reason"]
    assert whole == "Not used: has 3 columns."
    assert isinstance(inner, Words)
    assert inner.template == "has {n} columns"


def test_an_error_crosses_processes_with_its_template() -> None:
    error = UnreadableFile(Words("{name} is empty", name="a"), Words("Copy it again."))

    found = copy.deepcopy(error)

    assert (found.message.template, found.message.values) == ("{name} is empty", {"name": "a"})
    assert found.sentences == "a is empty. Copy it again."


def test_an_error_without_hint_is_one_sentence() -> None:
    assert UnreadableFile(Words("a is empty")).sentences == "a is empty."


def test_parts_stand_in_a_row() -> None:
    row = in_a_row((Words("Temperature"), "x"), separator="; ")

    assert row == "Temperature; x"
    assert list(row.values.values()) == ["Temperature", "x"]
    assert in_a_row(()) == NOTHING

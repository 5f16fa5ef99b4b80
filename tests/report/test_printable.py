"""Patient text made printable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medmm.report.content import compose_report
from medmm.report.fonts import without_font
from medmm.report.printable import font_check, printable
from tests.report.builders import make_case, make_patient, make_result

# Not assigned in any version of Unicode, so no font can have it.
UNASSIGNED = "\U0003fffd"


@pytest.mark.parametrize("text", ["<b>Anna</b>", '#read("/etc/passwd")', "$x$", "王^小红", "x <i and y> z", "محمد"])
def test_text_that_looks_like_markup_is_left_alone(text: str) -> None:
    assert printable(text) == text


def test_controls_and_overrides_become_visible() -> None:
    assert printable("a\x00b\x1bc\u202ed\ud800e") == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_joiners_of_scripts_that_need_them_are_kept() -> None:
    assert printable("نمی‌خواهم") == "نمی‌خواهم"


@pytest.mark.slow
def test_character_without_a_font_becomes_its_code_point() -> None:
    assert without_font(frozenset("a王" + UNASSIGNED)) == {UNASSIGNED}
    assert printable(f"a{UNASSIGNED}b", frozenset(UNASSIGNED)) == "a[U+3FFFD]b"


def test_word_longer_than_any_real_one_can_break() -> None:
    broken = printable("X" * 80)

    assert broken.replace("\u200b", "") == "X" * 80
    assert "\u200b" in broken
    assert printable("a" * 64) == "a" * 64  # a hash must stay itself when copied


def test_report_warns_of_characters_without_a_font() -> None:
    report = compose_report(make_case(images=(), patient=make_patient(f"SMITH^{UNASSIGNED}")), make_result())

    assert report.checks[0].code == "no_font"
    assert report.checks[0].message.startswith("1 character has no font on this machine")
    assert "U+3FFFD" in report.checks[0].message


def test_report_without_strange_characters_does_not_warn() -> None:
    report = compose_report(make_case(images=()), make_result())

    assert font_check(report) == ()
    assert font_check(replace(report, patient_name="王小红 김민준 渡辺 湿啰音 ≥ 39 ℃")) == ()

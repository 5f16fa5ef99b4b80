"""What medmm says is said in the language of the window, with its values."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from medmm.core.errors import UnreadableFile
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.imaging.spacing import with_provenance
from ui.language import speak, told
from ui.messages import to_problem


@pytest.fixture
def in_chinese(application: QApplication) -> Iterator[QApplication]:
    speak("zh_CN")
    yield application
    speak("en")


def test_a_message_is_told_in_chinese_with_its_values(in_chinese: QApplication) -> None:
    words = Words("{name!r} is {kind}, not an image", name="a.dcm", kind=Words("a structured report"))

    assert told(words) == "'a.dcm' 是结构化报告，不是图像"


def test_the_kind_of_an_input_is_told_too(in_chinese: QApplication) -> None:
    assert told(Words("The {kind} was left out on request.", kind=InputKind.NOTE)) == "已按要求略去“病历”。"


def test_a_name_of_a_file_is_never_translated(in_chinese: QApplication) -> None:
    assert told(Words("{name!r} does not exist", name="note")) == "'note' 不存在"


def test_a_problem_ends_in_the_full_stop_of_its_script(in_chinese: QApplication) -> None:
    problem = to_problem(UnreadableFile(Words("{name!r} does not exist", name="a"), Words("Check the path.")))

    assert (problem.sentence, problem.hint) == ("'a' 不存在。", "请检查路径。")


def test_english_is_told_as_it_was_made(application: QApplication) -> None:
    problem = to_problem(UnreadableFile(Words("{name!r} does not exist", name="a"), Words("Check the path.")))

    assert (problem.sentence, problem.hint) == ("'a' does not exist.", "Check the path.")


def test_a_unit_keeps_its_provenance_in_chinese(in_chinese: QApplication) -> None:
    assert told(with_provenance(Words("at detector"))) == "mm（探测器处）"


def test_what_a_file_says_of_itself_is_left_as_it_is(in_chinese: QApplication) -> None:
    assert told("full range") == "full range"
    assert told(Words("full range")) == "全范围"

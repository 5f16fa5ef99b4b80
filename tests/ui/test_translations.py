"""Simplified Chinese is complete, compiled, and keeps the places for numbers and the keys of the menus."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialog

from medmm.core.resources import resource
from ui.dialogs.close_box import close_box
from ui.language import CONTEXT, speak, system_language, tr

ROOT = Path(__file__).resolve().parents[2]
TS, QM = resource("i18n", "medmm_zh_CN.ts"), resource("i18n", "medmm_zh_CN.qm")
UPDATE = "run: python installer/translations.py"


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "installer" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def chinese(translations: ModuleType) -> dict[str, str]:
    return dict(translations.read_translations(TS))


def test_what_a_map_shows_is_never_called_a_lesion(translations: ModuleType) -> None:
    """Areas that changed the score are no lesions (Radiology 2024: trust rises with a map, right or wrong)."""
    report = resource("report", "report.typ").read_text(encoding="utf-8")

    assert [text for text in (*translations.collect_texts(), report) if "lesion" in text.casefold()] == []


@pytest.fixture
def in_chinese(application: QApplication) -> Iterator[QApplication]:
    speak("zh_CN")
    yield application
    speak("en")


def test_every_text_of_the_window_is_translated(translations: ModuleType, chinese: dict[str, str]) -> None:
    texts = translations.collect_texts()

    assert len(texts) > 300
    assert [text for text in texts if text not in chinese] == [], UPDATE


def test_no_translation_is_left_over(translations: ModuleType, chinese: dict[str, str]) -> None:
    assert sorted(set(chinese) - set(translations.collect_texts())) == [], UPDATE


def test_the_compiled_file_says_what_the_source_says(application: QApplication, chinese: dict[str, str]) -> None:
    translator = QTranslator()
    assert translator.load(str(QM))

    stale = [text for text, words in chinese.items() if translator.translate(CONTEXT, text) != words]

    assert stale == [], UPDATE


def test_places_for_numbers_and_names_are_kept(chinese: dict[str, str]) -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"{[^}]*}", text))

    assert [text for text, words in chinese.items() if places(text) != places(words)] == []


def test_menu_letters_are_kept_in_brackets(chinese: dict[str, str]) -> None:
    def letter(text: str) -> str:
        found = re.search(r"&(\w)", text)
        return found[1].upper() if found else ""

    wrong = [text for text, words in chinese.items() if letter(text) != letter(words)]
    bare = [words for words in chinese.values() if letter(words) and f"(&{letter(words)})" not in words]

    assert wrong == []
    assert bare == []


def test_texts_of_tr_and_mark_are_found_and_others_not(translations: ModuleType) -> None:
    source = 'A = mark("one")\nlabel.setText(tr("two {n}").format(n=1))\nother("three")\n"""tr("four")"""\n'

    assert list(translations.texts_of(source, translations.DOORS)) == ["one", "two {n}"]


def test_qt_speaks_chinese_as_well(in_chinese: QApplication) -> None:
    dialog = QDialog()
    box = close_box(dialog)

    assert box.button(box.StandardButton.Close).text() == "关闭"
    assert tr("Settings") == "设置"
    assert QLocale().name() == "zh_CN"
    dialog.deleteLater()


def test_english_comes_back(in_chinese: QApplication) -> None:
    speak("en")

    assert tr("Settings") == "Settings"


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (["zh-Hans-CN", "zh", "en"], "zh_CN"),
        (["zh_CN"], "zh_CN"),
        (["zh-Hant-TW", "en-US"], "en"),
        (["de-DE", "zh-CN"], "zh_CN"),
        (["de-DE"], "en"),
        (["C"], "en"),
    ],
)
def test_the_systems_language_is_followed(wanted: list[str], chosen: str) -> None:
    assert system_language(wanted) == chosen

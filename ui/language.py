"""The one door for every text that a user reads: the interface in the language chosen."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from medmm.core.resources import resource
from medmm.core.words import Words

CONTEXT = "MedMM"
ENGLISH, CHINESE = "en", "zh_CN"
# Written in the traditional script, which is no Simplified Chinese.
TRADITIONAL = ("Hant", "TW", "HK", "MO")
_installed: list[QTranslator] = []


def tr(text: str) -> str:
    """Give an English text of the interface in the language chosen; the text itself where nobody translated it."""
    return QCoreApplication.translate(CONTEXT, text)


def told(text: str) -> str:
    """Give words of medmm in the language chosen: the template is translated, then filled with its values."""
    if isinstance(text, StrEnum):
        return tr(text.value)
    if not isinstance(text, Words):
        # Somebody else's words, such as a file's own name of a window.
        return text
    values = {name: told(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return tr(text.template).format(**values) if values else tr(text.template)


def mark(text: str) -> str:
    """Say that a text will be shown through `tr` later: a constant is made before the language is known."""
    return text


def speak(language: str) -> None:
    """Show every text made from now on in a language: "en", "zh_CN", or "system"; Qt's own dialogs follow."""
    chosen = system_language(QLocale.system().uiLanguages()) if language == "system" else language
    while _installed:
        QCoreApplication.removeTranslator(_installed.pop())
    QLocale.setDefault(QLocale(chosen))
    if chosen == ENGLISH:
        return
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for path in (qt / f"qtbase_{chosen}.qm", resource("i18n", f"medmm_{chosen}.qm")):
        translator = QTranslator()
        # A system's own Qt may come without its translations; English stands in then.
        if translator.load(str(path)):
            QCoreApplication.installTranslator(translator)
            _installed.append(translator)


def system_language(wanted: list[str]) -> str:
    """Choose the first language that the system's user wants and that there is, else English."""
    for name in wanted:
        first, *rest = name.replace("_", "-").split("-")
        if first == "zh" and not set(rest) & set(TRADITIONAL):
            return CHINESE
        if first == "en":
            return ENGLISH
    return ENGLISH

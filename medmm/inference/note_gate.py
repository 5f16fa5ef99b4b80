"""Which clinical notes of a case a model may read, and why not the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from medmm.core.case import Case
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import ClinicalNote
from medmm.core.words import Words, in_a_row
from medmm.inference.clock import is_after

MIN_WORDS = 3
MIN_LATIN = 0.6
WORD = re.compile(r"[^\W\d_]+")
LAST_LATIN = "\u0250"
SCRIPTS = {"ja": ("\u3040", "\u30ff"), "ko": ("\uac00", "\ud7a3"), "zh": ("\u4e00", "\u9fff")}
# The commonest function words: enough to tell running text apart, never used to understand it.
COMMON_WORDS = {
    "en": "the of and with for is was no has not on in at to are she he his her denies",
    "de": "der die das und mit ist nicht ein eine kein keine bei seit wurde von im zur hat",
    "fr": "le la les et avec est pas une des du pour depuis sans dans au chez sur",
    "es": "el los las y con es una del para desde sin por que paciente se al",
    "it": "il gli con non una del della per da nel che di alla paziente dei",
    "pt": "com uma do da para desde sem por que em ao os dos paciente ele ela",
    "nl": "het een met van is niet geen sinds bij voor op werd aan",
}
FUNCTION_WORDS = {code: frozenset(words.split()) for code, words in COMMON_WORDS.items()}
LANGUAGE_NAMES = {"en": Words("English"), "de": Words("German"), "fr": Words("French"), "es": Words("Spanish"),
                  "it": Words("Italian"),                   "pt": Words("Portuguese"), "nl": Words("Dutch"),
                  "zh": Words("Chinese"), "ja": Words("Japanese"), "ko": Words("Korean")}  # fmt: skip


def choose_notes(case: Case, languages: Sequence[str] = ("en",)) -> tuple[int, ...]:
    """Give the indices of the notes that may be read, oldest first (the order of the case)."""
    return tuple(i for i, note in enumerate(case.notes) if refuse_note(note, case, languages) is None)


def check_notes(case: Case, languages: Sequence[str] = ("en",)) -> tuple[tuple[int, ...], tuple[QualityNote, ...]]:
    """Choose the notes to read and say why others are left out."""
    if not case.notes:
        return (), (_remark("no_note", Words("There is no clinical note in this folder."), Severity.INFO),)
    refusals = [refuse_note(note, case, languages) for note in case.notes]
    chosen = tuple(i for i, refusal in enumerate(refusals) if refusal is None)
    return chosen, tuple(dict.fromkeys(refusal for refusal in refusals if refusal is not None))


def refuse_note(note: ClinicalNote, case: Case, languages: Sequence[str] = ("en",)) -> QualityNote | None:
    """Give the first reason why this note must not be read; None when it may."""
    if not note.text.strip():
        return _remark("note_empty", Words("The clinical note is empty."))
    if case.index_time is not None and note.written_at is not None and is_after(note.written_at, case.index_time):
        return _remark(
            "note_after_index_time",
            Words(
                "The note was written at {written_at:%Y-%m-%d %H:%M}, after the "
                "index time {index_time:%Y-%m-%d %H:%M}; it may not be used.",
                written_at=note.written_at,
                index_time=case.index_time,
            ),
        )
    found = guess_language(note.text)
    if found and found not in languages:
        known = in_a_row(LANGUAGE_NAMES.get(code, code) for code in languages)
        return _remark(
            "note_language",
            Words(
                "The note is written in {language}; the model reads {known}.",
                language=LANGUAGE_NAMES.get(found, Words("another script")),
                known=known,
            ),
        )
    # Chinese and Japanese write no spaces: there a letter counts as a word.
    words = [letter for letter in note.text if letter.isalpha()] if found in SCRIPTS else WORD.findall(note.text)
    if len(words) < MIN_WORDS:
        return _remark(
            "note_too_short",
            Words(
                "The note has {n_words} words; at least {min_words} are needed.",
                n_words=len(words),
                min_words=MIN_WORDS,
            ),
        )
    return None


def guess_language(text: str) -> str:
    """Guess the language: its code, "other" for a script that is not known here, "" when undecided.

    Telegraphic notes hold few function words, so another language must show three of them and twice as many as English.
    """
    letters = [letter for letter in text if letter.isalpha()]
    if letters and sum(letter < LAST_LATIN for letter in letters) < MIN_LATIN * len(letters):
        return _script_language(letters)
    words = [word.lower() for word in WORD.findall(text)]
    counts = {code: sum(word in known for word in words) for code, known in FUNCTION_WORDS.items()}
    english = counts.pop("en")
    best = max(counts, key=lambda code: counts[code])
    if counts[best] >= 3 and counts[best] > 2 * english:
        return best
    return "en" if english else ""


def _script_language(letters: Sequence[str]) -> str:
    # Chinese has no kana; Japanese nearly always some (Unicode blocks Hiragana and Katakana, CJK, Hangul).
    for code, (first, last) in SCRIPTS.items():
        if any(first <= letter <= last for letter in letters):
            return code
    return "other"


def _remark(code: str, message: Words, severity: Severity = Severity.WARNING) -> QualityNote:
    return QualityNote(code, message, severity, InputKind.NOTE)

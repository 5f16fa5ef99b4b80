"""Which clinical notes of a case a model may read, and why not the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from medmm.core.case import Case
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import ClinicalNote
from medmm.core.words import Words, in_a_row
from medmm.inference.clock import is_after, seconds_between
from medmm.inference.lost_file import is_lost
from medmm.records.report_kind import is_reading

# "Chest pain" is an indication; one word says as much as none.
MIN_WORDS = 2
MIN_LATIN = 0.6
# Tables of laboratory values pasted as text still hold half letters.
MIN_LETTERS = 0.4
# A text of a hundred words in which every word stands ten times was pasted over and over.
MANY_WORDS, MIN_DISTINCT = 100, 0.1
PRIOR_HOURS = 24
MIN_ACCESSION = 4
# As far back as a history is taken for that of this illness.
MAX_DAYS = 7
# Letters at random: half of such words have no vowel in reach.
LONG_WORD, MIN_LONG_WORDS, MAX_ODD_SHARE = 4, 8, 0.2
HAN = re.compile(r"[\u3400-\u9fff]")
# The first level of GB 2312 (3,755 characters by frequency) and of Big5 (5,401): their lead bytes. Of running text at
# most 3 in 100 lie outside, of text read in a wrong encoding 40 and more.
COMMON_HAN = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6))
VOWEL, CONSONANTS = re.compile(r"[aeiouyAEIOUY]"), re.compile(r"[^aeiouyAEIOUY]{5}")
SUFFIXES = frozenset({".txt", ".md"})
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
        return (), (_none_at_all(case),)
    refusals = [refuse_note(note, case, languages) for note in case.notes]
    chosen = tuple(i for i, refusal in enumerate(refusals) if refusal is None)
    found = dict.fromkeys(refusal for refusal in refusals if refusal is not None)
    return chosen, (*found, *_age_of_newest(case, chosen))


def _age_of_newest(case: Case, chosen: Sequence[int]) -> tuple[QualityNote, ...]:
    times = [case.notes[index].written_at for index in chosen]
    known = [time for time in times if time is not None]
    if case.index_time is None or not known or len(known) < len(times):
        return ()
    days = min(seconds_between(time, case.index_time) for time in known) / 86_400
    if days <= MAX_DAYS:
        return ()
    message = Words("The newest note was written {days:.0f} days before the index time.", days=days)
    return (_remark("note_not_current", message),)


def _none_at_all(case: Case) -> QualityNote:
    if lost := next((file for file in case.skipped if is_lost(file, SUFFIXES)), None):
        return _remark("note_unreadable", lost.reason)
    return _remark("no_note", Words("There is no clinical note in this folder."), Severity.INFO)


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
    return _refuse_kind(note, case) or _refuse_words(note, languages)


def _refuse_kind(note: ClinicalNote, case: Case) -> QualityNote | None:
    if is_reading(note.text) and not _is_prior(note, case):
        return _remark(
            "note_is_report",
            Words("The note is the reading of an imaging study, maybe of this one: it would give the answer away."),
        )
    return None


def _is_prior(note: ClinicalNote, case: Case) -> bool:
    # The reading of an earlier film is history; one without a date may be that of this film.
    if case.index_time is None or note.written_at is None or _names_accession(note, case):
        return False
    return seconds_between(note.written_at, case.index_time) >= PRIOR_HOURS * 3600


def _names_accession(note: ClinicalNote, case: Case) -> bool:
    numbers = {image.header.accession_number.strip() for image in case.images}
    return any(len(number) >= MIN_ACCESSION and number in note.text for number in numbers)


def _refuse_words(note: ClinicalNote, languages: Sequence[str]) -> QualityNote | None:
    # Before its language is asked for: letters at random make words of any.
    return _refuse_signs(note.text) or _refuse_garbled(note.text) or _refuse_language(note, languages)


def _refuse_signs(text: str) -> QualityNote | None:
    visible = [char for char in text if not char.isspace()]
    letters = sum(char.isalpha() for char in visible)
    if letters < MIN_LETTERS * len(visible):
        return _remark(
            "note_not_text",
            Words(
                "Only {letters:.0f} of 100 characters of the note are letters; it is no running text.",
                letters=100 * letters / len(visible),
            ),
        )
    return None


def _refuse_garbled(text: str) -> QualityNote | None:
    long = [word for word in WORD.findall(text) if len(word) >= LONG_WORD and word.isascii()]
    if len(long) >= MIN_LONG_WORDS and (odd := sum(map(_is_unpronounceable, long)) / len(long)) > MAX_ODD_SHARE:
        return _remark(
            "note_garbled",
            Words(
                "{odd:.0f} of 100 longer words of the note cannot be spoken; it is no text of any language.",
                odd=100 * odd,
            ),
        )
    han = HAN.findall(text)
    if len(han) >= MIN_LONG_WORDS and (rare := 1 - sum(map(_is_common, han)) / len(han)) > MAX_ODD_SHARE:
        return _remark(
            "note_garbled",
            Words(
                "{rare:.0f} of 100 Chinese characters of the note stand in hardly any text; "
                "it may have been read in a wrong encoding.",
                rare=100 * rare,
            ),
        )
    return None


def _refuse_language(note: ClinicalNote, languages: Sequence[str]) -> QualityNote | None:
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
    return _refuse_repetition(words)


def _refuse_repetition(words: Sequence[str]) -> QualityNote | None:
    # Of the first thousand only: the longer a text, the fewer new words a sound one brings.
    begin = words[:1000]
    if len(begin) >= MANY_WORDS and (distinct := len({word.lower() for word in begin})) < MIN_DISTINCT * len(begin):
        return _remark(
            "note_repetitive",
            Words(
                "The note repeats itself: {n_words} words, {distinct} different ones.",
                n_words=len(begin),
                distinct=distinct,
            ),
        )
    return None


def _is_common(char: str) -> bool:
    return any(
        first <= char.encode(codec, "ignore")[:1].ljust(1, b"\0")[0] <= last for codec, first, last in COMMON_HAN
    )


def _is_unpronounceable(word: str) -> bool:
    # Abbreviations are capitals; five consonants in a row stand in hardly an English word.
    return not word.isupper() and (not VOWEL.search(word) or bool(CONSONANTS.search(word)))


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

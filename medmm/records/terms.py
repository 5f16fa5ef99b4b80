"""The terms of a note for bags of words: cleaned, cut into words, without stop words, stemmed, denied ones marked.

English goes word by word; Chinese, which writes no spaces, by characters and pairs of characters. Every term knows its
place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from medmm.core.record import Negation
from medmm.records.negation import find_negations

# In the order in which they are done.
STEPS = ("clean", "negation", "stop_words", "stem")
NOT = "not_"
# A run of Chinese, or a word of other letters that may hold digits (T2DM).
_WORD = re.compile(r"[\u3400-\u9fff]+|(?=\d*[^\W\d_\u3400-\u9fff])[^\W_\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
# What every note is full of and no finding is told by; words of denial are cues, not stop words.
_STOP_WORDS = """
    a about all also am an and any are as at be been being but by can could did do does for from had has have he her
    here hers him his how i if in into is it its just me more most my of on or other our out over own per she should so
    some such than that the their them then there these they this those to too very was we were what when where which
    while who will with would you your patient pt
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
STOP_CHARACTERS = frozenset("的了和与及在于为是有被将把对从到也而且或其之等者患")


@dataclass(frozen=True)
class Term:
    """A term and the stretch of the text that it stands for."""

    text: str
    start: int
    end: int


def find_terms(text: str, steps: Sequence[str] = STEPS) -> tuple[Term, ...]:
    """Give the terms of a text in order of place, after the steps that are named."""
    terms = list(split_words(text))
    if "clean" in steps:
        terms = [replace(term, text=clean(term.text)) for term in terms]
    denials = find_negations(text) if "negation" in steps else ()
    if denials:
        terms = without_cues(terms, denials)
    if "stop_words" in steps:
        terms = [term for term in terms if not is_stop_word(term.text)]
    if "stem" in steps:
        terms = [replace(term, text=stem(term.text)) for term in terms]
    return tuple(mark_denied(terms, denials)) if denials else tuple(terms)


def split_words(text: str) -> Iterator[Term]:
    """Cut into words; a run of Chinese gives its characters and its pairs. Numbers alone are no words."""
    for match in _WORD.finditer(text):
        if not _HAN.match(match[0]):
            yield Term(match[0], match.start(), match.end())
            continue
        for place in range(match.start(), match.end()):
            yield Term(text[place], place, place + 1)
            if place + 2 <= match.end():
                yield Term(text[place : place + 2], place, place + 2)


def clean(word: str) -> str:
    """Bring one word to its plain form: full-width and ligatures undone, accents composed, lower case."""
    return unicodedata.normalize("NFKC", word).casefold()


def is_stop_word(word: str) -> bool:
    """Tell whether a word says nothing by itself."""
    return word in STOP_WORDS or (len(word) == 1 and (word in STOP_CHARACTERS or word.isascii()))


def stem(word: str) -> str:
    """Give the stem of an English word by Porter's second algorithm ("effusions" is "effus"); others stay."""
    return _stem(word) if word.isascii() else word


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))


def without_cues(terms: Sequence[Term], denials: Sequence[Negation]) -> list[Term]:
    """Leave out the words that deny: what they deny is marked instead."""
    return _outside(terms, sorted((denial.cue_start, denial.cue_end) for denial in denials))


def mark_denied(terms: Sequence[Term], denials: Sequence[Negation]) -> list[Term]:
    """Give what is denied a term of its own: "no effusion" is not_effus."""
    scopes = sorted((denial.scope_start, denial.scope_end) for denial in denials)
    plain = set(_outside(terms, scopes))
    return [term if term in plain else replace(term, text=NOT + term.text) for term in terms]


def _outside(terms: Sequence[Term], spans: Sequence[tuple[int, int]]) -> list[Term]:
    starts = [start for start, _ in spans]
    furthest = [0]
    for _, end in spans:
        furthest.append(max(furthest[-1], end))
    return [term for term in terms if furthest[bisect_right(starts, term.start)] <= term.start]

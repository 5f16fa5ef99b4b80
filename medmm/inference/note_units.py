"""Words of a note joined to what is said: a negation with its target, and whole sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from medmm.core.prediction import TokenWeight
from medmm.core.record import ClinicalNote
from medmm.records.negation import find_negated
from medmm.records.sentences import find_sentences

Span = tuple[int, int]


def join_negated(words: Sequence[TokenWeight], notes: Sequence[ClinicalNote]) -> tuple[TokenWeight, ...]:
    """Make one unit with one weight of each negation cue and what it denies; other words stay what they are.

    "No" alone says nothing: whether it raises or lowers a finding is decided by what follows.
    """
    units: list[TokenWeight] = []
    for index, own in groupby(words, key=lambda word: word.note_index):
        read = list(own)
        spans = find_negated(notes[index].text[: read[-1].end])
        for place, group in groupby(read, key=lambda word: _span_at(spans, word.start)):
            several = list(group)
            units += [_joined(several, notes[index], spans[place], is_negated=True)] if place >= 0 else several
    return tuple(units)


def join_sentences(units: Sequence[TokenWeight], notes: Sequence[ClinicalNote]) -> tuple[TokenWeight, ...]:
    """Sum the weights over each sentence; what stands in no sentence (a heading) is left out."""
    found: list[TokenWeight] = []
    for index, own in groupby(units, key=lambda unit: unit.note_index):
        read = list(own)
        text = notes[index].text
        # The stop that ends the last sentence may not have been read.
        spans = find_sentences(text[: read[-1].end + 1])
        for place, group in groupby(read, key=lambda unit: _span_at(spans, unit.start)):
            if place >= 0:
                found.append(_joined(list(group), notes[index], spans[place], is_negated=False))
    return tuple(found)


def _span_at(spans: Sequence[Span], place: int) -> int:
    """Give the number of the span that holds a place, -1 where none does; spans are sorted and apart."""
    number = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return number if number >= 0 and place < spans[number][1] else -1


def _joined(words: Sequence[TokenWeight], note: ClinicalNote, span: Span, *, is_negated: bool) -> TokenWeight:
    # The whole span: a bag of words does not read "no", and what it denies is no finding all the same.
    start, end = span
    weight = sum(word.weight for word in words)
    return TokenWeight(start, end, note.text[start:end], weight, words[0].section, words[0].note_index, is_negated)

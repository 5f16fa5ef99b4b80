"""Which sections of a note can be folded to their heads, and which are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from medmm.core.record import ClinicalNote, NoteSection
from ui.state.note_words import heading_end

# A heading's colon and what is blank up to the first word, but no further than the end of the line.
_AFTER_HEAD = re.compile(r"[:：]?[ \t]*\n?")
# Thousands of headings, bold and with a sign each, would make a long note slow to open.
MAX_HEADINGS = 300
# What comes before the first heading, or a note without any, has no head to fold it to.
HEADLESS = ("header", "note")


@dataclass(frozen=True)
class Fold:
    """What folding one section hides, as character offsets; head: first and last offset of its heading.

    cuts: where lines end while it is folded, because a heading and its text may share a line.
    """

    section: int
    head: tuple[int, int]
    start: int
    end: int
    cuts: tuple[int, ...]


def folds_of(note: ClinicalNote) -> tuple[Fold, ...]:
    """Give the sections that say something below their heading, in order."""
    found = (_fold(note.text, number, section) for number, section in enumerate(note.sections[:MAX_HEADINGS]))
    return tuple(fold for fold in found if fold is not None)


def cuts_of(folds: tuple[Fold, ...], folded: frozenset[int]) -> list[int]:
    """Give the places where lines end because of what is folded."""
    return [cut for fold in folds if fold.section in folded for cut in fold.cuts]


def _fold(text: str, number: int, section: NoteSection) -> Fold | None:
    if section.name in HEADLESS:
        return None
    head_end = heading_end(text, section)
    start, end = _AFTER_HEAD.match(text, head_end).end(), section.end  # type: ignore[union-attr]  # matches nothing, too
    if text[start:end].isspace() or start >= end:
        return None
    cuts = tuple(at for at in (start, end) if at < len(text) and text[at - 1] != "\n")
    return Fold(number, (section.start, head_end), start, end, cuts)


def fold_at(folds: tuple[Fold, ...], index: int) -> Fold | None:
    """Give the fold whose head or hidden lines hold a character."""
    at = bisect_right(folds, index, key=lambda fold: fold.head[0]) - 1
    found = folds[at] if at >= 0 else None
    return found if found is not None and (index < found.head[1] or found.start <= index < found.end) else None


def shown_parts(folds: tuple[Fold, ...], folded: frozenset[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut first..last at what is folded away."""
    at = max(0, bisect_right(folds, first, key=lambda fold: fold.head[0]) - 1)
    for fold in folds[at:]:
        if fold.start >= last:
            break
        if fold.section in folded and fold.end > first:
            if first < fold.start:
                yield first, fold.start
            first = max(first, fold.end)
    if first < last:
        yield first, last

"""Which sections of a note can be folded to their heads, and which are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from medmm.core.record import ClinicalNote, NoteSection
from ui.state.note_words import heading_end

# What comes before the first heading, or a note without any, has no head to fold it to.
HEADLESS = ("header", "note")


@dataclass(frozen=True)
class Fold:
    """What folding one section hides: whole lines, as character offsets; head: first and last offset of its heading."""

    section: int
    head: tuple[int, int]
    start: int
    end: int


def folds_of(note: ClinicalNote) -> tuple[Fold, ...]:
    """Give the sections that have words on lines below their head's line, in order."""
    found = (_fold(note.text, number, section) for number, section in enumerate(note.sections))
    return tuple(
        Fold(fold.section, (fold.head[0], heading_end(note.text, note.sections[fold.section])), fold.start, fold.end)
        for fold in found
        if fold is not None
    )


def _fold(text: str, number: int, section: NoteSection) -> Fold | None:
    if section.name in HEADLESS:
        return None
    start = text.find("\n", section.start, section.end) + 1
    # A next section may begin within a line, which then stays.
    end = section.end if section.end == len(text) else text.rfind("\n", section.start, section.end) + 1
    if not 0 < start < end or text[start:end].isspace():
        return None
    return Fold(number, (section.start, section.start), start, end)


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

"""What a window marks in a note while it is read, stretch by stretch."""

from __future__ import annotations

from medmm.core.record import Negation


def negations_within(text: str, start: int, end: int) -> tuple[Negation, ...]:
    """Find the negations whose cue begins in text[start:end].

    Only the stretch that is seen: a note of a million characters takes over a second to search as a whole.
    """
    from medmm.records.negation import find_negations_within

    return find_negations_within(text, start, end)

"""Find words in a note: every place, and which of them is looked at."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class NoteSearch:
    """What was looked for and where it is, as character offsets; current is the place looked at, -1 without one."""

    words: str = ""
    places: tuple[tuple[int, int], ...] = ()
    current: int = -1

    @property
    def place(self) -> tuple[int, int] | None:
        """The place looked at."""
        return self.places[self.current] if self.places else None

    def stepped(self, by: int) -> NoteSearch:
        """Look at the next or previous place; after the last comes the first."""
        return replace(self, current=(self.current + by) % len(self.places)) if self.places else self

    def within(self, first: int, last: int) -> list[tuple[int, int, bool]]:
        """Give the places that begin in first..last: start, end, and whether it is the one looked at."""
        begin = bisect_left(self.places, (first, 0))
        end = bisect_left(self.places, (last, 0))
        return [(*self.places[at], at == self.current) for at in range(begin, end)]


def search_note(text: str, words: str, *, near: int = 0) -> NoteSearch:
    """Find words without regard to case; a space stands for any white space, for notes are wrapped anywhere.

    near: the place looked at first is the first one at or after this offset.
    """
    pieces = words.split()
    if not pieces:
        return NoteSearch(words)
    pattern = re.compile(r"\s+".join(re.escape(piece) for piece in pieces), re.IGNORECASE)
    places = tuple(match.span() for match in pattern.finditer(text))
    if not places:
        return NoteSearch(words)
    return NoteSearch(words, places, bisect_left(places, (near, 0)) % len(places))

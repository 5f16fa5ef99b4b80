"""A note as Qt shows it: UTF-16 units instead of characters, endless lines cut; and the way back to the note."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

# Qt lays out a line as a whole: a million characters without a line end would take seconds.
LONGEST_LINE = 2_000
_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")


class NoteOffsets:
    """Offsets of one text; `shown` is what the widget gets. cuts: where a line ends besides."""

    def __init__(self, text: str, cuts: Iterable[int] = ()) -> None:
        self._cuts = sorted({*_cuts(text), *cuts})
        edges = [0, *self._cuts, len(text)]
        self.shown = "\n".join(text[edges[at] : edges[at + 1]] for at in range(len(edges) - 1))
        self._wide = [match.start() for match in _TWO_UNITS.finditer(text)]
        # The same places where Qt sees them: the line end that was put in, the first unit of a wide character.
        self._cut_units = [cut + bisect_left(self._wide, cut) + before for before, cut in enumerate(self._cuts)]
        self._wide_units = [place + before + bisect_right(self._cuts, place) for before, place in enumerate(self._wide)]

    def to_qt(self, index: int) -> int:
        """Turn an index in characters into Qt's position."""
        return index + bisect_left(self._wide, index) + bisect_right(self._cuts, index)

    def to_text(self, position: int) -> int:
        """Turn Qt's position into an index in characters."""
        return position - bisect_left(self._wide_units, position) - bisect_left(self._cut_units, position)


def _cuts(text: str) -> Iterator[int]:
    start = 0
    for line in text.split("\n"):
        end, cut = start + len(line), start
        while end - cut > LONGEST_LINE:
            last = cut + LONGEST_LINE
            cut = text.rfind(" ", cut + 1, last) + 1 or last
            yield cut
        start = end + 1

"""Find the sentences of a clinical note: what ends with a full stop, a line of a list, what follows a heading."""

from __future__ import annotations

import re
from itertools import chain, pairwise

# A stop inside a number or an initial ends nothing; a line that was only wrapped goes on in lower case.
_END = re.compile(
    r"[.!?]+(?=[\s\"')\]]|$)(?<!\b[Dd]r\.)(?<!\bapprox\.)(?<!\bvs\.)|[。！？；;]+|\n(?=[ \t]*(?:[^\sa-z]|\n|$))"
)
# "INDICATION:", "现病史：": a heading is no part of the sentence after it.
_HEADING = re.compile(r"(?:^|(?<=\n))[ \t]*[^\n,.;，。；:：]{1,48}[:：][ \t]*")


def find_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Give the sentences as character offsets in order, without headings and the space around them."""
    headings = {match.span() for match in _HEADING.finditer(text)}
    edges = sorted({0, len(text), *(match.end() for match in _END.finditer(text)), *chain.from_iterable(headings)})
    bodies = (_trimmed(text, start, end) for start, end in pairwise(edges) if (start, end) not in headings)
    return tuple((start, end) for start, end in bodies if any(letter.isalnum() for letter in text[start:end]))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())

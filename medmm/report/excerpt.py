"""The part of a note that is worth printing: around the words that weighed most, with their marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from medmm.core.prediction import TokenWeight
from medmm.report.value import Span

# About twenty lines of the report; a longer note is cut to what lies around its strongest words.
MAX_CHARACTERS = 1500
CONTEXT_CHARACTERS = 170
# Words below this part of the strongest one stay unmarked: a page where everything is tinted says nothing.
MIN_TINT = 0.12
GAP_MARK = " […] "

Range = tuple[int, int]


def choose_ranges(text: str, tokens: Sequence[TokenWeight]) -> tuple[Range, ...]:
    """Give the character ranges to print, in order, at most about MAX_CHARACTERS together."""
    if len(text) <= MAX_CHARACTERS:
        return ((0, len(text)),)
    ranges: tuple[Range, ...] = ()
    for token in sorted(tokens, key=lambda token: -abs(token.weight)):
        grown = _merge((*ranges, _around(text, token)))
        if ranges and sum(end - start for start, end in grown) > MAX_CHARACTERS:
            break
        ranges = grown
    return ranges or ((0, _break_before(text, MAX_CHARACTERS)),)


def mark_lines(
    text: str, tokens: Sequence[TokenWeight], *, negated: Sequence[Range] = ()
) -> tuple[tuple[Span, ...], ...]:
    """Cut the chosen ranges into printed lines of spans; every shown character is one of the note's own."""
    strongest = max((abs(token.weight) for token in tokens), default=0.0)
    ranges = choose_ranges(text, tokens)
    spans: list[Span] = []
    for index, (start, end) in enumerate(ranges):
        if index or start > 0:
            spans.append(Span(GAP_MARK))
        spans.extend(_spans(text, (start, end), _tints(tokens, strongest), negated))
    if ranges[-1][1] < len(text):
        spans.append(Span(GAP_MARK))
    return _lines(spans)


def _spans(text: str, part: Range, tints: Sequence[tuple[int, int, float]], negated: Sequence[Range]) -> list[Span]:
    edges = {part[0], part[1]}
    for start, end in [(s, e) for s, e, _ in tints] + list(negated):
        edges.update(edge for edge in (start, end) if part[0] < edge < part[1])
    cuts = sorted(edges)
    return [
        Span(text[a:b], _tint_at(tints, a), any(start <= a < end for start, end in negated)) for a, b in pairwise(cuts)
    ]


def _tints(tokens: Sequence[TokenWeight], strongest: float) -> list[tuple[int, int, float]]:
    if strongest == 0:
        return []
    scaled = [(token.start, token.end, round(token.weight / strongest, 3)) for token in tokens]
    return [tint for tint in scaled if abs(tint[2]) >= MIN_TINT]


def _tint_at(tints: Sequence[tuple[int, int, float]], place: int) -> float:
    return next((tint for start, end, tint in tints if start <= place < end), 0.0)


def _around(text: str, token: TokenWeight) -> Range:
    start = max(0, token.start - CONTEXT_CHARACTERS)
    end = min(len(text), token.end + CONTEXT_CHARACTERS)
    return _break_after(text, start), _break_before(text, end)


def _break_after(text: str, place: int) -> int:
    """Move forward to the start of a word, at most 20 characters (scripts without spaces stay)."""
    if place == 0:
        return 0
    return next((i for i in range(place, min(place + 20, len(text))) if text[i - 1].isspace()), place)


def _break_before(text: str, place: int) -> int:
    """Move back to the end of a word, at most 20 characters."""
    if place >= len(text):
        return len(text)
    return next((i for i in range(place, max(place - 20, 0), -1) if text[i].isspace()), place)


def _merge(ranges: Sequence[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        # A gap shorter than its own mark is printed instead of marked.
        if merged and start - merged[-1][1] <= 2 * len(GAP_MARK):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _lines(spans: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    lines: list[list[Span]] = [[]]
    for span in spans:
        for index, piece in enumerate(span.text.split("\n")):
            if index:
                lines.append([])
            if piece:
                lines[-1].append(Span(piece, span.tint, span.is_negated))
    return _without_blank_runs(lines)


def _without_blank_runs(lines: Sequence[Sequence[Span]]) -> tuple[tuple[Span, ...], ...]:
    kept = [tuple(line) for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)

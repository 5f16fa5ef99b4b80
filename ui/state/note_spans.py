"""Marks over a note that may lie over each other, cut into runs that do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from medmm.core.prediction import CaseResult, TokenWeight
from ui.language import tr
from ui.state.why_words import signed_fine


class Mark(IntEnum):
    """Why a stretch of a note is marked; a later one is drawn over an earlier one."""

    WEIGHT = 0
    NEGATED = 1
    MATCH = 2
    CURRENT = 3


@dataclass(frozen=True)
class NoteSpan:
    """A marked stretch: character offsets, the reason, and for WEIGHT how strong it is, from -1 to 1, and in words."""

    start: int
    end: int
    mark: Mark
    strength: float = 0.0
    words: str = ""


@dataclass(frozen=True)
class Run:
    """A stretch with all its marks, in the order in which they are drawn."""

    start: int
    end: int
    spans: tuple[NoteSpan, ...]


def runs_of(spans: Iterable[NoteSpan], *, first: int, last: int) -> tuple[Run, ...]:
    """Cut the spans that reach into first..last at each other's edges; runs do not overlap and go from left to right.

    Qt paints overlapping formats over each other instead of joining them: the words would be drawn twice.
    """
    seen = [span for span in spans if span.start < last and span.end > first and span.start < span.end]
    edges = sorted({edge for span in seen for edge in (span.start, span.end)})
    starts = sorted(seen, key=lambda span: span.start)
    runs: list[Run] = []
    open_spans: list[NoteSpan] = []
    taken = 0
    for start, end in pairwise(edges):
        while taken < len(starts) and starts[taken].start == start:
            open_spans.append(starts[taken])
            taken += 1
        open_spans = [span for span in open_spans if span.end > start]
        if open_spans:
            runs.append(Run(start, end, tuple(sorted(open_spans, key=lambda span: span.mark))))
    return tuple(runs)


def weight_spans(tokens: Sequence[TokenWeight], scale: float) -> tuple[NoteSpan, ...]:
    """Turn weights into tints; scale is the weight that gets the strongest one."""
    if not scale:
        return ()
    words, denied = tr("weight {weight} logits"), tr("denied, weighed as one: {weight} logits")
    return tuple(
        NoteSpan(
            token.start,
            token.end,
            Mark.WEIGHT,
            max(-1.0, min(1.0, token.weight / scale)),
            (denied if token.is_negated else words).format(weight=signed_fine(token.weight)),
        )
        for token in tokens
    )


def token_scale(result: CaseResult) -> float:
    """Give the weight that gets the strongest tint: the same for every finding of a case."""
    weights = [abs(token.weight) for explanation in result.explanations.values() for token in explanation.tokens]
    return max(weights, default=0.0)

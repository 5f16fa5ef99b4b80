"""Token weights merged to words of the original notes, feature weights to vital signs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from medmm.core.prediction import MomentWeight, TokenWeight, VitalWeight
from medmm.core.record import VITAL_BY_NAME, ClinicalNote
from medmm.inference.model_input import PreparedNote, PreparedVitals
from medmm.models.spec import VitalsSpec

# A number with its decimals or its blood-pressure slash is one unit, so is a hyphenated word, and "c/o" or "h/o".
WORD = re.compile(r"\d+(?:[.,/:-]\d+)*(?:-[^\W\d_]+)*|\b[A-Za-z]/[A-Za-z]\b|[^\W\d_]+(?:[-'’][^\W\d_]+)*|\S")


def merge_words(
    weights: NDArray[np.float64], prepared: PreparedNote, notes: Sequence[ClinicalNote]
) -> tuple[TokenWeight, ...]:
    """Sum token weights [N chunks, T] over the words of each note, in reading order.

    A word that stands in two overlapping chunks gets the sum of both; special and padding tokens have no place.
    """
    by_note: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    places = zip(prepared.note_index.ravel(), prepared.starts.ravel(), weights.ravel(), strict=True)
    for note_index, start, weight in places:
        if note_index >= 0:
            by_note[int(note_index)][int(start)] += float(weight)
    return tuple(word for index in sorted(by_note) for word in _words_of(notes[index], index, by_note[index]))


def _words_of(note: ClinicalNote, note_index: int, by_start: dict[int, float]) -> list[TokenWeight]:
    starts = sorted(by_start)
    words, i = [], 0
    for match in WORD.finditer(note.text):
        weight, is_read = 0.0, False
        while i < len(starts) and starts[i] < match.end():
            weight, is_read, i = weight + by_start[starts[i]], True, i + 1
        if is_read:
            section = _section_at(note, match.start())
            words.append(TokenWeight(match.start(), match.end(), match.group(), weight, section, note_index))
    return words


def _section_at(note: ClinicalNote, place: int) -> str:
    return next((section.name for section in note.sections if section.start <= place < section.end), "")


def merge_vitals(weights: NDArray[np.float64], prepared: PreparedVitals, spec: VitalsSpec) -> tuple[VitalWeight, ...]:
    """Sum feature weights [V] over the summary features of each vital sign."""
    sums = [float(weights[spec.columns_of(name)].sum()) for name in spec.names]
    return tuple(_vital(place, weight, prepared, spec) for place, weight in enumerate(sums))


def merge_series(weights: NDArray[np.float64], prepared: PreparedVitals, spec: VitalsSpec) -> tuple[VitalWeight, ...]:
    """Sum the weights [T, signs] of each vital sign over time, and keep those of the times when it was measured."""
    assert prepared.series is not None
    found = []
    for place, own in enumerate(weights.T):
        measured = prepared.series[:, place, 1]
        moments = tuple(
            MomentWeight(time.isoformat(timespec="seconds"), float(weight))
            for time, weight, is_measured in zip(prepared.times, own, measured, strict=True)
            if is_measured
        )
        found.append(replace(_vital(place, float(own.sum()), prepared, spec), moments=moments))
    return tuple(found)


def _vital(place: int, weight: float, prepared: PreparedVitals, spec: VitalsSpec) -> VitalWeight:
    sign = VITAL_BY_NAME[spec.names[place]]
    time = prepared.last_times[place] if prepared.last_times else None
    return VitalWeight(
        name=sign.name,
        value=prepared.last[place],
        unit=sign.unit,
        weight=weight,
        imputed=prepared.is_missing[place],
        reference=sign.reference,
        time=time.isoformat(timespec="seconds") if time else "",
    )

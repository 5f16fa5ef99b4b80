"""Which stretches of a case's notes never reached the network, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from medmm.core.network_input import LeftOut
from medmm.core.record import ClinicalNote
from medmm.core.words import Words
from medmm.inference.model_input import PreparedNote
from medmm.inference.prepare_note import clinical_start, readable_text
from medmm.models.spec import TextSpec
from medmm.records.sections import find_sections


def left_out(notes: Sequence[ClinicalNote], prepared: PreparedNote, spec: TextSpec) -> tuple[LeftOut, ...]:
    """Give the stretches in the order of their place: blanked ones, what lay beyond the limit, and whole notes."""
    found: list[LeftOut] = []
    for index, note in enumerate(notes):
        is_own = prepared.note_index == index
        if not is_own.any():
            found.append(LeftOut(index, 0, len(note.text), Words("this note was not read")))
            continue
        found += _blanked(index, note, spec)
        last = int(prepared.ends[is_own].max())
        if prepared.coverage < 1.0 and note.text[last:].strip():
            found.append(LeftOut(index, last, len(note.text), Words("beyond the model's limit")))
    return tuple(found)


def _blanked(index: int, note: ClinicalNote, spec: TextSpec) -> Iterator[LeftOut]:
    first = clinical_start(note)
    skipped = [one for one in find_sections(note.text) if one.name in spec.skip_sections] if spec.skip_sections else []
    for start, end in blanked_stretches(note.text, readable_text(note, spec)):
        if end <= first:
            yield LeftOut(index, start, end, Words("lines at the top that name the patient"))
        elif any(one.start <= start < one.end for one in skipped):
            yield LeftOut(index, start, end, Words("a section that the model does not read"))
        else:
            yield LeftOut(index, start, end, Words("names somebody, or is a date or a number of theirs"))


def blanked_stretches(text: str, readable: str) -> list[tuple[int, int]]:
    """Give start and end of each stretch that differs between two texts of one length; blanks do not divide one."""
    differs = np.flatnonzero(_codes(text) != _codes(readable))
    stretches: list[tuple[int, int]] = []
    if differs.size == 0:
        return stretches
    for piece in np.split(differs, np.flatnonzero(np.diff(differs) > 1) + 1):
        start, end = int(piece[0]), int(piece[-1]) + 1
        if stretches and not text[stretches[-1][1] : start].strip():
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)

"""From notes to chunks of tokens that remember where in the text they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from medmm.core.record import ClinicalNote
from medmm.inference.model_input import PreparedNote
from medmm.models.spec import TextSpec
from medmm.models.vocabulary import Vocabulary
from medmm.records.phi import mask_phi
from medmm.records.sections import find_sections
from medmm.records.terms import find_terms

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

Chunk = tuple[list[int], list[int], list[int], list[int]]


def prepare_notes(
    notes: Sequence[ClinicalNote], spec: TextSpec, tokenizer: PreTrainedTokenizerBase | Vocabulary
) -> PreparedNote | None:
    """Tokenise every note into overlapping chunks; None when no note holds a single token.

    A model of whole words has a Vocabulary for a tokenizer, and chunks that do not overlap.
    """
    chunks: list[Chunk] = []
    for index, note in enumerate(notes):
        text = readable_text(note, spec)
        if isinstance(tokenizer, Vocabulary):
            chunks += _chunks_of_words(text, index, spec, tokenizer)
        else:
            chunks += _chunks_of(text, clinical_start(note), index, spec, tokenizer)
    if not chunks:
        return None
    kept = chunks[: spec.max_chunks]
    columns = [_padded([chunk[part] for chunk in kept], fill) for part, fill in enumerate((_pad(tokenizer), -1, 0, 0))]
    mask = _padded([[1] * len(chunk[0]) for chunk in kept], 0)
    ids, note_index, starts, ends = columns
    n_tokens, n_read = len(_places(chunks)), len(_places(kept))
    return PreparedNote(ids, mask, note_index, starts, ends, n_read / n_tokens, n_tokens)


def clinical_start(note: ClinicalNote) -> int:
    """Give the character where the clinical text begins: a score must not depend on who the patient is.

    The block of identity lines at the top (name, number, birth date) is left out; 0 where there is none.
    """
    header = next((section for section in note.sections if section.name == "header" and section.start == 0), None)
    is_identity = bool(note.identity.patient_id or note.identity.name)
    if header is None or not is_identity or not note.text[header.end :].strip():
        return 0
    return header.end


def readable_text(note: ClinicalNote, spec: TextSpec) -> str:
    """Blank what the model may not read, keeping every place: the identity lines, what names the patient, sections."""
    first = clinical_start(note)
    text = " " * first + note.text[first:]
    if "mask_phi" in spec.steps:
        text = mask_phi(text, note.identity)
    for section in find_sections(text) if spec.skip_sections else ():
        if section.name in spec.skip_sections:
            text = text[: section.start] + " " * (section.end - section.start) + text[section.end :]
    return text


def _chunks_of_words(text: str, index: int, spec: TextSpec, vocabulary: Vocabulary) -> list[Chunk]:
    terms = find_terms(text, spec.steps)
    chunks: list[Chunk] = []
    for start in range(0, len(terms), spec.max_tokens):
        piece = terms[start : start + spec.max_tokens]
        numbers = [vocabulary.numbers.get(term.text, vocabulary.unk_token_id) for term in piece]
        chunks.append((numbers, [index] * len(piece), [term.start for term in piece], [term.end for term in piece]))
    return chunks


def _chunks_of(text: str, first: int, index: int, spec: TextSpec, tokenizer: PreTrainedTokenizerBase) -> list[Chunk]:
    coded = tokenizer(
        text[first:],
        max_length=spec.max_tokens,
        stride=spec.stride,
        truncation=True,
        return_overflowing_tokens=True,
        return_offsets_mapping=True,
        return_special_tokens_mask=True,
    )
    chunks: list[Chunk] = []
    for ids, offsets, special in zip(
        coded["input_ids"], coded["offset_mapping"], coded["special_tokens_mask"], strict=True
    ):
        if all(special):
            continue
        places = [-1 if is_special else index for is_special in special]
        starts = [0 if is_special else first + start for is_special, (start, _) in zip(special, offsets, strict=True)]
        ends = [0 if is_special else first + end for is_special, (_, end) in zip(special, offsets, strict=True)]
        chunks.append((list(ids), places, starts, ends))
    return chunks


def _pad(tokenizer: PreTrainedTokenizerBase | Vocabulary) -> int:
    return int(tokenizer.pad_token_id or 0)


def _padded(rows: Sequence[Sequence[int]], fill: int) -> NDArray[np.int64]:
    width = max(len(row) for row in rows)
    return np.array([[*row, *[fill] * (width - len(row))] for row in rows], dtype=np.int64)


def _places(chunks: Sequence[Chunk]) -> set[tuple[int, int]]:
    return {
        (note, start) for _, notes, starts, _ in chunks for note, start in zip(notes, starts, strict=True) if note >= 0
    }

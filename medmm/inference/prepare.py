"""The only preprocessing of the project: a case to the network's input, for training and for scoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.case import Case
from medmm.core.quality import InputKind
from medmm.inference.model_input import ModelInput, PreparedImage, PreparedNote, PreparedVitals
from medmm.inference.prepare_audio import prepare_audio
from medmm.inference.prepare_image import prepare_image
from medmm.inference.prepare_note import prepare_notes
from medmm.inference.prepare_vitals import prepare_vitals
from medmm.models.batch import ModelBatch
from medmm.models.spec import ModelSpec

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

NEITHER = (None, None)

__all__ = ["ModelInput", "PreparedImage", "PreparedNote", "PreparedVitals", "collate", "to_model_input"]


def to_model_input(
    case: Case,
    spec: ModelSpec,
    tokenizer: PreTrainedTokenizerBase | None,
    *,
    use: Mapping[InputKind, bool],
    image_index: int = 0,
    slice_index: int = 0,
) -> ModelInput:
    """Prepare the inputs that `use` allows; an input that holds nothing usable counts as absent."""
    image = note = vitals = audio = None
    if use.get(InputKind.IMAGE) and spec.image and case.images:
        image = prepare_image(case.images[image_index], spec.image, image_index=image_index, slice_index=slice_index)
    if use.get(InputKind.NOTE) and spec.text and case.notes:
        if tokenizer is None:
            raise ValueError("a model that reads notes needs its tokenizer")
        note = prepare_notes(case.notes, spec.text, tokenizer)
    if use.get(InputKind.VITALS) and spec.vitals and case.vitals:
        vitals = prepare_vitals(case.vitals, spec.vitals, index_time=case.index_time)
    if use.get(InputKind.AUDIO) and spec.audio and case.audio:
        audio = prepare_audio(case.audio, spec.audio)
    found = {InputKind.IMAGE: image, InputKind.NOTE: note, InputKind.VITALS: vitals, InputKind.AUDIO: audio}
    return ModelInput(tuple(found[kind] is not None for kind in spec.input_kinds), image, note, vitals, audio)


def collate(inputs: Sequence[ModelInput], spec: ModelSpec) -> ModelBatch:
    """Put cases side by side; what a case lacks stays zero and is masked by `present`."""
    present = torch.tensor([list(case.present) for case in inputs], dtype=torch.bool)
    notes = [(row, case.note) for row, case in enumerate(inputs) if case.note is not None]
    token_ids, token_mask, chunk_case = _stack_notes(notes) if notes else (None, None, None)
    series, series_steps = _stack_series(inputs) if any(_series_of(case) is not None for case in inputs) else NEITHER
    sound, window_case = _stack_sound(inputs) if any(case.audio for case in inputs) else NEITHER
    return ModelBatch(
        present=present,
        image=_stack_images(inputs, spec) if any(case.image for case in inputs) else None,
        token_ids=token_ids,
        token_mask=token_mask,
        chunk_case=chunk_case,
        vitals=_stack_vitals(inputs, spec) if any(case.vitals for case in inputs) else None,
        series=series,
        series_steps=series_steps,
        sound=sound,
        window_case=window_case,
    )


def _stack_images(inputs: Sequence[ModelInput], spec: ModelSpec) -> Tensor:
    assert spec.image is not None
    images = torch.zeros(len(inputs), 1, *spec.image.size)
    for row, case in enumerate(inputs):
        if case.image is not None:
            images[row, 0] = torch.from_numpy(case.image.pixels)
    return images


def _stack_vitals(inputs: Sequence[ModelInput], spec: ModelSpec) -> Tensor:
    assert spec.vitals is not None
    vitals = torch.zeros(len(inputs), spec.vitals.n_features)
    for row, case in enumerate(inputs):
        if case.vitals is not None:
            vitals[row] = torch.from_numpy(case.vitals.features)
    return vitals


def _stack_notes(notes: Sequence[tuple[int, PreparedNote]]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(note.token_ids.shape[1] for _, note in notes)

    def wide(rows: np.ndarray) -> np.ndarray:
        return np.pad(rows, ((0, 0), (0, width - rows.shape[1])))

    # Padding ids may be 0: their mask is 0 and they change nothing.
    ids = torch.from_numpy(np.concatenate([wide(note.token_ids) for _, note in notes]))
    mask = torch.from_numpy(np.concatenate([wide(note.token_mask) for _, note in notes]))
    case = torch.tensor([row for row, note in notes for _ in range(len(note.token_ids))], dtype=torch.long)
    return ids, mask, case


def _series_of(case: ModelInput) -> NDArray[np.float32] | None:
    return case.vitals.series if case.vitals is not None else None


def _stack_series(inputs: Sequence[ModelInput]) -> tuple[Tensor, Tensor]:
    found = [_series_of(case) for case in inputs]
    longest = max((rows for rows in found if rows is not None), key=len)
    series = torch.zeros(len(inputs), *longest.shape)
    for row, own in enumerate(found):
        if own is not None:
            series[row, : len(own)] = torch.from_numpy(own)
    return series, torch.tensor([0 if own is None else len(own) for own in found], dtype=torch.long)


def _stack_sound(inputs: Sequence[ModelInput]) -> tuple[Tensor, Tensor]:
    heard = [(row, case.audio.windows) for row, case in enumerate(inputs) if case.audio is not None]
    sound = torch.from_numpy(np.concatenate([windows for _, windows in heard]))
    return sound, torch.tensor([row for row, windows in heard for _ in windows], dtype=torch.long)

"""What the network saw, as frozen arrays without torch: for the window, the picture beside the result, the record."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.case import Case
from medmm.core.network_input import NetworkAudio, NetworkImage, NetworkInput, NetworkNote, NetworkVitals
from medmm.core.quality import InputKind
from medmm.core.run_record import TensorFacts
from medmm.inference.left_out import left_out
from medmm.inference.model_input import ModelInput, PreparedImage, PreparedNote, PreparedVitals
from medmm.models.spec import ModelSpec, VitalsSpec
from medmm.models.vocabulary import Vocabulary

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


def seen_by_network(
    spec: ModelSpec, tokenizer: PreTrainedTokenizerBase | Vocabulary | None, case: Case, given: ModelInput
) -> NetworkInput:
    """Take apart what a case became; the arrays are those that are encoded."""
    note = None
    if given.note is not None and spec.text is not None and tokenizer is not None:
        note = _note(given.note, tokenizer, case, spec)
    sound = given.audio
    return NetworkInput(
        image=_image(given.image) if given.image is not None else None,
        note=note,
        vitals=_vitals(given.vitals, spec.vitals) if given.vitals is not None and spec.vitals is not None else None,
        audio=NetworkAudio(sound.windows, sound.recording_index, sound.start_seconds) if sound is not None else None,
    )


def tensors_of(seen: NetworkInput) -> dict[InputKind, TensorFacts]:
    """Describe the array of each input that was used, with the hash of its values."""
    found: dict[InputKind, NDArray[Any]] = {}
    if seen.image is not None:
        found[InputKind.IMAGE] = seen.image.pixels
    if seen.note is not None:
        found[InputKind.NOTE] = seen.note.token_ids
    if seen.vitals is not None:
        found[InputKind.VITALS] = seen.vitals.features if seen.vitals.series is None else seen.vitals.series
    if seen.audio is not None:
        found[InputKind.AUDIO] = seen.audio.windows
    return {kind: tensor_facts(values) for kind, values in found.items()}


def tensor_facts(values: NDArray[Any]) -> TensorFacts:
    """Describe one array. Raises ValueError for an empty one."""
    whole = np.ascontiguousarray(values)
    return TensorFacts(
        shape=whole.shape,
        dtype=whole.dtype.name,
        low=float(whole.min()),
        high=float(whole.max()),
        mean=float(whole.mean(dtype=np.float64)),
        # Little-endian on every machine, so that the same values have the same hash.
        sha256=hashlib.sha256(whole.astype(whole.dtype.newbyteorder("<"), copy=False).tobytes()).hexdigest(),
    )


def _image(image: PreparedImage) -> NetworkImage:
    (top, bottom), (left, right) = image.seen_stretches()[-2:]
    rows, cols = image.pixels.shape[-2:]
    return NetworkImage(
        pixels=image.pixels,
        seen_box=image.seen_box,
        padding=(max(0, top), max(0, rows - bottom), max(0, left), max(0, cols - right)),
        image_index=image.image_index,
        slice_index=image.slice_index,
        seen_slices=image.seen_slices,
    )


def _note(
    note: PreparedNote, tokenizer: PreTrainedTokenizerBase | Vocabulary, case: Case, spec: ModelSpec
) -> NetworkNote:
    assert spec.text is not None
    chunks = [ids[mask > 0].tolist() for ids, mask in zip(note.token_ids, note.token_mask, strict=True)]
    return NetworkNote(
        words=tuple(_words(chunk, tokenizer) for chunk in chunks),
        token_ids=note.token_ids,
        note_index=note.note_index,
        starts=note.starts,
        ends=note.ends,
        n_tokens=note.n_tokens,
        n_read=note.n_read,
        left_out=left_out(case.notes, note, spec.text),
    )


def _words(ids: list[int], tokenizer: PreTrainedTokenizerBase | Vocabulary) -> tuple[str, ...]:
    if isinstance(tokenizer, Vocabulary):
        return tuple(tokenizer.words[number - 1] if number else "[UNK]" for number in ids)
    return tuple(str(word) for word in tokenizer.convert_ids_to_tokens(ids))


def _vitals(vitals: PreparedVitals, spec: VitalsSpec) -> NetworkVitals:
    shape = (len(spec.names), len(spec.statistics))
    return NetworkVitals(
        names=spec.names,
        statistics=spec.statistics,
        features=vitals.features.reshape(shape[0], shape[1] + 1),
        centre=np.array(spec.centre, dtype=np.float64).reshape(shape),
        scale=np.array(spec.scale, dtype=np.float64).reshape(shape),
        series=vitals.series,
        times=tuple(time.isoformat() for time in vitals.times),
    )

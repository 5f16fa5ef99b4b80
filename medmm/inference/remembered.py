"""Encode only what was not encoded before: inputs of known content get the embeddings that were kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from medmm.core.quality import InputKind
from medmm.inference.embedding_cache import Embedding, EmbeddingCache, content_key
from medmm.inference.encoding import EncodedCase
from medmm.inference.model_input import ModelInput

Keys = Mapping[InputKind, bytes]
Encode = Callable[[Sequence[ModelInput]], Sequence[EncodedCase]]


def encode_remembered(
    inputs: Sequence[ModelInput], kinds: Sequence[InputKind], cache: EmbeddingCache, encode: Encode
) -> tuple[EncodedCase, ...]:
    """Give every case's embeddings; `encode` gets each unknown content once, cases with notes of like length together.

    kinds: of the model, in its order, as `ModelInput.present` has them.
    """
    keys = [_keys_of(case, kinds) for case in inputs]
    known = {key: kept for own in keys for key in own.values() if (kept := cache.get(key)) is not None}
    tasks = _tasks(inputs, keys, kinds, known)
    for own, encoded in zip([own for own, _ in tasks], encode([case for _, case in tasks]), strict=True):
        for kind, key in own.items():
            known[key] = _embedding(kind, encoded)
            cache.put(key, known[key])
    return tuple(_case({kind: known[key] for kind, key in own.items()}) for own in keys)


def _keys_of(case: ModelInput, kinds: Sequence[InputKind]) -> dict[InputKind, bytes]:
    return {kind: content_key(kind, case) for kind, is_present in zip(kinds, case.present, strict=True) if is_present}


def _tasks(
    inputs: Sequence[ModelInput], keys: Sequence[Keys], kinds: Sequence[InputKind], known: Mapping[bytes, Embedding]
) -> list[tuple[Keys, ModelInput]]:
    asked = set(known)
    tasks = []
    for case, own in zip(inputs, keys, strict=True):
        fresh = {kind: key for kind, key in own.items() if key not in asked}
        asked.update(fresh.values())
        if fresh:
            tasks.append((fresh, _only(case, kinds, fresh)))
    # A batch is padded to its longest chunk of a note.
    return sorted(tasks, key=lambda task: -_width(task[1]))


def _only(case: ModelInput, kinds: Sequence[InputKind], wanted: Keys) -> ModelInput:
    gone = {kind.value: None for kind in kinds if kind not in wanted}
    return replace(case, present=tuple(kind in wanted for kind in kinds), **gone)


def _width(case: ModelInput) -> int:
    return case.note.token_ids.shape[1] if case.note is not None else 0


def _embedding(kind: InputKind, encoded: EncodedCase) -> Embedding:
    maps = {InputKind.IMAGE: encoded.maps, InputKind.AUDIO: encoded.window_maps}
    return Embedding(encoded.z[kind], maps.get(kind))


def _case(embeddings: Mapping[InputKind, Embedding]) -> EncodedCase:
    image, audio = embeddings.get(InputKind.IMAGE), embeddings.get(InputKind.AUDIO)
    return EncodedCase(
        {kind: embedding.z for kind, embedding in embeddings.items()},
        image.maps if image else None,
        audio.maps if audio else None,
    )

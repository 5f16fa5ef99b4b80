"""Embeddings kept by content: nothing is encoded twice, and no answer changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import torch

import medmm.inference.predictor as predictor_module
from medmm.core.quality import InputKind
from medmm.inference.embedding_cache import Embedding, EmbeddingCache, content_key
from tests.inference.builders import NOTE, chest_pixels, make_case, make_image, make_note, make_predictor, without_kind


@pytest.fixture
def predictor() -> Any:
    return make_predictor()


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bool, ...]]:
    """Which inputs every case that reached the encoders had."""
    real, seen = predictor_module.encode_cases, []

    def encode(net: Any, chunk: Sequence[Any], **where: Any) -> Any:
        seen.extend(case.present for case in chunk)
        return real(net, chunk, **where)

    monkeypatch.setattr(predictor_module, "encode_cases", encode)
    return seen


def test_toggle_fuses_again_without_an_encoder(predictor: Any, encoded: list[tuple[bool, ...]]) -> None:
    whole = predictor.prepare(make_case()).model_input
    predictor.predict(whole)
    encoded.clear()
    toggled = predictor.predict(without_kind(whole, InputKind.NOTE, predictor.spec))
    assert encoded == []
    assert toggled.kinds == (InputKind.IMAGE, InputKind.VITALS)
    predictor.forget()
    anew = predictor.predict(without_kind(whole, InputKind.NOTE, predictor.spec))
    assert [f.logit for f in toggled.findings] == [f.logit for f in anew.findings]
    assert encoded == [(True, False, True)]


def test_another_note_runs_the_note_encoder_alone(predictor: Any, encoded: list[tuple[bool, ...]]) -> None:
    predictor.predict(predictor.prepare(make_case()).model_input)
    encoded.clear()
    changed = predictor.prepare(make_case(notes=(make_note(NOTE + " No cough."),))).model_input
    found = predictor.predict(changed)
    assert encoded == [(False, True, False)]
    assert torch.equal(found.maps, predictor.predict(changed).maps)


def test_equal_content_in_one_batch_is_encoded_once(predictor: Any, encoded: list[tuple[bool, ...]]) -> None:
    film = make_image(chest_pixels(seed=3))
    cases = [make_case(images=(film,)), make_case(images=(film,), notes=(make_note(NOTE + " Chills."),)), make_case()]
    predictor.predict_batch([predictor.prepare(case).model_input for case in cases])
    kinds = predictor.spec.input_kinds
    n_runs = {kind: sum(present[kinds.index(kind)] for present in encoded) for kind in kinds}
    assert n_runs == {InputKind.IMAGE: 2, InputKind.NOTE: 2, InputKind.VITALS: 1}


def test_one_changed_pixel_is_another_content(predictor: Any) -> None:
    case = predictor.prepare(make_case()).model_input
    pixels = case.image.pixels.copy()
    pixels[5, 5] += 1e-6
    other = replace(case, image=replace(case.image, pixels=pixels))
    assert content_key(InputKind.IMAGE, case) != content_key(InputKind.IMAGE, other)
    assert content_key(InputKind.NOTE, case) == content_key(InputKind.NOTE, other)


def test_cache_keeps_what_was_used_last_within_its_bytes() -> None:
    one = Embedding(torch.zeros(1, 100))
    cache = EmbeddingCache(most_bytes=2 * one.n_bytes)
    for name in (b"a", b"b"):
        cache.put(name, one)
    cache.get(b"a")
    cache.put(b"c", one)
    assert [cache.get(name) is not None for name in (b"a", b"b", b"c")] == [True, False, True]
    cache.put(b"d", Embedding(torch.zeros(1, 1000)))
    assert cache.get(b"d") is None

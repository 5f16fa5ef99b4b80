"""Whole cases on their way into the network."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.core.quality import InputKind
from tests.inference.builders import make_case, make_note, make_spec, make_tokenizer

pytestmark = pytest.mark.slow
ALL = dict.fromkeys((InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS), True)


def test_all_inputs_are_present() -> None:
    from medmm.inference.prepare import to_model_input

    prepared = to_model_input(make_case(), make_spec(), make_tokenizer(), use=ALL)

    assert prepared.present == (True, True, True)


@pytest.mark.parametrize("kind", list(ALL))
def test_input_that_may_not_be_used_is_absent(kind: InputKind) -> None:
    from medmm.inference.prepare import to_model_input

    spec = make_spec()
    prepared = to_model_input(make_case(), spec, make_tokenizer(), use={**ALL, kind: False})

    assert prepared.present == tuple(other is not kind for other in spec.input_kinds)
    assert getattr(prepared, kind.value) is None


def test_blank_note_is_absent_although_it_may_be_used() -> None:
    from medmm.inference.prepare import to_model_input

    prepared = to_model_input(make_case(notes=(make_note("  "),)), make_spec(), make_tokenizer(), use=ALL)

    assert prepared.present == (True, False, True)


def test_collated_cases_keep_their_rows() -> None:
    from medmm.inference.prepare import collate, to_model_input

    spec, tokenizer = make_spec(), make_tokenizer()
    full = to_model_input(make_case(), spec, tokenizer, use=ALL)
    bare = to_model_input(make_case(images=(), vitals=()), spec, tokenizer, use=ALL)
    assert full.image is not None
    assert full.note is not None
    assert full.vitals is not None

    batch = collate([bare, full], spec)

    assert batch.present.tolist() == [[False, True, False], [True, True, True]]
    assert np.array_equal(batch.image[1, 0].numpy(), full.image.pixels)
    assert float(batch.image[0].abs().max()) == 0
    assert np.array_equal(batch.vitals[1].numpy(), full.vitals.features)
    n = len(full.note.token_ids)
    assert batch.chunk_case.tolist() == [0] * n + [1] * n
    assert np.array_equal(batch.token_ids[n:].numpy(), full.note.token_ids)

"""Notes on their way into the network: chunks, offsets, coverage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from medmm.models.spec import TextSpec
from tests.inference.builders import NOTE, make_note, make_tokenizer

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

pytestmark = pytest.mark.slow
SPEC = TextSpec(max_tokens=24, stride=6)


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerBase:
    return make_tokenizer()


def test_every_word_stands_in_a_chunk_at_its_place(tokenizer: PreTrainedTokenizerBase) -> None:
    from medmm.inference.prepare_note import prepare_notes

    text = " ".join([NOTE] * 5)
    prepared = prepare_notes([make_note(text)], SPEC, tokenizer)

    assert prepared is not None
    covered = np.zeros(len(text), dtype=bool)
    for start, end in zip(prepared.starts.ravel(), prepared.ends.ravel(), strict=True):
        covered[start:end] = True
    assert all(covered[place] for place, char in enumerate(text) if not char.isspace())
    assert prepared.coverage == 1.0
    assert prepared.token_ids.shape[1] <= SPEC.max_tokens
    assert len(prepared.token_ids) > 5


def test_token_spans_index_the_original_text(tokenizer: PreTrainedTokenizerBase) -> None:
    from medmm.inference.prepare_note import prepare_notes

    prepared = prepare_notes([make_note("No fever."), make_note(NOTE)], SPEC, tokenizer)

    assert prepared is not None
    rows, columns = np.nonzero(prepared.note_index == 1)
    pieces = [NOTE[prepared.starts[r, c] : prepared.ends[r, c]] for r, c in zip(rows, columns, strict=True)]
    assert pieces[0].startswith("H")
    assert "".join(dict.fromkeys(pieces)) != ""
    assert all(piece.strip() == piece and piece for piece in pieces)


def test_special_and_padding_tokens_belong_to_no_note(tokenizer: PreTrainedTokenizerBase) -> None:
    from medmm.inference.prepare_note import prepare_notes

    prepared = prepare_notes([make_note("fever"), make_note(NOTE)], SPEC, tokenizer)

    assert prepared is not None
    outside = np.isin(prepared.token_ids, [tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id])
    assert np.all((prepared.note_index == -1) == outside)
    assert np.all(prepared.token_mask[prepared.token_ids == tokenizer.pad_token_id] == 0)


def test_what_exceeds_the_chunks_lowers_the_coverage(tokenizer: PreTrainedTokenizerBase) -> None:
    from medmm.inference.prepare_note import prepare_notes

    long_note = make_note(" ".join([NOTE] * 10))
    prepared = prepare_notes([long_note], replace(SPEC, max_chunks=3), tokenizer)

    assert prepared is not None
    assert 0.05 < prepared.coverage < 0.5


def test_blank_note_counts_as_absent(tokenizer: PreTrainedTokenizerBase) -> None:
    from medmm.inference.prepare_note import prepare_notes

    assert prepare_notes([make_note(" \n ")], SPEC, tokenizer) is None


def test_the_lines_that_name_the_patient_never_reach_the_network(tokenizer: PreTrainedTokenizerBase) -> None:
    from medmm.core.identity import PatientIdentity
    from medmm.core.record import NoteSection
    from medmm.inference.prepare_note import prepare_notes

    def prepared_for(name: str) -> tuple[list[list[int]], list[str]]:
        head = f"Patient: {name}\nMRN: {len(name)}\n\n"
        text = head + NOTE
        note = replace(
            make_note(text),
            identity=PatientIdentity(patient_id=str(len(name)), name=name),
            sections=(NoteSection("header", 0, len(head)), NoteSection("history", len(head), len(text))),
        )
        prepared = prepare_notes([note], SPEC, tokenizer)
        assert prepared is not None
        places = zip(prepared.starts.ravel(), prepared.ends.ravel(), strict=True)
        return prepared.token_ids.tolist(), [text[start:end] for start, end in places]

    ids, words = prepared_for("SMITH^JOHN")
    others, same_words = prepared_for("ABERNATHY-OKONKWO^MARIA")

    assert ids == others
    assert words == same_words
    assert not any("SMITH" in word for word in words)


def test_a_note_of_identity_lines_alone_is_still_read(tokenizer: PreTrainedTokenizerBase) -> None:
    from medmm.core.record import NoteSection
    from medmm.inference.prepare_note import prepare_notes

    text = "Patient: SMITH^JOHN"

    prepared = prepare_notes(
        [replace(make_note(text), sections=(NoteSection("header", 0, len(text)),))], SPEC, tokenizer
    )

    assert prepared is not None


def test_a_word_far_beyond_512_tokens_reaches_the_network_and_is_weighed() -> None:

    from medmm.core.quality import InputKind
    from medmm.inference.attribution import attribute_inputs
    from medmm.inference.prepare import to_model_input
    from medmm.inference.word_weights import merge_words
    from tests.inference.builders import make_case, make_predictor

    predictor = make_predictor()
    filler = "fever cough heart room air " * 250
    plain, planted = (make_case(notes=(make_note(filler + word),)) for word in ("fever", "pneumothorax"))
    # Past the gate, which refuses a text of five words over and over.
    use = dict.fromkeys(InputKind, True)
    before, after = (to_model_input(case, predictor.spec, predictor.tokenizer, use=use) for case in (plain, planted))

    assert after.note.coverage == 1.0
    assert (after.note.note_index >= 0).sum() > 1200
    assert after.note.token_ids.shape[1] <= predictor.spec.text.max_tokens
    change = predictor.predict(after).findings[0].logit - predictor.predict(before).findings[0].logit
    assert abs(change) > 1e-6

    prediction = predictor.predict(after)
    found = attribute_inputs(predictor, after, prediction, finding=0)
    words = merge_words(found.tokens, after.note, planted.notes)
    assert InputKind.NOTE in prediction.z
    assert (words[-1].text, words[-1].weight != 0) == ("pneumothorax", True)

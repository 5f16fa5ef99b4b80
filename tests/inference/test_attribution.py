"""Joint integrated gradients: complete, silent about padding, equal to captum's layer form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from medmm.core.case import Case
from medmm.core.quality import InputKind
from medmm.inference.attribution import Attribution, attribute_records
from medmm.inference.prepare import collate
from medmm.inference.word_weights import merge_words
from tests.inference.builders import NOTE, make_case, make_note, make_predictor, without_kind

if TYPE_CHECKING:
    from medmm.inference.model_input import ModelInput
    from medmm.inference.predictor import Predictor

pytestmark = pytest.mark.slow
LONG = " ".join([NOTE] * 4)


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return make_predictor()


def attribute(predictor: Predictor, model_input: ModelInput, finding: int = 0) -> Attribution | None:
    z = predictor.predict(model_input).z
    mask = predictor.tokenizer.mask_token_id
    return attribute_records(
        predictor.net, model_input, z, finding=finding, mask_token_id=mask, device=torch.device("cpu")
    )


@pytest.mark.parametrize("text", [NOTE, LONG])
def test_weights_of_words_and_vitals_sum_to_the_change_in_the_logit(predictor: Predictor, text: str) -> None:
    model_input = predictor.prepare(make_case(notes=(make_note(text),))).model_input
    found = attribute(predictor, model_input)
    assert found.change != 0
    assert found.tokens.sum() + found.vitals.sum() == pytest.approx(
        found.change, abs=0.01 * max(abs(found.change), 0.05)
    )
    assert found.gap <= 0.01


def test_special_and_padding_tokens_weigh_nothing(predictor: Predictor) -> None:
    model_input = predictor.prepare(make_case(notes=(make_note(LONG),))).model_input
    found = attribute(predictor, model_input)
    assert len(found.tokens) > 1
    assert np.abs(found.tokens[model_input.note.note_index < 0]).max() == 0
    assert np.abs(found.tokens[model_input.note.note_index >= 0]).max() > 0


def test_missing_vital_sign_weighs_nothing(predictor: Predictor) -> None:
    found = attribute(predictor, predictor.prepare(make_case()).model_input)
    assert np.abs(found.vitals[predictor.spec.vitals.columns_of("spo2")]).max() == 0
    assert np.abs(found.vitals[predictor.spec.vitals.columns_of("heart_rate")]).max() > 0


@pytest.mark.parametrize("kind", [InputKind.NOTE, InputKind.VITALS])
def test_one_input_alone_is_attributed(predictor: Predictor, kind: InputKind) -> None:
    model_input = without_kind(predictor.prepare(make_case()).model_input, kind, predictor.spec)
    found = attribute(predictor, model_input)
    assert (found.tokens is None) == (kind is InputKind.NOTE)
    assert (found.vitals is None) == (kind is InputKind.VITALS)
    assert found.gap <= 0.01


def test_image_alone_has_no_words_to_weigh(predictor: Predictor) -> None:
    model_input = predictor.prepare(make_case(notes=(), vitals=())).model_input
    assert attribute(predictor, model_input) is None


def test_tokens_equal_captum_over_the_embedding_layer(predictor: Predictor) -> None:
    from captum.attr import LayerIntegratedGradients

    model_input = predictor.prepare(make_case(vitals=())).model_input
    note, net = model_input.note, predictor.net
    z = predictor.predict(model_input).z
    mask = torch.from_numpy(note.token_mask)
    ids = torch.from_numpy(note.token_ids)
    baseline = torch.where(torch.from_numpy(note.note_index >= 0), predictor.tokenizer.mask_token_id, ids)

    def forward(token_ids: torch.Tensor, token_mask: torch.Tensor) -> torch.Tensor:
        n_cases = len(token_ids) // len(ids)
        chunk_case = torch.arange(n_cases).repeat_interleave(len(ids))
        encoded = net.encoders["note"](token_ids, token_mask, chunk_case, n_cases)
        others = {kind: vector.expand(n_cases, -1) for kind, vector in z.items()}
        present = torch.tensor([model_input.present]).expand(n_cases, -1)
        return net.fuse({**others, InputKind.NOTE: encoded.z}, present).repeat_interleave(len(ids), dim=0) / len(ids)

    net.requires_grad_(True)
    layer = net.encoders["note"].bert.get_input_embeddings()
    reference = LayerIntegratedGradients(forward, layer).attribute(
        ids, baseline, target=0, additional_forward_args=(mask,), n_steps=16, method="gausslegendre"
    )
    net.requires_grad_(False)
    # The layer form sees each chunk as an example, so its output is spread over them and summed here.
    found = attribute(predictor, model_input)
    assert found.n_steps == 16
    assert found.tokens == pytest.approx(reference.sum(dim=-1).double().numpy(), abs=2e-5)


FILLERS = ("fever", "cough", "for", "days", "no", "chest", "pain", "history", "of", "heart", "failure", "room")


def planted_note(rng: np.random.Generator, *, has_word: bool) -> str:
    words = list(rng.choice(FILLERS, 12))
    if has_word:
        words[int(rng.integers(12))] = "pneumothorax"
    return " ".join(words)


def test_planted_word_has_the_largest_weight_in_nine_of_ten_notes() -> None:
    predictor = make_predictor(seed=3)
    rng = np.random.default_rng(0)

    def prepared(has_word: bool) -> tuple[Case, ModelInput]:
        case = make_case(images=(), vitals=(), notes=(make_note(planted_note(rng, has_word=has_word)),))
        return case, predictor.prepare(case).model_input

    lessons = [prepared(has_word=i % 2 == 0) for i in range(64)]
    net = predictor.net.requires_grad_(True)
    optimizer = torch.optim.Adam(net.parameters(), lr=3e-3)
    batch = collate([model_input for _, model_input in lessons], predictor.spec)
    truth = torch.tensor([[1.0 - i % 2] for i in range(64)])
    for _ in range(60):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(net(batch)[:, :1], truth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    net.requires_grad_(False)
    assert loss.item() < 0.05

    hits = 0
    for _ in range(20):
        case, model_input = prepared(has_word=True)
        words = merge_words(attribute(predictor, model_input).tokens, model_input.note, case.notes)
        hits += max(words, key=lambda word: word.weight).text == "pneumothorax"
    assert hits >= 18

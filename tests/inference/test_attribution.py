"""Joint integrated gradients: complete, silent about padding, equal to captum's layer form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from medmm.core.case import Case
from medmm.core.quality import InputKind
from medmm.inference.attribution import Attribution, attribute_inputs
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


def attribute(predictor: Predictor, model_input: ModelInput, finding: int = 0) -> Attribution:
    return attribute_inputs(predictor, model_input, predictor.predict(model_input), finding=finding)


@pytest.mark.parametrize("text", [NOTE, LONG])
def test_parts_of_film_words_and_vitals_sum_to_the_change_in_the_logit(predictor: Predictor, text: str) -> None:
    model_input = predictor.prepare(make_case(notes=(make_note(text),))).model_input

    found = attribute(predictor, model_input)

    assert found.change != 0
    assert found.cells.shape == (3, 3)
    total = found.cells.sum() + found.tokens.sum() + found.vitals.sum()
    assert total == pytest.approx(sum(found.joint.by_kind.values()), abs=1e-9)
    assert total == pytest.approx(found.change, abs=0.01 * max(abs(found.change), 0.05))
    assert found.gap <= 0.01
    assert found.joint.is_complete


def test_change_is_from_a_blank_case_to_the_answer(predictor: Predictor) -> None:
    model_input = predictor.prepare(make_case()).model_input
    prediction = predictor.predict(model_input)
    note, vitals = model_input.note, model_input.vitals
    # Every ordinary token [MASK], a grey film, the training mean of every vital sign that was measured.
    masked = np.where(note.note_index >= 0, predictor.tokenizer.mask_token_id, note.token_ids)
    is_flag = np.array([name.endswith(".missing") for name in predictor.spec.vitals.feature_names])
    blank = replace(
        model_input,
        image=replace(model_input.image, pixels=np.zeros_like(model_input.image.pixels)),
        note=replace(note, token_ids=masked),
        vitals=replace(vitals, features=np.where(is_flag, vitals.features, np.float32(0))),
    )
    with torch.inference_mode():
        nothing = predictor.net(collate([blank], predictor.spec))[0, 1].item()

    found = attribute(predictor, model_input, finding=1)

    assert found.joint.baseline == pytest.approx(nothing, abs=1e-5)
    assert found.joint.baseline + found.change == pytest.approx(prediction.findings[1].logit, abs=1e-5)


def test_cells_equal_captum_over_the_last_feature_map(predictor: Predictor) -> None:
    from captum.attr import LayerIntegratedGradients

    model_input = predictor.prepare(make_case(notes=(), vitals=())).model_input
    net = predictor.net

    def forward(image: torch.Tensor) -> torch.Tensor:
        encoded = net.encoders["image"](image)
        return net.fuse({InputKind.IMAGE: encoded.z}, torch.tensor([[True, False, False]]).expand(len(image), -1))

    found = attribute(predictor, model_input)
    image = torch.from_numpy(model_input.image.pixels)[None, None]
    net.requires_grad_(True)
    reference = LayerIntegratedGradients(forward, net.encoders["image"].activation).attribute(
        image, torch.zeros_like(image), target=0, n_steps=found.joint.n_steps, method="gausslegendre"
    )
    net.requires_grad_(False)

    assert found.cells == pytest.approx(reference[0].sum(dim=0).detach().double().numpy(), abs=1e-6)


def test_gap_beyond_the_budget_is_told(predictor: Predictor, monkeypatch: pytest.MonkeyPatch) -> None:
    from medmm.inference import attribution

    model_input = predictor.prepare(make_case()).model_input
    sound = attribute(predictor, model_input)
    monkeypatch.setattr(attribution, "FIRST_STEPS", 1)
    monkeypatch.setattr(attribution, "MAX_STEPS", 1)
    monkeypatch.setattr(attribution, "SMALL_CHANGE", 1e-9)
    monkeypatch.setattr(attribution, "MAX_GAP", 0.0)

    rough = attribute(predictor, model_input)

    assert rough.joint.n_steps == 1
    assert rough.gap > sound.gap
    assert rough.gap == pytest.approx(
        abs(sum(rough.joint.by_kind.values()) - rough.change) / abs(rough.change), rel=1e-6
    )


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


@pytest.mark.parametrize("kind", [InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS])
def test_what_is_left_is_attributed_without_one_input(predictor: Predictor, kind: InputKind) -> None:
    model_input = without_kind(predictor.prepare(make_case()).model_input, kind, predictor.spec)

    found = attribute(predictor, model_input)

    assert (found.cells is None) == (kind is InputKind.IMAGE)
    assert (found.tokens is None) == (kind is InputKind.NOTE)
    assert (found.vitals is None) == (kind is InputKind.VITALS)
    assert kind not in found.joint.by_kind
    assert found.gap <= 0.01


def test_tokens_equal_captum_over_the_embedding_layer(predictor: Predictor) -> None:
    from captum.attr import LayerIntegratedGradients

    model_input = predictor.prepare(make_case(images=(), vitals=())).model_input
    note, net = model_input.note, predictor.net
    mask = torch.from_numpy(note.token_mask)
    ids = torch.from_numpy(note.token_ids)
    baseline = torch.where(torch.from_numpy(note.note_index >= 0), predictor.tokenizer.mask_token_id, ids)

    def forward(token_ids: torch.Tensor, token_mask: torch.Tensor) -> torch.Tensor:
        n_cases = len(token_ids) // len(ids)
        chunk_case = torch.arange(n_cases).repeat_interleave(len(ids))
        encoded = net.encoders["note"](token_ids, token_mask, chunk_case, n_cases)
        present = torch.tensor([model_input.present]).expand(n_cases, -1)
        return net.fuse({InputKind.NOTE: encoded.z}, present).repeat_interleave(len(ids), dim=0) / len(ids)

    net.requires_grad_(True)
    layer = net.encoders["note"].bert.get_input_embeddings()
    reference = LayerIntegratedGradients(forward, layer).attribute(
        ids, baseline, target=0, additional_forward_args=(mask,), n_steps=8, method="gausslegendre"
    )
    net.requires_grad_(False)
    # The layer form sees each chunk as an example, so its output is spread over them and summed here.
    found = attribute(predictor, model_input)
    assert found.joint.n_steps == 8
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

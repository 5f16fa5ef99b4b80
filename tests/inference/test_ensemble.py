"""What is shown of a case must hold for an ensemble as for one network: shares, maps, words, batches, members."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from medmm.core.quality import InputKind
from medmm.inference.attribution import attribute_inputs
from medmm.inference.explain import explain, heat_maps
from medmm.inference.gradcam import head_gradcam
from medmm.inference.shares import shapley_shares
from medmm.models.ensemble_spec import EnsembleRule
from tests.inference.builders import (
    FINDINGS,
    NOTE,
    chest_pixels,
    forgetful,
    make_case,
    make_ensemble_predictor,
    make_image,
    make_note,
    make_predictor,
)

if TYPE_CHECKING:
    from medmm.inference.predictor import Predictor

pytestmark = pytest.mark.slow
RULES: tuple[EnsembleRule, ...] = ("mean", "weighted", "vote")


@pytest.fixture(scope="module", params=RULES)
def predictor(request: pytest.FixtureRequest) -> Predictor:
    return forgetful(make_ensemble_predictor(request.param))


def test_shares_sum_to_the_logit_less_the_baseline(predictor: Predictor) -> None:
    prediction = predictor.predict(predictor.prepare(make_case()).model_input)

    shares = shapley_shares(predictor.head(prediction), prediction.kinds, findings=FINDINGS)

    for score in prediction.findings:
        own = shares[score.name]
        assert own.total == pytest.approx(score.logit, abs=1e-5)
        assert sum(own.by_kind.values()) == pytest.approx(own.total - own.baseline, abs=1e-9)
        assert max(abs(share) for share in own.by_kind.values()) > 1e-4


def test_logits_of_the_members_can_be_had_and_give_the_score(predictor: Predictor) -> None:
    prediction = predictor.predict(predictor.prepare(make_case()).model_input)

    members = predictor.member_logits(prediction)

    logits = np.array([score.logit for score in prediction.findings])
    probabilities = (1 / (1 + np.exp(-members))).mean(axis=0)
    expected = {
        "mean": members.mean(axis=0),
        "weighted": np.array([0.5, 0.3, 0.2]) @ members,
        "vote": np.log(probabilities / (1 - probabilities)),
    }
    assert members.shape == (3, 3)
    assert np.ptp(members, axis=0).min() > 1e-3
    assert logits == pytest.approx(expected[predictor.spec.ensemble.rule], abs=1e-5)


def test_one_network_is_its_only_member() -> None:
    single = make_predictor()
    prediction = single.predict(single.prepare(make_case()).model_input)

    assert single.member_logits(prediction).tolist() == [[score.logit for score in prediction.findings]]


def test_map_equals_grad_cam_with_hooks_on_every_member_s_encoder(predictor: Predictor) -> None:
    inputs = [predictor.prepare(make_case(images=(make_image(chest_pixels(seed=s)),))).model_input for s in (1, 2)]
    predictions = predictor.predict_batch(inputs)
    net = predictor.net

    for case, (model_input, prediction) in enumerate(zip(inputs, predictions, strict=True)):
        own = head_gradcam(net, prediction.z, prediction.present, prediction.maps, findings=(0, 1, 2))[0]
        activations: list[torch.Tensor] = []

        def keep(module: object, args: object, output: torch.Tensor, kept: list[torch.Tensor] = activations) -> None:
            kept.append(output)

        handles = [part.activation.register_forward_hook(keep) for part in net.encoders["image"].parts]
        image = torch.from_numpy(model_input.image.pixels)[None, None].requires_grad_()
        z = {**prediction.z, InputKind.IMAGE: net.encoders["image"](image).z}
        logits = net.fuse(z, prediction.present)
        for handle in handles:
            handle.remove()
        for finding in range(3):
            slopes = torch.autograd.grad(logits[0, finding], activations, retain_graph=True)
            pairs = zip(slopes, activations, strict=True)
            # Selvaraju et al. 2017, eq. 1 and 2, over the channels of all three networks.
            hooked = sum((slope.mean(dim=(2, 3), keepdim=True) * maps).sum(dim=1) for slope, maps in pairs).relu()
            assert torch.allclose(own[finding], hooked[0], atol=1e-6), (case, finding)
            assert float(hooked.detach().max()) > 0
    assert all(parameter.grad is None for parameter in net.parameters())


def test_batch_equals_one_by_one(predictor: Predictor) -> None:
    cases = [
        make_case(),
        make_case(images=()),
        make_case(notes=()),
        make_case(vitals=(), notes=(make_note(" ".join([NOTE] * 4)),)),
    ]
    inputs = [predictor.prepare(case).model_input for case in cases]

    together = predictor.predict_batch(inputs, batch_size=4)

    for model_input, prediction in zip(inputs, together, strict=True):
        alone = predictor.predict(model_input)
        assert [s.logit for s in alone.findings] == pytest.approx([s.logit for s in prediction.findings], abs=1e-5)


def test_weights_of_words_and_vitals_sum_to_the_change_in_the_logit(predictor: Predictor) -> None:
    model_input = predictor.prepare(make_case()).model_input

    found = attribute_inputs(predictor, model_input, predictor.predict(model_input), finding=0)

    assert found.gap <= 0.01
    total = found.cells.sum() + found.tokens.sum() + found.vitals.sum()
    assert total == pytest.approx(found.change, abs=0.01 * max(abs(found.change), 0.05))
    assert np.abs(found.tokens[model_input.note.note_index < 0]).max() == 0
    # Two different encoders of notes read each token, and the memory of an attribution is theirs.
    assert predictor.net.encoders["note"].n_encoders == 2


def test_everything_that_is_shown_of_a_case_is_there(predictor: Predictor) -> None:
    case = make_case()
    model_input = predictor.prepare(case).model_input
    prediction = predictor.predict(model_input)

    found = explain(predictor, case, model_input, prediction, findings=FINDINGS[:1], maps_for=FINDINGS[:1])[FINDINGS[0]]

    assert found.heatmap.values.shape == (3, 3)
    assert 0 <= heat_maps(predictor, model_input, prediction, findings=FINDINGS[:1])[FINDINGS[0]].stability <= 1
    assert {token.text for token in found.tokens} >= {"fever", "cough"}
    assert found.vitals
    assert set(prediction.single) == set(predictor.spec.input_kinds)

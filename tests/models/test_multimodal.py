"""The network: absence, batches, padding, gradients."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from medmm.core.quality import InputKind
from tests.models.builders import KINDS, make_batch, make_net, make_spec

if TYPE_CHECKING:
    from medmm.models.multimodal import MultimodalNet

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def net() -> MultimodalNet:
    return make_net(make_spec())


def test_batch_of_one_gives_a_row_of_logits(net: MultimodalNet) -> None:
    assert net(make_batch(net.spec, 1)).shape == (1, 2)


def test_a_case_does_not_depend_on_its_batch_mates(net: MultimodalNet) -> None:
    import torch

    batch = make_batch(net.spec, 3)
    alone = replace(
        batch,
        present=batch.present[1:2],
        image=batch.image[1:2],
        token_ids=batch.token_ids[1:2],
        token_mask=batch.token_mask[1:2],
        chunk_case=torch.tensor([0]),
        vitals=batch.vitals[1:2],
    )

    with torch.inference_mode():
        torch.testing.assert_close(net(batch)[1:2], net(alone), atol=1e-5, rtol=0)


@pytest.mark.parametrize("kind", KINDS)
def test_content_of_an_absent_input_changes_nothing(net: MultimodalNet, kind: InputKind) -> None:
    import torch

    batch = make_batch(net.spec)
    batch.present[:, KINDS.index(kind)] = False
    other = replace(batch, image=batch.image + 1, vitals=batch.vitals - 1, token_ids=batch.token_ids + 1)
    parts = {InputKind.IMAGE: "image", InputKind.NOTE: "token_ids", InputKind.VITALS: "vitals"}
    changed = replace(batch, **{parts[kind]: getattr(other, parts[kind])})

    with torch.inference_mode():
        assert torch.equal(net(batch), net(changed))


def test_absent_rows_in_a_mixed_batch_answer_with_the_learned_token(net: MultimodalNet) -> None:
    import torch

    batch = make_batch(net.spec)
    batch.present[0, 0] = False
    with torch.inference_mode():
        z = {kind: encoded.z for kind, encoded in net.encode(batch).items()}
        without_image = {kind: value for kind, value in z.items() if kind is not InputKind.IMAGE}

        assert torch.equal(net(batch)[0], net.fuse(without_image, batch.present)[0])
        assert torch.equal(z[InputKind.IMAGE][0], torch.zeros(1024))


def test_nothing_present_still_gives_finite_logits_that_are_the_same_for_all(net: MultimodalNet) -> None:
    import torch

    batch = replace(make_batch(net.spec), present=torch.zeros(2, 3, dtype=torch.bool))

    with torch.inference_mode():
        logits = net(batch)

    assert torch.isfinite(logits).all()
    assert torch.equal(logits[0], logits[1])


def test_padding_of_notes_changes_nothing(net: MultimodalNet) -> None:
    import torch

    batch = make_batch(net.spec)
    padded = replace(
        batch,
        token_ids=torch.nn.functional.pad(batch.token_ids, (0, 7), value=99),
        token_mask=torch.nn.functional.pad(batch.token_mask, (0, 7)),
    )

    with torch.inference_mode():
        torch.testing.assert_close(net(batch), net(padded), atol=1e-5, rtol=0)


def test_order_of_chunks_changes_nothing(net: MultimodalNet) -> None:
    import torch

    batch = replace(make_batch(net.spec), chunk_case=torch.tensor([0, 0]))
    one_note = replace(batch, present=torch.tensor([[False, True, False], [False, False, False]]))
    turned = replace(one_note, token_ids=one_note.token_ids.flip(0))

    with torch.inference_mode():
        torch.testing.assert_close(net(one_note), net(turned), atol=1e-5, rtol=0)


def test_image_vector_is_the_mean_of_maps_after_the_last_activation(net: MultimodalNet) -> None:
    import torch

    with torch.inference_mode():
        encoded = net.encode(make_batch(net.spec))[InputKind.IMAGE]

    assert encoded.maps is not None
    assert encoded.maps.shape == (2, 1024, 2, 2)
    assert float(encoded.maps.min()) >= 0
    torch.testing.assert_close(encoded.z, encoded.maps.mean(dim=(2, 3)))


def test_logits_of_the_head_need_no_gradient_in_the_encoders(net: MultimodalNet) -> None:
    import torch

    batch = make_batch(net.spec)
    with torch.no_grad():
        z = {kind: encoded.z for kind, encoded in net.encode(batch).items()}
    image = z[InputKind.IMAGE].requires_grad_(True)

    (slope,) = torch.autograd.grad(net.fuse(z, batch.present)[:, 0].sum(), [image])

    assert slope.abs().sum() > 0
    assert all(parameter.grad is None for parameter in net.parameters())


def test_every_input_has_logits_of_its_own(net: MultimodalNet) -> None:
    z = {kind: encoded.z for kind, encoded in net.encode(make_batch(net.spec)).items()}

    assert {kind: logits.shape for kind, logits in net.unimodal_logits(z).items()} == dict.fromkeys(KINDS, (2, 2))


def test_unknown_fusion_names_the_nearest() -> None:
    with pytest.raises(ValueError, match="concat"):
        make_net(replace(make_spec(), fusion="konkat"))

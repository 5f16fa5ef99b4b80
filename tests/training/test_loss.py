"""The training loss and modality dropout."""

from __future__ import annotations

import math

import pytest

from tests.models.builders import make_batch, make_net, make_spec

pytestmark = pytest.mark.slow


def test_unknown_labels_weigh_nothing() -> None:
    import torch

    from medmm.training.label_loss import masked_bce

    logits = torch.tensor([[0.0, 100.0], [0.0, -100.0]])
    labels = torch.tensor([[1.0, float("nan")], [0.0, float("nan")]])

    assert float(masked_bce(logits, labels, torch.ones(2))) == pytest.approx(math.log(2))


def test_weights_scale_cases() -> None:
    import torch

    from medmm.training.label_loss import masked_bce

    logits, labels = torch.tensor([[0.0], [3.0]]), torch.tensor([[1.0], [1.0]])
    expected = (math.log(2) * 3 + math.log1p(math.exp(-3))) / 4

    assert float(masked_bce(logits, labels, torch.tensor([3.0, 1.0]))) == pytest.approx(expected, rel=1e-5)


def test_nothing_known_gives_zero_and_no_nan() -> None:
    import torch

    from medmm.training.label_loss import masked_bce

    assert float(masked_bce(torch.zeros(1, 2), torch.full((1, 2), float("nan")), torch.ones(1))) == 0


def test_dropout_never_takes_the_last_input_nor_adds_one() -> None:
    import torch

    from medmm.training.loss import drop_inputs

    present = torch.tensor([[True, True, True], [False, True, False], [False, False, False]]).repeat(2000, 1)

    kept = drop_inputs(present, 0.3, torch.Generator().manual_seed(0))

    assert not (kept & ~present).any()
    assert torch.equal(kept.any(dim=1), present.any(dim=1))
    # 1 - 0.3 kept, plus a third of the 0.3^3 = 0.027 cases where all would have gone: 0.709.
    assert float(kept[0::3].float().mean()) == pytest.approx(0.709, abs=0.02)


def test_one_step_teaches_every_part() -> None:
    import torch

    from medmm.training.examples import TrainingBatch
    from medmm.training.loss import training_loss

    net = make_net(make_spec()).train()
    batch = make_batch(net.spec, 4)
    batch.present[0] = torch.tensor([True, False, False])
    batch.present[1] = torch.tensor([False, True, True])
    labels = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, float("nan")], [0.0, 0.0]])

    training_loss(
        net, TrainingBatch(batch, labels, torch.ones(4)), auxiliary_weight=0.3, generator=torch.Generator()
    ).backward()

    # The pooler of BERT is not used; everything else learns.
    idle = [n for n, p in net.named_parameters() if p.grad is None and "pooler" not in n]
    assert idle == []


def test_a_positive_weighs_as_the_negatives_outnumber_it() -> None:
    import torch

    from medmm.training.label_loss import LossShape, masked_bce

    logits, labels = torch.zeros(2, 1), torch.tensor([[1.0], [0.0]])

    loss = masked_bce(logits, labels, torch.ones(2), LossShape(class_weight=torch.tensor([3.0])))

    assert float(loss) == pytest.approx((3 + 1) / 2 * math.log(2))


def test_focal_loss_is_the_formula_of_the_paper() -> None:
    import torch

    from medmm.training.label_loss import LossShape, masked_bce

    logits, labels = torch.tensor([[2.0], [2.0]]), torch.tensor([[1.0], [0.0]])
    p = 1 / (1 + math.exp(-2))
    expected = (-((1 - p) ** 2) * math.log(p) - p**2 * math.log(1 - p)) / 2

    assert float(masked_bce(logits, labels, torch.ones(2), LossShape(gamma=2.0))) == pytest.approx(expected, rel=1e-5)

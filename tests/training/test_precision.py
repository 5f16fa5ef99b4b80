"""In what precision a network learns."""

from __future__ import annotations

import logging

import pytest

from tests.models.builders import make_batch, make_net, make_spec

pytestmark = pytest.mark.slow


def test_bfloat16_is_taken_where_the_processor_computes_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import torch

    from medmm.inference.runtime import choose_device
    from medmm.training.precision import learning_runtime

    cpu = choose_device("cpu")
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True, "avx512_bf16": True})
    assert learning_runtime(cpu, "bfloat16").precision == "bfloat16"
    assert learning_runtime(cpu, "auto").precision == "float32"

    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True, "avx512_bf16": False})
    with caplog.at_level(logging.WARNING):
        assert learning_runtime(cpu, "bfloat16").precision == "float32"
    assert "does not compute bfloat16" in caplog.text


def test_gradients_point_where_those_of_float32_do() -> None:
    import torch

    from medmm.inference.runtime import Runtime
    from medmm.training.examples import TrainingBatch
    from medmm.training.loss import training_loss
    from medmm.training.precision import learning_precision

    spec = make_spec()
    inputs = make_batch(spec, 4)
    labels = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
    gradients = {}
    for precision in ("float32", "bfloat16"):
        torch.manual_seed(0)
        net = make_net(spec).eval()
        runtime = Runtime(torch.device("cpu"), "cpu", precision)
        with learning_precision(runtime):
            loss = training_loss(
                net,
                TrainingBatch(inputs, labels, torch.ones(4)),
                auxiliary_weight=1.0,
                generator=torch.Generator().manual_seed(0),
            )
        assert loss.dtype == torch.float32
        torch.autograd.backward([loss])
        gradients[precision] = torch.cat([p.grad.flatten() for p in net.parameters() if p.grad is not None])

    cosine = torch.nn.functional.cosine_similarity(gradients["float32"], gradients["bfloat16"], dim=0)
    assert 0.98 < float(cosine) < 1, "as in float32, but not computed in it"

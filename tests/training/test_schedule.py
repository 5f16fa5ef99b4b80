"""What stands still and how fast the rest learns."""

from __future__ import annotations

import pytest

from tests.models.builders import make_net, make_spec

pytestmark = pytest.mark.slow


def make_config(**stage: object) -> object:
    import yaml

    from medmm.training.config import TrainingConfig
    from tests.training.test_config import SHIPPED

    content = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content["stages"] = [{"inputs": "all", "epochs": 1, "batch": 2, "rate": 0.01, "end_rate": 0.001, **stage}]
    return TrainingConfig.model_validate({**content, "layer_decay": 0.5})


def test_blocks_are_named_by_the_first_number_in_them() -> None:
    from medmm.training.schedule import block_of

    assert block_of("features.denseblock4.denselayer1.norm1.weight") == "features.denseblock4"
    assert block_of("bert.encoder.layer.0.attention.self.query.weight") == "bert.encoder.layer.0"
    assert block_of("bert.embeddings.word_embeddings.weight") == "bert.embeddings"


def test_only_the_last_blocks_of_a_frozen_encoder_learn() -> None:
    from medmm.core.quality import InputKind
    from medmm.training.schedule import block_of, set_training

    net = make_net(make_spec())
    config = make_config(frozen=["image", "note"], unfreeze_layers={"image": 2})

    set_training(net, config.stages[0])

    image = net.encoders[InputKind.IMAGE.value]
    learning = {block_of(name) for name, parameter in image.named_parameters() if parameter.requires_grad}
    assert learning == {"features.denseblock4", "features.norm5"}
    assert not image.features.denseblock3.training
    assert image.features.denseblock4.training
    assert not any(parameter.requires_grad for parameter in net.encoders["note"].parameters())
    assert not net.encoders["note"].training
    assert all(parameter.requires_grad for parameter in net.encoders["vitals"].parameters())


def test_deeper_blocks_learn_slower_and_the_head_at_full_rate() -> None:
    from medmm.training.schedule import make_optimizer, set_rate

    net = make_net(make_spec())
    config = make_config()
    optimizer = make_optimizer(net, config, config.stages[0])

    set_rate(optimizer, 0.08)

    rate_of = {id(p): group["lr"] for group in optimizer.param_groups for p in group["params"]}
    names = dict(net.named_parameters())
    assert rate_of[id(names["head.0.weight"])] == pytest.approx(0.08)
    # The MLP has two blocks, layers.0 and layers.3.
    assert rate_of[id(names["encoders.vitals.layers.3.weight"])] == pytest.approx(0.04)
    assert rate_of[id(names["encoders.vitals.layers.0.weight"])] == pytest.approx(0.02)
    assert len(rate_of) == len(names)

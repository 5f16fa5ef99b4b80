"""A network of three members: its logits are made of theirs, shared encoders exist once, the bundle keeps it all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medmm.core.errors import BundleRefused, WeightsMissing
from medmm.core.quality import InputKind
from medmm.models.bundle_files import write_sums
from medmm.models.ensemble_spec import EnsembleRule
from tests.models.builders import (
    KINDS,
    make_batch,
    make_ensemble,
    make_members,
    make_spec,
    make_tokenizer,
    write_sealed,
)

if TYPE_CHECKING:
    from torch import Tensor

    from medmm.models.batch import ModelBatch
    from medmm.models.multimodal import MultimodalNet

pytestmark = pytest.mark.slow
RULES: tuple[EnsembleRule, ...] = ("mean", "weighted", "vote")


@pytest.fixture(scope="module")
def nets() -> list[MultimodalNet]:
    return make_members(make_spec())


def by_hand(rule: EnsembleRule, logits: Tensor) -> Tensor:
    """The rules as one would write them down; logits [M, B, F]."""
    import torch

    if rule == "mean":
        return (logits[0] + logits[1] + logits[2]) / 3
    if rule == "weighted":
        return 0.5 * logits[0] + 0.25 * logits[1] + 0.25 * logits[2]
    p = torch.sigmoid(logits.double()).mean(dim=0)
    return torch.log(p / (1 - p)).float()


def mixed_batch() -> ModelBatch:
    """Five cases with different inputs."""
    import torch

    present = [[True, True, True], [True, False, False], [False, True, True], [False, False, True], [True, True, False]]
    return replace(make_batch(make_spec(), 5), present=torch.tensor(present))


@pytest.mark.parametrize("rule", RULES)
def test_logits_are_those_of_the_members_combined_by_the_rule(nets: list[MultimodalNet], rule: EnsembleRule) -> None:
    import torch

    batch = mixed_batch()
    with torch.inference_mode():
        own = torch.stack([net(batch) for net in nets])
        net = make_ensemble(nets, rule)
        z = {kind: encoded.z for kind, encoded in net.encode(batch).items()}

        torch.testing.assert_close(net.member_logits(z, batch.present), own, atol=1e-5, rtol=0)
        torch.testing.assert_close(net(batch), by_hand(rule, own), atol=1e-5, rtol=0)
    assert float((own[0] - own[1]).abs().max()) > 0.01


@pytest.mark.parametrize("rule", RULES)
def test_logits_of_single_inputs_are_combined_by_the_same_rule(nets: list[MultimodalNet], rule: EnsembleRule) -> None:
    import torch

    batch = make_batch(make_spec())
    with torch.inference_mode():
        single = [net.unimodal_logits({kind: e.z for kind, e in net.encode(batch).items()}) for net in nets]
        net = make_ensemble(nets, rule)
        found = net.unimodal_logits({kind: encoded.z for kind, encoded in net.encode(batch).items()})

        for kind in KINDS:
            expected = by_hand(rule, torch.stack([one[kind] for one in single]))
            torch.testing.assert_close(found[kind], expected, atol=1e-5, rtol=0)


def test_findings_that_exclude_each_other_are_averaged_class_by_class() -> None:
    import torch

    nets = make_members(replace(make_spec(), head="softmax"))
    batch = mixed_batch()
    with torch.inference_mode():
        encoded = [{kind: one.z for kind, one in net.encode(batch).items()} for net in nets]
        own = torch.stack([net.class_logits(z, batch.present) for net, z in zip(nets, encoded, strict=True)])
        mean = torch.cat([torch.zeros(5, 1), own.mean(dim=0)], dim=1).softmax(dim=1)[:, 1:]

        torch.testing.assert_close(make_ensemble(nets)(batch).sigmoid(), mean, atol=1e-6, rtol=0)


def test_a_case_does_not_depend_on_its_batch_mates(nets: list[MultimodalNet]) -> None:
    import torch

    net, batch = make_ensemble(nets), mixed_batch()
    with torch.inference_mode():
        together = net(batch)
        for row in range(batch.size):
            alone = replace(
                batch,
                present=batch.present[row : row + 1],
                image=batch.image[row : row + 1],
                token_ids=batch.token_ids[row : row + 1],
                token_mask=batch.token_mask[row : row + 1],
                chunk_case=torch.tensor([0]),
                vitals=batch.vitals[row : row + 1],
            )
            torch.testing.assert_close(net(alone), together[row : row + 1], atol=1e-5, rtol=0)


def test_encoders_of_equal_weights_are_kept_and_run_once(nets: list[MultimodalNet]) -> None:
    import torch

    shared = make_members(make_spec(), shared=(InputKind.IMAGE, InputKind.NOTE))
    net, apart = make_ensemble(shared), make_ensemble(nets)
    batch = make_batch(make_spec())
    with torch.inference_mode():
        encoded, wide = net.encode(batch), apart.encode(batch)
        own = torch.stack([member(batch) for member in shared])

        torch.testing.assert_close(net(batch), by_hand("mean", own), atol=1e-5, rtol=0)
    assert {kind: net.spec.n_encoders(kind) for kind in KINDS} == dict(zip(KINDS, (1, 1, 3), strict=True))
    assert [encoded[kind].z.shape[1] for kind in KINDS] == [1024, 32, 3 * 64]
    assert [wide[kind].z.shape[1] for kind in KINDS] == [3 * 1024, 3 * 32, 3 * 64]
    assert net.encoders["image"] is shared[0].encoders["image"]


def test_an_image_s_vector_is_the_mean_of_its_maps_member_by_member(nets: list[MultimodalNet]) -> None:
    import torch

    with torch.inference_mode():
        encoded = make_ensemble(nets).encode(make_batch(make_spec()))[InputKind.IMAGE]

    assert encoded.maps is not None
    assert encoded.maps.shape == (2, 3 * 1024, 2, 2)
    torch.testing.assert_close(encoded.z, encoded.maps.mean(dim=(2, 3)))


def test_members_of_other_inputs_or_weights_are_refused(nets: list[MultimodalNet]) -> None:
    from medmm.models.ensemble import join_members

    with pytest.raises(ValueError, match="sum to"):
        join_members(nets, "weighted", weights=(0.5, 0.5, 0.5), names=("a", "b", "c"))
    with pytest.raises(ValueError, match="at least 2"):
        join_members(nets[:1], "mean", weights=(1.0,), names=("a",))


@pytest.mark.parametrize("shared", [(), (InputKind.NOTE,)])
def test_bundle_of_three_members_gives_their_logits_again(tmp_path: Path, shared: tuple[InputKind, ...]) -> None:
    import torch

    from medmm.models.bundle import load_bundle

    tokenizer = make_tokenizer()
    made = make_ensemble(make_members(make_spec(), shared=shared, vocabulary=len(tokenizer)), "weighted")
    folder = write_sealed(tmp_path / "three", made, tokenizer)
    bundle, net = load_bundle(folder)

    batch = mixed_batch()
    with torch.inference_mode():
        assert torch.equal(net(batch), made(batch))
    assert bundle.spec == made.spec
    assert bundle.spec.ensemble is not None
    assert [(m.fusion, m.weight) for m in bundle.spec.ensemble.members] == [
        ("concat", 0.5),
        ("mean", 0.25),
        ("gated", 0.25),
    ]
    texts = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("tokenizer/**/model.safetensors"))
    apart = ["tokenizer/encoder2/model.safetensors", "tokenizer/encoder3/model.safetensors"]
    assert texts == [*([] if shared else apart), "tokenizer/model.safetensors"]


def test_a_changed_weight_of_one_member_fails_the_golden_case(tmp_path: Path) -> None:
    from medmm.models.bundle import load_bundle

    tokenizer = make_tokenizer()
    nets = make_members(make_spec(), vocabulary=len(tokenizer))
    folder = write_sealed(tmp_path / "three", make_ensemble(nets, "weighted"), tokenizer)
    path = folder / "configs/metadata.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    members = content["medmm"]["spec"]["ensemble"]["members"]
    members[0]["weight"], members[1]["weight"] = members[1]["weight"], members[0]["weight"]
    path.write_text(json.dumps(content), encoding="utf-8")
    write_sums(folder)

    with pytest.raises(BundleRefused, match="golden"):
        load_bundle(folder)


def test_a_bundle_that_lacks_a_text_encoder_of_a_member_names_it(tmp_path: Path) -> None:
    from medmm.models.bundle import load_bundle

    tokenizer = make_tokenizer()
    nets = make_members(make_spec(), vocabulary=len(tokenizer))
    folder = write_sealed(tmp_path / "three", make_ensemble(nets), tokenizer)
    (folder / "tokenizer/encoder3/model.safetensors").unlink()
    write_sums(folder)

    with pytest.raises(WeightsMissing, match="encoder3"):
        load_bundle(folder)

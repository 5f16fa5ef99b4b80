"""Small models for tests: random weights, a vocabulary of a few sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from medmm.core.quality import InputKind
from medmm.core.record import VITAL_SIGNS
from medmm.models.spec import VITAL_STATISTICS, ImageSpec, ModelSpec, TextSpec, VitalsSpec

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from medmm.models.batch import ModelBatch
    from medmm.models.case_net import CaseNet
    from medmm.models.ensemble import EnsembleNet
    from medmm.models.ensemble_spec import EnsembleRule
    from medmm.models.multimodal import MultimodalNet
    from medmm.models.vocabulary import Vocabulary

KINDS = (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)
SENTENCES = (
    "Patient with fever, productive cough and dyspnea for 3 days.",
    "No pleural effusion, no pneumothorax. History of heart failure.",
    "SpO2 91 % on room air, temperature 38.6 C.",
    "Fever. Cough. History. Patient. Dyspnea. 患者发热咳嗽三天。",
)


def make_vitals_spec() -> VitalsSpec:
    """Give a spec that scales nothing."""
    names = tuple(sign.name for sign in VITAL_SIGNS)
    n = len(names) * len(VITAL_STATISTICS)
    return VitalsSpec(names, (0.0,) * n, (1.0,) * n, limit=1000.0)


def make_spec(*, size: int = 64, max_tokens: int = 24, stride: int = 6) -> ModelSpec:
    """Give a spec of a model with two findings and all three inputs."""
    return ModelSpec(
        name="test-model",
        version="0",
        findings=("pneumonia", "nodule"),
        input_kinds=KINDS,
        image=ImageSpec(size, size),
        text=TextSpec(max_tokens=max_tokens, stride=stride),
        vitals=make_vitals_spec(),
        embedding=16,
        hidden=16,
    )


def make_tokenizer() -> PreTrainedTokenizerBase:
    """Train a tiny cased tokenizer."""
    from medmm.training.tokenizer import train_tokenizer

    return train_tokenizer(SENTENCES * 5, vocabulary=400)


def make_net(spec: ModelSpec, *, vocabulary: int = 500, seed: int = 0) -> MultimodalNet:
    """Build a net with random weights in evaluation mode."""
    import torch
    from transformers import BertModel

    from medmm.models.multimodal import MultimodalNet
    from medmm.training.tokenizer import compact_bert

    torch.manual_seed(seed)
    bert = BertModel(compact_bert(vocabulary, hidden=32, layers=1, heads=2))
    return MultimodalNet(spec, bert=bert).eval()


def make_batch(spec: ModelSpec, n: int = 2, *, seed: int = 1) -> ModelBatch:
    """Draw a batch where every case has all inputs and one chunk of 10 tokens."""
    import torch

    from medmm.models.batch import ModelBatch

    rng = torch.Generator().manual_seed(seed)
    assert spec.image is not None
    assert spec.vitals is not None
    return ModelBatch(
        present=torch.ones(n, 3, dtype=torch.bool),
        image=torch.randn(n, 1, spec.image.rows, spec.image.cols, generator=rng),
        token_ids=torch.randint(5, 200, (n, 10), generator=rng),
        token_mask=torch.ones(n, 10, dtype=torch.int64),
        chunk_case=torch.arange(n),
        vitals=torch.randn(n, spec.vitals.n_features, generator=rng),
    )


def make_members(spec: ModelSpec, *, shared: Collection[InputKind] = (), vocabulary: int = 500) -> list[MultimodalNet]:
    """Build three nets of three fusions; the encoders of `shared` inputs have the weights of the first."""
    fusions = enumerate(("concat", "mean", "gated"))
    nets = [make_net(replace(spec, fusion=name), vocabulary=vocabulary, seed=seed) for seed, name in fusions]
    for net in nets[1:]:
        for kind in shared:
            net.encoders[kind.value].load_state_dict(nets[0].encoders[kind.value].state_dict())
    return nets


def make_ensemble(nets: Sequence[MultimodalNet], rule: EnsembleRule = "mean") -> EnsembleNet:
    """Join three nets; under the rule "weighted" they weigh a half, a quarter and a quarter."""
    from medmm.models.ensemble import join_members

    weights = (0.5, 0.25, 0.25) if rule == "weighted" else (1 / 3,) * 3
    return join_members(nets, rule, weights=weights, names=[f"member {number}" for number in range(3)]).eval()


def make_bundle(folder: Path) -> Path:
    """Write a complete, sealed bundle with random weights."""
    spec, tokenizer = make_spec(), make_tokenizer()
    return write_sealed(folder, make_net(spec, vocabulary=len(tokenizer)), tokenizer)


def write_sealed(
    folder: Path,
    net: CaseNet,
    tokenizer: PreTrainedTokenizerBase | Vocabulary | None,
    *,
    batch: ModelBatch | None = None,
) -> Path:
    """Write a net as a complete, sealed bundle; batch: its golden case."""
    from medmm.models.bundle import seal_bundle, write_bundle
    from medmm.models.calibration import Calibration
    from medmm.models.golden import write_golden
    from medmm.training.publish import round_to_half

    round_to_half(net)
    calibration = Calibration({"pneumonia": 1.5, "nodule": 0.8}, {"pneumonia": 0.4, "nodule": 0.3}, "a test", 10)
    folder.mkdir(parents=True)
    write_bundle(folder, net, tokenizer=tokenizer, calibration=calibration, metadata={"version": "0"})
    (folder / "docs" / "README.md").write_text("A card.\n")
    (folder / "LICENSE").write_text("A licence.\n")
    write_golden(folder, net, make_batch(net.spec) if batch is None else batch)
    seal_bundle(folder)
    return folder

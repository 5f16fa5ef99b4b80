"""From a trained network to a bundle: calibrate, measure, write the card, seal, open it again."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from medmm.core.errors import StorageError
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.batch import ModelBatch
from medmm.models.bundle import load_bundle, seal_bundle, write_bundle
from medmm.models.calibration import Calibration
from medmm.models.case_net import CaseNet
from medmm.models.golden import write_golden
from medmm.training.calibrate import calibrate
from medmm.training.card import write_card
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example, kinds_of, make_batch
from medmm.training.figures import DomainFigures, DomainScores, measure
from medmm.training.leakage import LeakageReport
from medmm.training.member_words import members_section
from medmm.training.metadata import bundle_metadata
from medmm.training.patients import SIMULATED
from medmm.training.scores import all_subsets, labels_of, predict_logits
from medmm.training.start_weights import Started
from medmm.training.subgroups import groups_of
from medmm.training.trained import Trained

log = logging.getLogger(__name__)
GOLDEN_SEED = 8_128
LICENSE = Path(__file__).resolve().parents[2] / "LICENSE"


def publish(
    trained: Trained,
    tokenizer: PreTrainedTokenizerBase | None,
    config: TrainingConfig,
    examples: Sequence[Example],
    folder: Path,
    *,
    leakage: LeakageReport | None = None,
    start: Started | None = None,
) -> Path:
    """Write the bundle; what is measured is what ships: weights are rounded to 16 bits before."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    net = trained.net
    round_to_half(net)
    net.eval()
    calibration = calibrate_on(net, [e for e in examples if e.row.part == "calibration" and e.row.domain == SIMULATED])
    tested = [e for e in examples if e.row.part in ("test", "held_out") and not e.row.is_soft]
    figures = measure_domains(net, tested, calibration, samples=config.bootstrap, seed=config.seed)
    write_bundle(
        folder,
        net,
        tokenizer=tokenizer,
        calibration=calibration,
        metadata=bundle_metadata(config, trained, examples, figures, data_hash=data_hash(examples), start=start),
    )
    members = members_section(trained)
    write_card(folder / "docs" / "README.md", config, examples, figures, calibration, leakage, members=members)
    if not LICENSE.is_file():
        raise StorageError(
            Words("the project's LICENSE is not beside the package"), Words("Train from a checkout."), LICENSE
        )
    shutil.copyfile(LICENSE, folder / "LICENSE")
    golden = max(examples, key=lambda e: (len(kinds_of(e, net.spec)), e.row.part == "test"))
    write_golden(folder, net, _golden_batch(net, golden))
    seal_bundle(folder)
    load_bundle(folder)
    return folder


def round_to_half(net: CaseNet) -> None:
    """Round every weight to 16 bits and back, so that the net in memory equals the one that ships."""
    with torch.no_grad():
        for tensor in net.state_dict().values():
            if tensor.is_floating_point():
                tensor.copy_(tensor.half().float())


def calibrate_on(net: CaseNet, examples: Sequence[Example]) -> Calibration:
    """Fit temperatures and thresholds on cases that were not trained on, with all inputs they have."""
    everything = frozenset(net.kinds)
    logits = predict_logits(net, examples, [everything])[everything]
    return calibrate(net.spec.findings, labels_of(examples), logits, head=net.spec.head)


def measure_domains(
    net: CaseNet, examples: Sequence[Example], calibration: Calibration, *, samples: int, seed: int
) -> tuple[DomainFigures, ...]:
    """Measure every domain by itself; pooling them would mix different patients into one number."""
    figures = []
    for scores in score_domains(net, examples, calibration):
        figures.append(measure(scores, samples=samples, seed=seed))
        log.info("%s: %s", scores.domain, ", ".join(f"{name} {value}" for name, value in figures[-1].by_subset.items()))
    return tuple(figures)


def score_domains(net: CaseNet, examples: Sequence[Example], calibration: Calibration) -> Iterator[DomainScores]:
    """Score the cases of each domain with every subset of the inputs that are there."""
    for domain in dict.fromkeys(domain_title(example) for example in examples):
        chosen = [example for example in examples if domain_title(example) == domain]
        found = frozenset[InputKind]().union(*(kinds_of(e, net.spec) for e in chosen))
        subsets = all_subsets([kind for kind in net.kinds if kind in found])
        yield DomainScores(
            domain,
            net.spec.findings,
            labels_of(chosen),
            predict_logits(net, chosen, subsets),
            tuple(example.row.patient for example in chosen),
            calibration,
            groups_of([example.reading.facts for example in chosen]),
            head=net.spec.head,
        )


def domain_title(example: Example) -> str:
    """Name a domain; rows that were never open to training stand apart from those that were held back by lot."""
    row = example.row
    return f"{row.domain} (rows for evaluation only)" if row.part == "held_out" else row.domain


def data_hash(examples: Sequence[Example]) -> Mapping[str, str]:
    """Hash what was trained on and how it was split, without any patient's name in it."""
    content, split = hashlib.sha256(), hashlib.sha256()
    for example in sorted(examples, key=lambda e: (e.row.domain, str(e.row.path))):
        if example.reading.image is not None:
            content.update(example.reading.image.tobytes())
        for note in example.reading.notes:
            content.update(note.text.encode())
        if example.vitals is not None:
            content.update(example.vitals.features.tobytes())
        if example.reading.audio is not None:
            content.update(example.reading.audio.windows.tobytes())
        content.update(json.dumps(example.row.labels).encode())
        split.update(f"{example.row.domain} {example.row.path.name} {example.row.part}\n".encode())
    return {"content_sha256": content.hexdigest(), "split_sha256": split.hexdigest()}


def _golden_batch(net: CaseNet, example: Example) -> ModelBatch:
    # Noise in the shape of a case, never the case: a bundle travels, the patients of its department do not.
    # Two rows: everything, and the note (or the first input) alone, so that the learned absent tokens are proven too.
    rng = torch.Generator().manual_seed(GOLDEN_SEED)
    batch = make_batch([example, example], net.spec).inputs
    has = kinds_of(example, net.spec)
    alone = InputKind.NOTE if InputKind.NOTE in has else next(kind for kind in net.kinds if kind in has)
    present = batch.present.clone()
    present[1] = torch.tensor([kind is alone for kind in net.kinds])
    found = {one.name: getattr(batch, one.name) for one in fields(batch)}
    noise = {name: _noise(name, tensor, rng) for name, tensor in found.items() if tensor is not None}
    return replace(batch, **{**noise, "present": present})


def _noise(name: str, like: Tensor, rng: torch.Generator) -> Tensor:
    if name == "token_ids":
        return torch.randint(0, int(like.max()) + 1, like.shape, generator=rng)
    if not like.is_floating_point():
        return like  # counts and places: how many tokens, windows and readings there are
    drawn = torch.randn(like.shape, generator=rng).clamp(-3.0, 3.0)
    if name == "series":  # value, whether it was measured, hours since it last was
        drawn[..., 1] = (drawn[..., 1] > 0).float()
        drawn[..., 2] = drawn[..., 2].abs()
    return drawn

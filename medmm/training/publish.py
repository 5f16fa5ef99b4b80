"""From a trained network to a bundle: calibrate, measure, write the card, seal, open it again."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from medmm.core.errors import StorageError
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.batch import ModelBatch
from medmm.models.bundle import load_bundle, seal_bundle, write_bundle
from medmm.models.bundle_files import CARD
from medmm.models.case_net import CaseNet
from medmm.models.golden import write_golden
from medmm.models.map_tests import write_map_tests
from medmm.models.neighbours import write_neighbours
from medmm.models.spread import write_spread
from medmm.training.card import write_card
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example, kinds_of, make_batch
from medmm.training.leakage import LeakageReport
from medmm.training.measuring import measure_everything
from medmm.training.member_words import members_section
from medmm.training.metadata import bundle_metadata
from medmm.training.neighbour_words import neighbours_block
from medmm.training.neighbours import near_cases
from medmm.training.spread import measure_spread
from medmm.training.start_weights import LoadReport
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
    root: Path | None = None,
    leakage: LeakageReport | None = None,
    starts: Mapping[InputKind, LoadReport] = MappingProxyType({}),
) -> Path:
    """Write the bundle; what is measured is what ships: weights are rounded to 16 bits before.

    root: what the domains' folders are relative to, the working directory unless given.
    """
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    net = trained.net
    round_to_half(net)
    net.eval()
    found = measure_everything(trained, config, examples, root=root or Path())
    near = near_cases(net, config, examples)
    block = neighbours_block(near) if near else {}
    write_bundle(
        folder,
        net,
        tokenizer=tokenizer,
        calibration=found.calibration,
        metadata=bundle_metadata(
            config, trained, examples, found, data_hash=data_hash(examples), starts=starts, neighbours=block
        ),
    )
    write_neighbours(folder, near.neighbours if near else None)
    write_spread(folder, measure_spread(net, [e for e in examples if e.row.part == "calibration"]))
    if found.map_tests is not None:
        write_map_tests(folder, found.map_tests)
    members, begun = members_section(trained), [*starts.values()]
    card = folder / CARD
    write_card(card, config, examples, found, leakage, members=members, starts=begun, near=near)
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

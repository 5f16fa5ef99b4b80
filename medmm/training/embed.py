"""One encoder trained by itself on one input, and what it makes of every case: the raw material of comparisons."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from medmm.core.progress import CancelToken, Progress
from medmm.core.quality import InputKind
from medmm.models.multimodal import MultimodalNet
from medmm.training.checkpoint import load_place
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example, make_batch, make_examples
from medmm.training.fit import Material, make_material
from medmm.training.gather import gather
from medmm.training.member import Member, Session, checkpoint_folder, member_key, train_member
from medmm.training.patients import PatientRow
from medmm.training.reading import Reading
from medmm.training.scores import predict_logits
from medmm.training.session import open_session

BATCH = 32
FOUND = "embedded.npz"


@dataclass(frozen=True)
class Embedded:
    """z: float32 [N, d]; has: bool [N], whether the case has the input; seconds: of a processor, to train and to embed.

    logits: [N, F] of the head that the encoder was trained with, NaN where a case lacks the input.
    """

    kind: InputKind
    encoder: str
    z: NDArray[np.float32]
    has: NDArray[np.bool_]
    seconds: float
    logits: NDArray[np.float64]


def embed_alone(
    config: TrainingConfig,
    rows: Sequence[PatientRow],
    out: Path,
    *,
    progress: Progress,
    cancel: CancelToken,
) -> Embedded:
    """Train a config of a single input on the training rows and embed all rows; kept below `out`, so that a second
    call reads what the first one found, and a killed one goes on after its last epoch."""
    (kind,) = config.inputs
    encoder = encoder_name(config, kind)
    kept = out / f"{kind.value}-{encoder}-{config.run_id[:12]}-{rows_digest(rows)[:12]}"
    if (kept / FOUND).is_file():
        with np.load(kept / FOUND, allow_pickle=False) as found:
            return Embedded(kind, encoder, found["z"], found["has"], float(found["seconds"]), found["logits"])
    readings = _read(config, kind, rows, out, progress, cancel)
    torch.manual_seed(config.seed)
    kept.mkdir(parents=True, exist_ok=True)
    material = make_material(config, rows, readings, kept)
    examples = _all_examples(material, kept)
    session = open_session(config, kept, examples, progress, cancel)
    having = [example for example in examples if _has(example, kind)]
    net, seconds = _train(session, material, having)
    session.tracker.end()
    began = time.process_time()
    z, has = _embed(net, examples, kind)
    subset = frozenset({kind})
    logits = predict_logits(net, examples, [subset])[subset]
    seconds += time.process_time() - began
    unfinished = kept / "unfinished.npz"
    np.savez(unfinished, z=z, has=has, seconds=seconds, logits=logits)
    os.replace(unfinished, kept / FOUND)
    return Embedded(kind, encoder, z, has, seconds, logits)


def rows_digest(rows: Sequence[PatientRow]) -> str:
    """Name the patients of a comparison, with their labels and their part of the split."""
    content = [f"{row.path} {row.labels} {row.part}" for row in rows]
    return hashlib.sha256("\n".join(content).encode()).hexdigest()


def _train(session: Session, material: Material, examples: Sequence[Example]) -> tuple[MultimodalNet, float]:
    """Give the net and the processor seconds of its training."""
    member = Member(0, session.config.seed, session.config.fusion)
    n_before = _n_epochs(session, member)
    began = time.process_time()
    net = train_member(session, member, material.spec, material.bert, examples)
    spent, n_epochs = time.process_time() - began, _n_epochs(session, member)
    # Of a training that was interrupted, the epochs of the last part stand for all.
    return net, spent * n_epochs / max(n_epochs - n_before, 1)


def _n_epochs(session: Session, member: Member) -> int:
    place = load_place(checkpoint_folder(session.out, member), key=member_key(session.config, member))
    return len(place.records) if place else 0


def _read(
    config: TrainingConfig,
    kind: InputKind,
    rows: Sequence[PatientRow],
    out: Path,
    progress: Progress,
    cancel: CancelToken,
) -> list[Reading]:
    # One reading of the patients serves all encoders but those of sound, which take other features each.
    audio = config.audio.to_spec() if kind is InputKind.AUDIO else None
    image = config.image.to_spec() if config.image and audio is None else None
    cache = out / (f"cache-{config.audio.encoder}" if audio else "cache")
    readings = gather(rows, image, cache, audio=audio, workers=config.readers, progress=progress, cancel=cancel)
    return readings if kind is InputKind.IMAGE else [replace(reading, image=None) for reading in readings]


def _all_examples(material: Material, folder: Path) -> list[Example]:
    """Make an example of every row, in order: who lacks the input is embedded as nothing, not left out."""
    made = {
        id(example.row): example
        for example in make_examples(material.rows, material.readings, material.spec, material.tokenizer, folder=folder)
    }
    return [
        made.get(id(row)) or Example(row, reading)
        for row, reading in zip(material.rows, material.readings, strict=True)
    ]


def encoder_name(config: TrainingConfig, kind: InputKind) -> str:
    """Give the encoder that a config names for an input."""
    assert config.image is not None or kind is not InputKind.IMAGE, "the config takes this input"
    encoders = {
        InputKind.IMAGE: config.image.encoder if config.image else "",
        InputKind.NOTE: config.text.encoder,
        InputKind.VITALS: config.vitals.encoder,
        InputKind.AUDIO: config.audio.encoder,
    }
    return encoders[kind]


def _has(example: Example, kind: InputKind) -> bool:
    found = {
        InputKind.IMAGE: example.reading.image is not None,
        InputKind.NOTE: example.note is not None,
        InputKind.VITALS: example.vitals is not None,
        InputKind.AUDIO: example.reading.audio is not None,
    }
    return found[kind]


def _embed(
    net: MultimodalNet, examples: Sequence[Example], kind: InputKind
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    net.eval()
    parts, has = [], np.array([_has(example, kind) for example in examples])
    with torch.inference_mode():
        for start in range(0, len(examples), BATCH):
            batch = make_batch(examples[start : start + BATCH], net.spec).inputs
            width = next(iter(net.projections[kind.value].parameters())).shape[1]
            encoded = net.encode(batch).get(kind)
            z = torch.zeros(batch.size, width) if encoded is None else encoded.z
            parts.append(z.numpy())
    return np.concatenate(parts), has

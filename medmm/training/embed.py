"""One encoder trained by itself on one input, and what it makes of every case: the raw material of comparisons."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from medmm.core.progress import CancelToken, Progress
from medmm.core.quality import InputKind
from medmm.models.multimodal import MultimodalNet
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example, make_batch, make_examples
from medmm.training.fit import prepare_material
from medmm.training.member import Member, train_member
from medmm.training.patients import PatientRow
from medmm.training.session import open_session

BATCH = 32


@dataclass(frozen=True)
class Embedded:
    """z: float32 [N, d]; has: bool [N], whether the case has the input; seconds: to train and to embed."""

    kind: InputKind
    encoder: str
    z: NDArray[np.float32]
    has: NDArray[np.bool_]
    seconds: float


def embed_alone(
    config: TrainingConfig,
    rows: Sequence[PatientRow],
    out: Path,
    *,
    progress: Progress,
    cancel: CancelToken,
) -> Embedded:
    """Train a config of a single input on the training rows and embed all rows; kept below `out`, so that a second
    call reads what the first one found."""
    (kind,) = config.inputs
    encoder = encoder_name(config, kind)
    kept = out / f"{kind.value}-{encoder}-{config.run_id[:16]}"
    if (kept / "embedded.npz").is_file():
        with np.load(kept / "embedded.npz", allow_pickle=False) as found:
            return Embedded(kind, encoder, found["z"], found["has"], float(found["seconds"]))
    began = time.monotonic()
    torch.manual_seed(config.seed)
    material = prepare_material(config, rows, out / f"cache-{kind.value}", progress, cancel)
    examples = make_examples(material.rows, material.readings, material.spec, material.tokenizer)
    kept.mkdir(parents=True, exist_ok=True)
    session = open_session(config, kept, examples, progress, cancel)
    net = train_member(session, Member(0, config.seed, config.fusion), material.spec, material.bert, examples)
    session.tracker.end()
    z, has = _embed(net, examples, kind)
    seconds = time.monotonic() - began
    np.savez(kept / "embedded.npz", z=z, has=has, seconds=seconds)
    return Embedded(kind, encoder, z, has, seconds)


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

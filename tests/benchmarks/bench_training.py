"""What training costs: steps against a bare torch loop over the same modules, and growth with the number of patients.

Run: python tests/benchmarks/bench_training.py [--patients 1000 8000] [--size 160] (exit 1 when a limit is missed)
Processor time of one thread throughout: other load on the machine takes none of it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from medmm.models.multimodal import MultimodalNet
from medmm.simulate.cohort import simulate_cohort
from medmm.training.augment import make_augment
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example, make_examples
from medmm.training.fit import Material, list_patients, make_material, prepare_material
from medmm.training.member import Member, train_member
from medmm.training.session import open_session

LEAST_SPEED, MOST_GROWTH, MOST_TIME = 0.9, 0.06, 1.1
ROUNDS, N_MEASURED, BATCH = 5, 96, 16
RECORDS = frozenset({InputKind.NOTE, InputKind.VITALS})


def make_config(size: int, batch: int, **changes: object) -> TrainingConfig:
    """All three inputs; DenseNet121 and a compact BERT unless `changes` says otherwise."""
    content = {
        "name": "bench",
        "version": "0",
        "seed": 3,
        "description": "A measurement.",
        "intended_use": "A measurement.",
        "limits": ["A measurement."],
        "findings": ["pneumonia", "pulmonary_edema", "pleural_effusion"],
        "split": {"train": 0.96, "validation": 0.01, "calibration": 0.01, "test": 0.02},
        "image": {"rows": size, "cols": size},
        "text": {"vocabulary": 1000},
        "stages": [{"inputs": "all", "epochs": 1, "batch": batch, "rate": 1e-4, "end_rate": 1e-4, "size": size}],
        "threads": 1,
        "readers": 1,
    }
    return TrainingConfig.model_validate(content | changes)


def simulate(folder: Path, n_patients: int, *, pixels: int = 0) -> None:
    """Patients with notes and vital signs; pixels: and a small film of noise beside them, for what costs is reading."""
    from PIL import Image

    simulate_cohort(
        folder, n_patients=n_patients, seed=1, inputs=RECORDS, progress=no_progress, cancel=CancelToken()
    )  # fmt: skip
    rng = np.random.default_rng(0)
    for patient in sorted(path for path in folder.iterdir() if path.is_dir()) if pixels else ():
        Image.fromarray(rng.integers(0, 255, (pixels, pixels), dtype=np.uint8)).save(patient / "film.png")


@dataclass(frozen=True)
class Clock:
    """Processor time at the end of each step, taken by the progress of a run."""

    ends: list[float]

    def __call__(self, done: int, total: int, text: str) -> None:
        self.ends.append(time.process_time())

    def of(self, n_samples: int) -> float:
        """Samples a second from the end of the first step; the caller's batches are all of one size."""
        steps = len(self.ends) - 1
        return n_samples / (len(self.ends)) * steps / (self.ends[-1] - self.ends[0])


def own_speed(material: Material, examples: list[Example], config: TrainingConfig, out: Path) -> float:
    """Samples a second of one epoch of `medmm train`."""
    clock = Clock([])
    out.mkdir(parents=True)
    session = open_session(config, out, examples, clock, CancelToken())
    train_member(session, Member(0, config.seed, config.fusion), material.spec, material.bert, examples)
    return clock.of(len(examples))


def bare_speed(material: Material, examples: list[Example], config: TrainingConfig) -> float:
    """Samples a second of a loop that anyone would write over the same modules, batches and augmentation."""
    net = MultimodalNet(material.spec, bert=deepcopy(material.bert)).train()
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-4, weight_decay=config.weight_decay)
    augment = make_augment(0, config.augment)
    order = torch.randperm(len(examples)).tolist()
    ends = []
    for start in range(0, len(order), BATCH):
        chosen = [examples[place] for place in order[start : start + BATCH]]
        optimizer.zero_grad()
        torch.autograd.backward([bare_loss(net, chosen, augment, config.auxiliary_weight)])
        torch.nn.utils.clip_grad_norm_(net.parameters(), config.gradient_clip)
        optimizer.step()
        ends.append(time.process_time())
    return Clock(ends).of(len(examples))


def bare_loss(net: MultimodalNet, chosen: list[Example], augment: object, auxiliary: float) -> Tensor:
    """The loss of training, written down plainly."""
    image, note, vitals = (net.encoders[kind.value] for kind in net.kinds)
    ids, masks, owner = [], [], []
    for case, example in enumerate(chosen):
        for row, mask in zip(example.note.token_ids, example.note.token_mask, strict=True):
            ids.append(torch.from_numpy(row))
            masks.append(torch.from_numpy(mask))
            owner.append(case)
    pixels = torch.stack([bare_pixels(example.reading.image, augment) for example in chosen])
    features = torch.stack([torch.from_numpy(example.vitals.features) for example in chosen])
    labels = torch.tensor([example.row.labels for example in chosen])
    chunks = pad_sequence(ids, batch_first=True), pad_sequence(masks, batch_first=True), torch.tensor(owner)
    encoded = {
        InputKind.IMAGE: image(pixels).z,
        InputKind.NOTE: note(*chunks, len(chosen)).z,
        InputKind.VITALS: vitals(features).z,
    }
    present = torch.ones(len(chosen), len(net.kinds), dtype=torch.bool)
    dropped = torch.rand(present.shape) >= net.spec.modality_dropout
    fused = [
        functional.binary_cross_entropy_with_logits(net.fuse(encoded, mask), labels) for mask in (present, dropped)
    ]
    single = [
        functional.binary_cross_entropy_with_logits(logits, labels) for logits in net.unimodal_logits(encoded).values()
    ]
    return sum(fused) / 2 + auxiliary * sum(single)


def bare_pixels(image: np.ndarray, augment: object) -> Tensor:
    """Scale to [0, 1], augment, standardise."""
    display = augment(torch.from_numpy(image.astype(np.float32) / 255)[None])
    return (display - display.mean()) / display.std()


def measure_speed(folder: Path, size: int) -> float:
    """Print both speeds, alternating rounds, and return the ratio of the best of each."""
    simulate(folder / "cohort", N_MEASURED)
    config = make_config(size, BATCH)
    # No film is read: noise of the right size costs the network the same.
    rows = [replace(row, part="train") for row in list_patients(config, folder / "cohort", Path())]
    records = config.model_copy(update={"inputs": tuple(sorted(RECORDS))})
    read = prepare_material(records, rows, folder / "cache", no_progress, CancelToken())
    rng = np.random.default_rng(0)
    readings = [
        replace(one, image=rng.integers(0, 255, (size, size), dtype=np.uint8), box=(0, size, 0, size))
        for one in read.readings
    ]
    material = make_material(config, rows, readings, folder / "text")
    examples = make_examples(rows, readings, material.spec, material.tokenizer, folder=folder / "cache")
    own, bare = [], []
    for number in range(ROUNDS):
        bare.append(bare_speed(material, examples, config))
        own.append(own_speed(material, examples, config, folder / f"round{number}"))
    print(f"training: {max(own):.2f} samples/s, bare loop {max(bare):.2f}: ratio {max(own) / max(bare):.2f}")
    return max(own) / max(bare)


def one_size(folder: Path, n_patients: int) -> None:
    """Read, prepare and train one epoch of light networks in this process; print what it took as JSON."""
    light = {
        "image": {"rows": 64, "cols": 64, "encoder": "monai.vit"},
        "text": {"encoder": "text.words", "vocabulary": 1000},
        "split": {"train": 0.3, "validation": 0.1, "calibration": 0.1, "test": 0.5},
    }
    config = make_config(64, 32, **light)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    rows = list_patients(config, folder / "cohort", Path())[:n_patients]
    spent = {}
    began = time.process_time()
    peak = [own_memory_mb()]

    def watch(done: int, total: int, text: str) -> None:
        peak[0] = max(peak[0], own_memory_mb())

    material = prepare_material(config, rows, folder / "cache", watch, CancelToken())
    spent["read"] = time.process_time() - began
    examples = make_examples(
        material.rows, material.readings, material.spec, material.tokenizer, folder=folder / "cache"
    )
    spent["prepare"] = time.process_time() - began - spent["read"]
    out = folder / f"out{n_patients}"
    out.mkdir()
    session = open_session(config, out, examples, watch, CancelToken())
    train_member(session, Member(0, config.seed, config.fusion), material.spec, material.bert, examples)
    spent["train"] = time.process_time() - began - spent["read"] - spent["prepare"]
    print(json.dumps({"patients": len(rows), "memory_mb": peak[0], "seconds": spent}))


def own_memory_mb() -> float:
    """Memory of this process that no file stands behind: mapped pixels can be given back at any time."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def measure_growth(folder: Path, sizes: list[int]) -> bool:
    """Print time and memory for each number of patients and tell whether both limits are kept."""
    simulate(folder / "cohort", max(sizes), pixels=96)
    found = []
    for n_patients in sizes:
        command = [sys.executable, __file__, "--one", str(folder), "--patients", str(n_patients)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found.append(json.loads(answer.splitlines()[-1]))
        parts = ", ".join(f"{name} {value:.1f} s" for name, value in found[-1]["seconds"].items())
        print(f"{n_patients:6} patients: peak {found[-1]['memory_mb']:.0f} MB of its own, {parts}", flush=True)
    first, last = found[0], found[-1]
    times = last["patients"] / first["patients"]
    slower = {name: last["seconds"][name] / first["seconds"][name] / times for name in first["seconds"]}
    grown = last["memory_mb"] / first["memory_mb"] - 1
    each = 1024 * (last["memory_mb"] - first["memory_mb"]) / (last["patients"] - first["patients"])
    print("seconds per patient: " + ", ".join(f"{name} x{ratio:.2f}" for name, ratio in slower.items()))
    print(f"memory: {100 * grown:+.0f} %, {each:.1f} kB a patient")
    return grown <= MOST_GROWTH and max(slower.values()) <= MOST_TIME


def main() -> int:
    """Measure speed, then growth, each in a temporary folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--patients", type=int, nargs="+", default=[1000, 8000])
    parser.add_argument("--size", type=int, default=160)
    parser.add_argument("--only", choices=["speed", "growth"])
    parser.add_argument("--one", type=Path)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    if asked.one:
        one_size(asked.one, asked.patients[0])
        return 0
    is_kept = True
    with tempfile.TemporaryDirectory() as place:
        if asked.only != "growth":
            is_kept &= measure_speed(Path(place) / "speed", asked.size) >= LEAST_SPEED
        if asked.only != "speed":
            is_kept &= measure_growth(Path(place) / "growth", asked.patients)
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())

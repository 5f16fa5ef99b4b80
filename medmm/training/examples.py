"""All patients in memory as the network takes them, and batches cut from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from transformers import PreTrainedTokenizerBase

from medmm.core.quality import InputKind
from medmm.inference.image_steps import scale_intensity
from medmm.inference.model_input import ModelInput, PreparedImage, PreparedNote, PreparedVitals
from medmm.inference.prepare import collate
from medmm.inference.prepare_note import prepare_notes
from medmm.inference.prepare_vitals import prepare_vitals, summarise, usable_measurements
from medmm.models.batch import ModelBatch
from medmm.models.spec import VITAL_STATISTICS, ModelSpec, VitalsSpec
from medmm.training.patients import PatientRow
from medmm.training.reading import Reading

Augment = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Example:
    """A patient ready for batches; notes and vitals are prepared exactly as for scoring."""

    row: PatientRow
    reading: Reading
    note: PreparedNote | None
    vitals: PreparedVitals | None


@dataclass(frozen=True)
class TrainingBatch:
    """inputs, labels [B, F] with NaN where unknown, weights [B]."""

    inputs: ModelBatch
    labels: Tensor
    weights: Tensor

    def to(self, device: torch.device) -> TrainingBatch:
        """Copy every tensor to a device."""
        return TrainingBatch(self.inputs.to(device), self.labels.to(device), self.weights.to(device))


def vitals_statistics(readings: Sequence[Reading], names: tuple[str, ...]) -> VitalsSpec:
    """Measure centre and scale of every feature over the patients that have the sign."""
    rows: dict[str, list[tuple[float, ...]]] = {name: [] for name in names}
    for reading in readings:
        measured = usable_measurements(reading.vitals, index_time=reading.facts.index_time)
        for name in names:
            series = [m for m in measured if m.name == name]
            if series:
                rows[name].append(summarise(series, until=measured[-1].time))
    centre: list[float] = []
    scale: list[float] = []
    for name in names:
        table = np.array(rows[name] or [(0.0,) * len(VITAL_STATISTICS)])
        centre += [round(float(value), 6) for value in table.mean(axis=0)]
        # A statistic that never varies in training is scaled by 1 instead of dividing by nothing.
        scale += [round(float(value), 6) if value > 1e-6 else 1.0 for value in table.std(axis=0)]
    return VitalsSpec(names, tuple(centre), tuple(scale))


def make_examples(
    rows: Sequence[PatientRow],
    readings: Sequence[Reading],
    spec: ModelSpec,
    tokenizer: PreTrainedTokenizerBase | None,
) -> list[Example]:
    """Tokenise notes and summarise vitals of every patient; who has no input of this model is left out."""
    prepared = [
        Example(
            row,
            reading,
            _notes(reading, spec, tokenizer),
            _vitals(reading, spec),
        )
        for row, reading in zip(rows, readings, strict=True)
    ]
    return [example for example in prepared if kinds_of(example, spec)]


def _notes(reading: Reading, spec: ModelSpec, tokenizer: PreTrainedTokenizerBase | None) -> PreparedNote | None:
    if spec.text is None or tokenizer is None or not reading.notes:
        return None
    return prepare_notes(reading.notes, spec.text, tokenizer)


def _vitals(reading: Reading, spec: ModelSpec) -> PreparedVitals | None:
    if spec.vitals is None or not reading.vitals:
        return None
    return prepare_vitals(reading.vitals, spec.vitals, index_time=reading.facts.index_time)


def kinds_of(example: Example, spec: ModelSpec) -> frozenset[InputKind]:
    """Name the inputs of a model that an example has."""
    has = {
        InputKind.IMAGE: example.reading.image is not None,
        InputKind.NOTE: example.note is not None,
        InputKind.VITALS: example.vitals is not None,
        InputKind.AUDIO: example.reading.audio is not None,
    }
    return frozenset(kind for kind in spec.input_kinds if has.get(kind))


def make_batch(
    examples: Sequence[Example],
    spec: ModelSpec,
    *,
    augment: Augment | None = None,
    size: int | None = None,
    without: frozenset[InputKind] = frozenset(),
) -> TrainingBatch:
    """Put examples side by side; size: train at another resolution than the spec's."""
    inputs = collate([_to_input(example, spec, augment, without) for example in examples], spec)
    if size and spec.image and size != spec.image.rows and inputs.image is not None:
        inputs = replace(inputs, image=resize_planes(inputs.image, size))
    labels = torch.tensor([example.row.labels for example in examples], dtype=torch.float32)
    return TrainingBatch(inputs, labels, torch.tensor([example.row.weight for example in examples]))


def resize_planes(images: Tensor, size: int) -> Tensor:
    """Resize films [B, 1, rows, cols], or every slice of volumes [B, 1, slices, rows, cols], to size x size."""
    planes = images.flatten(0, -3).unsqueeze(1)
    resized = functional.interpolate(planes, size=(size, size), mode="bilinear", antialias=True)
    return resized.reshape(*images.shape[:-2], size, size)


def _to_input(example: Example, spec: ModelSpec, augment: Augment | None, without: frozenset[InputKind]) -> ModelInput:
    kinds = kinds_of(example, spec) - without
    image = _prepared(example.reading, spec, augment) if InputKind.IMAGE in kinds else None
    note = example.note if InputKind.NOTE in kinds else None
    vitals = example.vitals if InputKind.VITALS in kinds else None
    audio = example.reading.audio if InputKind.AUDIO in kinds else None
    return ModelInput(tuple(kind in kinds for kind in spec.input_kinds), image, note, vitals, audio)


def _prepared(reading: Reading, spec: ModelSpec, augment: Augment | None) -> PreparedImage:
    assert reading.image is not None
    assert spec.image is not None
    display: NDArray[np.float32] = reading.image.astype(np.float32) / np.float32(255)
    if augment is not None:
        display = augment(torch.from_numpy(display)[None])[0].numpy()
    seen = np.zeros(display.shape, dtype=bool)
    seen[tuple(slice(*stretch) for stretch in reading.stretches)] = True
    # Places belong to scoring; a batch needs the pixels only.
    return PreparedImage(scale_intensity(display, seen, spec.image), np.eye(3), (0.0, 0.0, 0.0, 0.0))

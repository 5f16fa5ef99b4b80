"""All patients as the network takes them, and batches cut from them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

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
from medmm.training.places import Places, draw_masks, has_places
from medmm.training.prepared import NOTHING, Prepared, PreparedWriter, StoredPrepared
from medmm.training.reading import Reading

Augment = Callable[[Tensor], Tensor]


# Slots: training holds one for each patient.
@dataclass(frozen=True, slots=True)
class Example:
    """A patient ready for batches; notes and vitals are prepared exactly as for scoring."""

    row: PatientRow
    reading: Reading
    prepared: Prepared = NOTHING

    @property
    def note(self) -> PreparedNote | None:
        """The tokens of the notes, None where there is none."""
        return self.prepared.note

    @property
    def vitals(self) -> PreparedVitals | None:
        """The features of the vital signs, None where there is none."""
        return self.prepared.vitals


@dataclass(frozen=True)
class TrainingBatch:
    """inputs, labels [B, F] with NaN where unknown, weights [B]; places: where findings lie, if that was asked for."""

    inputs: ModelBatch
    labels: Tensor
    weights: Tensor
    places: Places | None = None

    def to(self, device: torch.device) -> TrainingBatch:
        """Copy every tensor to a device."""
        places = self.places.to(device) if self.places else None
        return TrainingBatch(self.inputs.to(device), self.labels.to(device), self.weights.to(device), places)


def vitals_statistics(readings: Sequence[Reading], names: tuple[str, ...]) -> VitalsSpec:
    """Measure centre and scale of every feature over the patients that have the sign."""
    found = {name: array("d") for name in names}
    for reading in readings:
        measured = usable_measurements(reading.vitals, index_time=reading.facts.index_time)
        for name in names:
            series = [m for m in measured if m.name == name]
            if series:
                found[name].extend(summarise(series, until=measured[-1].time))
    centre: list[float] = []
    scale: list[float] = []
    for name in names:
        table = np.array(found[name] or [0.0] * len(VITAL_STATISTICS)).reshape(-1, len(VITAL_STATISTICS))
        centre += [round(float(value), 6) for value in table.mean(axis=0)]
        # A statistic that never varies in training is scaled by 1 instead of dividing by nothing.
        scale += [round(float(value), 6) if value > 1e-6 else 1.0 for value in table.std(axis=0)]
    return VitalsSpec(names, tuple(centre), tuple(scale))


def make_examples(
    rows: Sequence[PatientRow],
    readings: Sequence[Reading],
    spec: ModelSpec,
    tokenizer: PreTrainedTokenizerBase | None,
    *,
    folder: Path | None = None,
) -> list[Example]:
    """Tokenise notes and summarise vitals of every patient; who has no input of this model is left out.

    folder: on whose disk the tokens and features lie while they are used (`array_file.Scratch`).
    """
    writer = PreparedWriter(spec.vitals, folder)
    for reading in readings:
        writer.append(_notes(reading, spec, tokenizer), _vitals(reading, spec))
    notes, signs = writer.finish()
    found = [
        Example(row, reading, StoredPrepared(notes, signs, place))
        for place, (row, reading) in enumerate(zip(rows, readings, strict=True))
    ]
    return [example for example in found if kinds_of(example, spec)]


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
    with_places: bool = False,
) -> TrainingBatch:
    """Put examples side by side; size: train at another resolution than the spec's, but for the places."""
    kinds = [kinds_of(example, spec) - without for example in examples]
    films = [
        _film(example, spec, augment, with_places=with_places) if InputKind.IMAGE in has else None
        for example, has in zip(examples, kinds, strict=True)
    ]
    given = zip(examples, kinds, films, strict=True)
    inputs = collate([_to_input(example, spec, has, film) for example, has, film in given], spec)
    if size and spec.image and size != spec.image.rows and inputs.image is not None:
        inputs = replace(inputs, image=resize_planes(inputs.image, size))
    labels = torch.tensor([example.row.labels for example in examples], dtype=torch.float32)
    weights = torch.tensor([example.row.weight for example in examples])
    return TrainingBatch(inputs, labels, weights, _places(films, examples, spec) if with_places else None)


def resize_planes(images: Tensor, size: int) -> Tensor:
    """Resize films [B, 1, rows, cols], or every slice of volumes [B, 1, slices, rows, cols], to size x size."""
    planes = images.flatten(0, -3).unsqueeze(1)
    resized = functional.interpolate(planes, size=(size, size), mode="bilinear", antialias=True)
    return resized.reshape(*images.shape[:-2], size, size)


@dataclass(frozen=True)
class _Film:
    """masks: [F, rows, cols] where boxes were asked for and are known."""

    image: PreparedImage
    masks: Tensor | None


def _to_input(example: Example, spec: ModelSpec, kinds: frozenset[InputKind], film: _Film | None) -> ModelInput:
    note = example.note if InputKind.NOTE in kinds else None
    vitals = example.vitals if InputKind.VITALS in kinds else None
    audio = example.reading.audio if InputKind.AUDIO in kinds else None
    present = tuple(kind in kinds for kind in spec.input_kinds)
    return ModelInput(present, film.image if film else None, note, vitals, audio)


def _film(example: Example, spec: ModelSpec, augment: Augment | None, *, with_places: bool) -> _Film:
    reading = example.reading
    assert reading.image is not None
    assert spec.image is not None
    layers: NDArray[np.float32] = reading.image.astype(np.float32)[None] / np.float32(255)
    if with_places and has_places(reading, example.row.boxes):
        layers = np.concatenate([layers, draw_masks(reading, example.row.boxes)])
    if augment is not None:
        layers = augment(torch.from_numpy(layers)).numpy()
    display = layers[0]
    seen = np.zeros(display.shape, dtype=bool)
    seen[tuple(slice(*stretch) for stretch in reading.stretches)] = True
    # How the pixels lie in the stored ones belongs to scoring; a batch needs the pixels only.
    image = PreparedImage(scale_intensity(display, seen, spec.image), np.eye(3), (0.0, 0.0, 0.0, 0.0))
    return _Film(image, torch.from_numpy(layers[1:]) if len(layers) > 1 else None)


def _places(films: Sequence[_Film | None], examples: Sequence[Example], spec: ModelSpec) -> Places | None:
    if spec.image is None or spec.image.slices:
        return None
    masks = torch.zeros(len(films), len(spec.findings), *spec.image.size)
    known = torch.zeros(len(films), len(spec.findings), dtype=torch.bool)
    for place, (film, example) in enumerate(zip(films, examples, strict=True)):
        if film is not None and film.masks is not None:
            masks[place] = film.masks
            known[place] = torch.tensor([box is not None for box in example.row.boxes])
    return Places(masks, known)

"""The readings of all patients on disk: written one by one, read back with everything left in its file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from medmm.models.spec import ImageSpec
from medmm.training.array_file import ArrayFile, mapped
from medmm.training.reading import Reading
from medmm.training.record_file import RecordFile, StoredRecords, to_line
from medmm.training.sound_cache import SoundWriter, load_sound

IMAGES, BOXES, GRIDS, RECORDS = "images.npy", "boxes.npy", "grids.npy", "records.jsonl"


class CacheWriter:
    """Takes readings one after the other and keeps none; the files have their names once all are written."""

    def __init__(self, cache: Path, n_patients: int, spec: ImageSpec | None) -> None:
        self._cache = cache
        self._size = spec.size if spec else (0, 0)
        self._images = ArrayFile(cache / IMAGES)
        self._boxes = np.zeros((n_patients, 2 * (spec.n_axes if spec else 2)), dtype=np.int16)
        self._grids = np.zeros(self._boxes.shape, dtype=np.float64)
        self._sound = SoundWriter(cache)
        self._records = (cache / f"{RECORDS}.new").open("w", encoding="utf-8")
        self._n = 0

    def add(self, reading: Reading) -> None:
        """Write the next patient."""
        blank = np.zeros(self._size, dtype=np.uint8)
        self._images.append((blank if reading.image is None else reading.image)[None])
        if reading.image is not None:
            self._boxes[self._n] = reading.box
            self._grids[self._n] = reading.grid or 0
        self._sound.add(self._n, reading.audio)
        self._records.write(to_line(reading.records))
        self._n += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._records.close()
        if kind is not None:
            self._images.abandon()
            self._sound.abandon()
            (self._cache / f"{RECORDS}.new").unlink()
            return
        self._images.finish()
        np.save(self._cache / BOXES, self._boxes, allow_pickle=False)
        np.save(self._cache / GRIDS, self._grids, allow_pickle=False)
        self._sound.finish()
        os.replace(self._cache / f"{RECORDS}.new", self._cache / RECORDS)


def load_readings(cache: Path) -> Iterator[Reading]:
    """Give the readings in the order in which they were written; what they hold stays on disk until it is used."""
    images: NDArray[np.uint8] = mapped(cache / IMAGES)
    boxes, grids = (np.load(cache / name, allow_pickle=False) for name in (BOXES, GRIDS))
    sounds = load_sound(cache)
    records = RecordFile(cache / RECORDS)
    for index in range(len(records)):
        box = tuple(int(edge) for edge in boxes[index])
        grid = tuple(float(place) for place in grids[index]) if grids[index].any() else ()
        image, written = images[index] if box[1] else None, StoredRecords(records, index)
        yield Reading(image, box, written, sounds.get(index), grid)

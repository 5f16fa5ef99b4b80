"""What measurements say, worked out once for each change however many panels and viewports show it."""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from medmm.core.image import MedicalImage
from medmm.core.measurement import AREA_KINDS, Measurement, SlicePlace
from medmm.imaging.measuring import Readout, outline_of_region, read_out
from medmm.imaging.roi_mask import box_pixels
from medmm.imaging.slice_place import place_of

N_KEPT = 512
# A region of so many pixels is worked out within a few milliseconds.
MOST_AT_ONCE = 600_000


@dataclass(frozen=True, eq=False)
class Asked:
    """A measurement on a slice of an image whose numbers are wanted."""

    measurement: Measurement
    image: MedicalImage
    slice_index: int


class Readouts:
    """Remembers places and readouts of the images in use; an image that is gone is forgotten with them."""

    def __init__(self) -> None:
        self._readouts: OrderedDict[tuple[int, int, str], tuple[weakref.ref[MedicalImage], Measurement, Readout]]
        self._readouts = OrderedDict()
        self._indexes: OrderedDict[int, tuple[weakref.ref[MedicalImage], Mapping[tuple[str, int], int]]] = OrderedDict()
        self._places: OrderedDict[tuple[int, int], tuple[weakref.ref[MedicalImage], SlicePlace]] = OrderedDict()

    def place(self, image: MedicalImage, slice_index: int) -> SlicePlace:
        """Name the slice of an image."""
        key = (id(image), slice_index)
        found = self._places.get(key)
        if found is not None and found[0]() is image:
            return found[1]
        place = place_of(image, slice_index)
        self._places[key] = (weakref.ref(image), place)
        _trim(self._places)
        return place

    def slices(self, image: MedicalImage) -> Mapping[tuple[str, int], int]:
        """Index the slices of an image by the keys of their places."""
        found = self._indexes.get(id(image))
        if found is not None and found[0]() is image:
            return found[1]
        index = {place_of(image, number).key: number for number in range(image.n_slices)}
        self._indexes[id(image)] = (weakref.ref(image), index)
        _trim(self._indexes)
        return index

    def read_draft(
        self, measurement: Measurement, image: MedicalImage, slice_index: int
    ) -> tuple[Readout, Asked | None]:
        """Measure while the pointer drags: a large region shows the statistics from before, to be asked for later."""
        key = (id(image), slice_index, measurement.id)
        found = self._readouts.get(key)
        is_late = measurement.kind in AREA_KINDS and box_pixels(measurement, image.size) > MOST_AT_ONCE
        if not is_late or found is None or found[0]() is not image or found[1].points is measurement.points:
            return self.read(measurement, image, slice_index), None
        outline = outline_of_region(measurement, image.geometry)
        late = replace(outline, statistics=found[2].statistics, is_settled=False)
        return late, Asked(measurement, image, slice_index)

    def put(self, asked: Asked, readout: Readout) -> None:
        """Keep what was worked out elsewhere."""
        key = (id(asked.image), asked.slice_index, asked.measurement.id)
        self._readouts[key] = (weakref.ref(asked.image), asked.measurement, readout)
        _trim(self._readouts)

    def read(self, measurement: Measurement, image: MedicalImage, slice_index: int) -> Readout:
        """Measure on a slice of an image, or give what was measured there before."""
        key = (id(image), slice_index, measurement.id)
        found = self._readouts.get(key)
        if found is not None and found[0]() is image and found[1].points is measurement.points:
            return found[2]
        readout = read_out(measurement, image, slice_index)
        self.put(Asked(measurement, image, slice_index), readout)
        return readout


def _trim(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > N_KEPT:
        kept.popitem(last=False)

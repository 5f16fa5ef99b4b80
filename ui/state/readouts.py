"""What measurements say, worked out once for each change however many panels and viewports show it."""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from medmm.core.image import MedicalImage
from medmm.core.measurement import Measurement, SlicePlace
from medmm.imaging.measuring import Readout, read_out
from medmm.imaging.slice_place import place_of

N_KEPT = 512


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

    def read(self, measurement: Measurement, image: MedicalImage, slice_index: int) -> Readout:
        """Measure on a slice of an image, or give what was measured there before."""
        key = (id(image), slice_index, measurement.id)
        found = self._readouts.get(key)
        if found is not None and found[0]() is image and found[1].points is measurement.points:
            return found[2]
        readout = read_out(measurement, image, slice_index)
        self._readouts[key] = (weakref.ref(image), measurement, readout)
        _trim(self._readouts)
        return readout


def _trim(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > N_KEPT:
        kept.popitem(last=False)

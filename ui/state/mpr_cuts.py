"""What is computed for the three linked planes: pure functions, for the main thread and for the background."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import MedicalImage
from medmm.core.plane_cut import PlaneCut, Vector
from medmm.imaging.crosshair import Crosshair, Directions, cut_at, index_at, make_crosshair, turned_degrees
from medmm.imaging.cutting import project_whole
from medmm.imaging.prepared import Volume, prepare_volume
from medmm.imaging.reformat import Plane
from medmm.imaging.slabs import Projection, Slab
from ui.language import tr
from ui.state.plane_words import plane_words, with_words

STRAIGHT_DEGREES = 1e-3


@dataclass(frozen=True)
class Reformation:
    """A volume that is ready to be cut, with an overview of it."""

    volume: Volume
    overview: MedicalImage


@dataclass(frozen=True, eq=False)
class Cuts:
    """Which planes are seen: of what, where, how thick."""

    volume: Volume
    crosshair: Crosshair
    slab: Slab

    @property
    def is_turned(self) -> bool:
        """Tell whether a plane has left the body's own."""
        return any(turned_degrees(self.crosshair, self.volume, plane) > STRAIGHT_DEGREES for plane in Plane)

    @property
    def is_slow(self) -> bool:
        """Tell whether the planes take too long to follow a hand at full resolution."""
        return self.is_turned and self.slab.thickness_mm > 0


def reform(image: MedicalImage) -> Reformation:
    """Make a series ready for planes.

    Raises UnsupportedImage with one sentence for what is no volume.
    """
    volume = prepare_volume(image)
    overview = project_whole(volume, Plane.CORONAL, Projection.MAXIMUM)
    # The window of single slices would show it all white.
    overview = replace(overview, windows=(), voi_luts=())
    return Reformation(volume, with_words(overview, tr("coronal, whole MIP")))


def cut(cuts: Cuts, plane: Plane, *, coarseness: float = 1.0) -> MedicalImage:
    """Give the stack of one plane, named in its corner text."""
    image = cut_at(cuts.volume, cuts.crosshair, plane, cuts.slab, coarseness=coarseness)
    degrees = turned_degrees(cuts.crosshair, cuts.volume, plane)
    # A coarse plane only stands in for a moment; nobody comes back to it.
    numbers = _numbers(cuts, plane, degrees) if coarseness == 1.0 else None
    return with_words(replace(image, cut=numbers), plane_words(plane, cuts.slab, degrees))


def crosshair_of(cut: PlaneCut, volume: Volume) -> Crosshair:
    """Give a crosshair one of whose planes is the one that was cut, with the others at right angles to it."""
    straight = make_crosshair(volume).planes
    own = Directions(np.array(cut.down), np.array(cut.right))
    first = straight[Plane(cut.plane)]
    turn = np.stack([own.down, own.right, own.normal], 1) @ np.stack([first.down, first.right, first.normal])
    planes = {plane: Directions(turn @ way.down, turn @ way.right) for plane, way in straight.items()}
    return Crosshair(np.array(cut.through_mm), {**planes, Plane(cut.plane): own})


def _numbers(cuts: Cuts, plane: Plane, degrees: float) -> PlaneCut:
    way, slab = cuts.crosshair.planes[plane], cuts.slab
    down, right, through = (_floats(vector) for vector in (way.down, way.right, cuts.crosshair.point_mm))
    return PlaneCut(plane.value, down, right, through, slab.thickness_mm, slab.projection.value, degrees)


def _floats(vector: NDArray[np.float64]) -> Vector:
    x, y, z = (float(part) for part in vector)
    return x, y, z


def cut_all(cuts: Cuts, *, coarseness: float = 1.0) -> dict[Plane, MedicalImage]:
    """Give the stacks of all three planes."""
    return {plane: cut(cuts, plane, coarseness=coarseness) for plane in Plane}


def compute_all(cuts: Cuts) -> dict[Plane, MedicalImage]:
    """Give the stacks with the planes through the point computed already."""
    images = cut_all(cuts)
    for image in images.values():
        # A stack keeps the plane it gave last: painting finds it there.
        image.stored[index_in(image, cuts.crosshair)]
    return images


def index_in(image: MedicalImage, crosshair: Crosshair) -> int:
    """Give the plane of a stack that lies nearest to the point."""
    return min(max(round(index_at(image, crosshair.point_mm)[0]), 0), image.n_slices - 1)

"""What the window calls planes and projections."""

from __future__ import annotations

from dataclasses import replace

from medmm.core.image import MedicalImage
from medmm.core.plane_cut import PlaneCut
from medmm.imaging.reformat import Plane
from medmm.imaging.slabs import Projection, Slab
from ui.language import tr

LEAST_DEGREES = 0.05


def plane_name(plane: Plane) -> str:
    """Name a plane."""
    return {Plane.AXIAL: tr("axial"), Plane.CORONAL: tr("coronal"), Plane.SAGITTAL: tr("sagittal")}[plane]


def projection_name(projection: Projection) -> str:
    """Name a projection in the way of the field."""
    names = {Projection.MAXIMUM: tr("MIP"), Projection.MINIMUM: tr("MinIP"), Projection.MEAN: tr("average")}
    return names[projection]


def plane_words(plane: Plane, slab: Slab, degrees: float) -> str:
    """Say what a viewport shows: "coronal, oblique 23°, MIP 10 mm"."""
    words = [plane_name(plane)]
    if degrees > LEAST_DEGREES:
        words.append(tr("oblique {degrees:.0f}°").format(degrees=degrees))
    if slab.thickness_mm > 0:
        projection = projection_name(slab.projection)
        words.append(tr("{projection} {mm:g} mm").format(projection=projection, mm=slab.thickness_mm))
    return ", ".join(words)


def cut_words(cut: PlaneCut) -> str:
    """Say on which computed plane a measurement lies, as its corner text did, and how far through the stack."""
    slab = Slab(cut.thickness_mm, Projection(cut.projection))
    plane = plane_words(Plane(cut.plane), slab, cut.degrees)
    return tr("computed: {plane}, plane {number}").format(plane=plane, number=cut.index + 1)


def with_words(image: MedicalImage, words: str) -> MedicalImage:
    """Give an image whose view is named in its corner text."""
    return replace(image, plane_words=words)

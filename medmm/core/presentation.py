"""A presentation state: how somebody left an image to be looked at, as a frozen value (PS3.3 A.33)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from medmm.core.document import ObjectReference
from medmm.core.image import LookupTable, MedicalImage, Window
from medmm.core.planes import Graphic, Overlay, Shutter
from medmm.core.words import Words

# The images and frames that a part is for; empty for all that the state refers to.
Scope = tuple[ObjectReference, ...]


@dataclass(frozen=True)
class PresentedVoi:
    """A window or VOI LUT for some of the images (C.11.8)."""

    voi: Window | LookupTable
    scope: Scope = ()


@dataclass(frozen=True)
class DisplayedArea:
    """The part of the image that is to fill the view (C.10.4).

    first, last: (column, row) of two opposite corner pixels, counted from 1, may lie outside the image;
    mode: SCALE TO FIT, TRUE SIZE or MAGNIFY; magnification: pixels of the screen for one of the image (MAGNIFY).
    """

    first: tuple[int, int]
    last: tuple[int, int]
    mode: str = "SCALE TO FIT"
    magnification: float = 1.0
    scope: Scope = ()


@dataclass(frozen=True)
class Annotation:
    """Graphics and texts of one layer for some of the images (C.10.5); order: layers with a higher one lie above."""

    graphics: tuple[Graphic, ...]
    order: int = 0
    scope: Scope = ()


@dataclass(frozen=True)
class PresentedOverlay:
    """An overlay group that is shown; bitmaps: the state's own, one a frame, empty for those of the image."""

    group: int
    bitmaps: tuple[Overlay, ...] = ()
    first_frame: int | None = None


@dataclass(frozen=True)
class PresentationState:
    """Everything that one state says.

    rescale: (slope, intercept) and modality_lut replace the image's where they are given;
    is_inverse: smallest values white, whatever the image's own polarity; presentation_lut: applied after the VOI;
    quarter_turns clockwise, then is_mirrored left to right; lost: parts that are not shown, in words.
    """

    path: Path
    uid: str = ""
    label: str = ""
    description: str = ""
    creator: str = ""
    created: str = ""
    references: Scope = ()
    is_grey: bool = True
    rescale: tuple[float, float] | None = None
    modality_lut: LookupTable | None = None
    vois: tuple[PresentedVoi, ...] = ()
    is_inverse: bool = False
    presentation_lut: LookupTable | None = None
    quarter_turns: int = 0
    is_mirrored: bool = False
    areas: tuple[DisplayedArea, ...] = ()
    shutter: Shutter | None = None
    overlays: tuple[PresentedOverlay, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    lost: tuple[Words, ...] = ()

    @property
    def title(self) -> str:
        """What a menu calls it: its description, else its label."""
        return self.description or self.label

    def slices_of(self, image: MedicalImage) -> frozenset[int]:
        """Give the slices of an image that it was made for, from 0."""
        return slices_within(self.references, place_slices(image))


# For each object the slices that show it, with their frames from 1.
Places = Mapping[str, Sequence[tuple[int, int]]]


def place_slices(image: MedicalImage) -> Places:
    """Find for every object which slices of the image show it."""
    places: dict[str, list[tuple[int, int]]] = {}
    for index, instance in enumerate(image.instances):
        places.setdefault(instance.sop_instance_uid, []).append((index, instance.frame + 1))
    return places


def slices_within(scope: Scope, places: Places) -> frozenset[int]:
    """Give the slices that a scope names; an empty one leaves none out, no frame numbers mean all (PS3.3 10.3)."""
    if not scope:
        return frozenset(index for found in places.values() for index, _ in found)
    return frozenset(
        index
        for reference in scope
        for index, frame in places.get(reference.sop_instance_uid, ())
        if not reference.frames or frame in reference.frames
    )

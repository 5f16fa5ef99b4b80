"""What a viewport shows of which image, as one value: it can be kept and brought back."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.image import LookupTable, MedicalImage, Window
from ui.state.orientation import Orientation

Voi = Window | LookupTable
UPRIGHT = Orientation()


@dataclass(frozen=True)
class Shown:
    """One image as it is seen.

    slice_index: from 0; voi: None where the image's own default applies; zoom: 1 when the image fits its view;
    pan: way of the image's centre from the view's centre, (right, down), in image pixels as turned on the screen;
    extent_mm: (height, width) that a zoom of 1 fits, None for those of the image. Planes that turn keep theirs.
    """

    image: MedicalImage | None = None
    slice_index: int = 0
    voi: Voi | None = None
    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)
    orientation: Orientation = UPRIGHT
    is_inverted: bool = False
    extent_mm: tuple[float, float] | None = None


NOTHING_SHOWN = Shown()


def first_look(image: MedicalImage | None) -> Shown:
    """Give an image as it is first shown: the middle slice of a stack, default window, fitted."""
    return Shown(image, image.n_slices // 2) if image else NOTHING_SHOWN

"""What a viewport shows of which image, as one value: it can be kept and brought back."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.image import LookupTable, MedicalImage, Window
from medmm.core.presentation import PresentationState
from ui.state.orientation import Orientation

Voi = Window | LookupTable
UPRIGHT = Orientation()


@dataclass(frozen=True)
class Presented:
    """A presentation state, the image as the state shows it, and the slices that it is for."""

    state: PresentationState
    image: MedicalImage
    slices: frozenset[int]


@dataclass(frozen=True)
class Shown:
    """One image as it is seen.

    slice_index: from 0; voi: None where the image's own default applies; zoom: 1 when the image fits its view;
    pan: way of the image's centre from the view's centre, (right, down), in image pixels as turned on the screen;
    extent_mm: (height, width) that a zoom of 1 fits, None for those of the image. Planes that turn keep theirs;
    missing: the slices that have not been read yet;
    presented: None where the file's own windows, shutters and overlays apply.
    """

    image: MedicalImage | None = None
    slice_index: int = 0
    voi: Voi | None = None
    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)
    orientation: Orientation = UPRIGHT
    is_inverted: bool = False
    extent_mm: tuple[float, float] | None = None
    presented: Presented | None = None
    missing: frozenset[int] = frozenset()

    @property
    def is_presented(self) -> bool:
        """Tell whether the slice is seen as a presentation state says."""
        return self.presented is not None and self.slice_index in self.presented.slices

    @property
    def seen(self) -> MedicalImage | None:
        """The image with the windows, polarity and planes that apply to the slice."""
        return self.presented.image if self.presented is not None and self.is_presented else self.image


NOTHING_SHOWN = Shown()


def first_look(image: MedicalImage | None) -> Shown:
    """Give an image as it is first shown: the middle slice of a stack, default window, fitted."""
    return Shown(image, image.n_slices // 2) if image else NOTHING_SHOWN

"""An image while its slices are being read."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.image import MedicalImage


@dataclass(frozen=True)
class Arrival:
    """What has come of an image so far.

    image: `stored` is filled in place while later arrivals come; slices that were not told yet hold zeros.
    The first arrivals of a series may carry a preview: one slice alone, as its own image;
    slices: the indices that are new in this image;
    focus: the slice to show first;
    is_preview: one slice alone, before it is known where it lies;
    is_whole: every slice is there and every check is passed. Until then nothing may be scored or measured.
    """

    image: MedicalImage
    slices: tuple[int, ...]
    focus: int = 0
    is_whole: bool = False
    is_preview: bool = False

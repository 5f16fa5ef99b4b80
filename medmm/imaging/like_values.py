"""Whether the values of two images mean the same, so that a window may go from one to the other."""

from __future__ import annotations

from dataclasses import replace

from medmm.core.image import MedicalImage, Window
from medmm.imaging.value_unit import is_in_hu

Slice = tuple[MedicalImage, int]


def carry_over(window: Window, source: Slice, goal: Slice) -> Window | None:
    """Give the window that shows the goal's values as `window` shows the source's; None where they differ in kind.

    HU mean the same everywhere, activity by its SUV factor or its stated unit; all other values mean something within
    one series only: the grey of a film depends on its detector and exposure, that of MR on the sequence.
    """
    factor = _factor(source, goal)
    if factor is None:
        return None
    return window if factor == 1 else replace(window, center=window.center * factor, width=window.width * factor)


def is_same_series(one: MedicalImage, other: MedicalImage) -> bool:
    """Tell whether two images are of one series and one unit, as the planes of a volume are."""
    is_same = one.header.series_uid == other.header.series_uid != "" and one.header.units == other.header.units
    return is_same or one is other


def change_alike(window: Window, before: Window, after: Window) -> Window:
    """Change a window as another one was changed, in shares of the widths: brighter, harder, by as much."""
    share = window.width / before.width
    center = window.center + (after.center - before.center) * share
    return replace(window, center=center, width=after.width * share)


def _factor(source: Slice, goal: Slice) -> float | None:
    """Give how many values of the goal one value of the source is."""
    (one, one_index), (other, other_index) = source, goal
    if one.header.modality != other.header.modality or one.is_color or other.is_color:
        return None
    suv, other_suv = one.instances[one_index].suv_factor, other.instances[other_index].suv_factor
    if suv and other_suv:
        return suv / other_suv
    is_alike = (is_in_hu(one) and is_in_hu(other)) or is_same_series(one, other)
    return 1.0 if is_alike else None

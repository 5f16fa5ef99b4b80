"""Apply a presentation state: one image becomes the same pixels, shown as the state says (PS3.4 N.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from medmm.core.image import ImageInstance, LookupTable, MedicalImage, Window
from medmm.core.planes import Area, Graphic, Overlay, Planes, Point
from medmm.core.presentation import Annotation, DisplayedArea, PresentationState, place_slices, slices_within
from medmm.core.words import Words
from medmm.imaging.windowing import apply_voi

Voi = Window | LookupTable
MOST_ENTRIES = 1 << 16


@dataclass(frozen=True)
class _Parts:
    """The parts of a state, each with the slices that it is for."""

    state: PresentationState
    vois: tuple[tuple[frozenset[int], Voi], ...]
    areas: tuple[tuple[frozenset[int], DisplayedArea], ...]
    annotations: tuple[tuple[frozenset[int], Annotation], ...]


def present(image: MedicalImage, state: PresentationState) -> MedicalImage:
    """Give the image as the state shows it; its slices outside the state's references are not to be looked at.

    The image's own modality LUT, windows, polarity, shutter and overlays count only as far as the state says so.
    """
    parts = _placed(image, state)
    if image.is_color or not state.is_grey:
        return replace(image, instances=tuple(_laid_over(image, index, parts) for index in range(image.n_slices)))
    slope, intercept = state.rescale or (1.0, 0.0)
    scaled = (replace(part, rescale_slope=slope, rescale_intercept=intercept) for part in image.instances)
    if not _keeps_values(image, state):
        image = _without_unit(image)
        scaled = (replace(part, suv_factor=None) for part in scaled)
    valued = replace(
        image,
        instances=tuple(scaled),
        modality_lut=state.modality_lut,
        # Whatever the pixels' own polarity: it is stated once, by the state (Weasis#620 inverted twice).
        photometric_interpretation="MONOCHROME1" if state.is_inverse else "MONOCHROME2",
    )
    shown = (replace(_laid_over(valued, i, parts), voi=_voi(valued, i, parts)) for i in range(image.n_slices))
    return replace(valued, instances=tuple(shown))


def _without_unit(image: MedicalImage) -> MedicalImage:
    # Other values than the file's are in no unit that is known: not HU, not activity (PS3.3 C.11.1.1.2). The file's
    # windows were meant for its own values and would show these all white or all black.
    return replace(image, header=replace(image.header, units=""), windows=(), voi_luts=())


def _keeps_values(image: MedicalImage, state: PresentationState) -> bool:
    """Tell whether the state gives the modality values that the image has of itself."""
    if state.modality_lut is not None or image.modality_lut is not None:
        return False
    rescale = state.rescale or (1.0, 0.0)
    return all((part.rescale_slope, part.rescale_intercept) == rescale for part in image.instances)


def _placed(image: MedicalImage, state: PresentationState) -> _Parts:
    places = place_slices(image)
    return _Parts(
        state,
        tuple((slices_within(part.scope, places), part.voi) for part in state.vois),
        tuple((slices_within(area.scope, places), area) for area in state.areas),
        tuple((slices_within(annotation.scope, places), annotation) for annotation in state.annotations),
    )


def _voi(image: MedicalImage, index: int, parts: _Parts) -> Voi:
    low, high = _value_range(image, index)
    # Without a VOI the whole range of the modality values is shown (PS3.3 C.11.8).
    whole = Window((low + high) / 2, max(high - low, 1.0), "", "LINEAR_EXACT")
    voi = next((voi for slices, voi in parts.vois if index in slices), whole)
    table = parts.state.presentation_lut
    return voi if table is None else _joined(voi, table, (low, high))


def _value_range(image: MedicalImage, index: int) -> tuple[float, float]:
    if image.modality_lut is not None:
        return 0.0, float((1 << image.modality_lut.bits) - 1)
    is_signed = image.stored.dtype.kind == "i"
    low = -(1 << (image.bits_stored - 1)) if is_signed else 0
    high = low + (1 << image.bits_stored) - 1
    instance = image.instances[index]
    ends = sorted(stored * instance.rescale_slope + instance.rescale_intercept for stored in (low, high))
    return ends[0], ends[1]


def _joined(voi: Voi, table: LookupTable, span: tuple[float, float]) -> LookupTable:
    """Join a VOI and a presentation LUT (C.11.6) to one table over the modality values."""
    first, last = int(np.floor(span[0])), int(np.ceil(span[1]))
    last = min(last, first + MOST_ENTRIES - 1)
    entries = np.rint(apply_voi(np.arange(first, last + 1), voi) * (len(table.values) - 1)).astype(np.intp)
    return LookupTable(first, table.values[entries], table.bits, Words("presentation LUT"))


def _laid_over(image: MedicalImage, index: int, parts: _Parts) -> ImageInstance:
    instance, state = image.instances[index], parts.state
    area = next((area for slices, area in parts.areas if index in slices), None)
    edges = _edges(area, image.size)
    graphics = (
        _resolved(graphic, edges, state)
        for slices, annotation in parts.annotations
        if index in slices
        for graphic in annotation.graphics
    )
    planes = Planes(
        overlays=tuple(_overlays(instance, state)),
        shutter=state.shutter,
        graphics=tuple(graphics),
        area=edges if area is not None else None,
    )
    return replace(instance, planes=planes)


def _overlays(instance: ImageInstance, state: PresentationState) -> Iterator[Overlay]:
    own = {overlay.group: overlay for overlay in instance.planes.overlays}
    for shown in state.overlays:
        if not shown.bitmaps:
            yield from (own[group] for group in (shown.group,) if group in own)
        elif shown.first_frame is None:
            yield shown.bitmaps[0]
        elif 0 <= instance.frame - shown.first_frame < len(shown.bitmaps):
            yield shown.bitmaps[instance.frame - shown.first_frame]


def _edges(area: DisplayedArea | None, size: tuple[int, int]) -> Area:
    if area is None:
        return Area(0.0, 0.0, float(size[1]), float(size[0]))
    # The corners are named as they stand after the turn, so that either may be the smaller one (C.10.4).
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(area.first, area.last, strict=True))
    magnification = area.magnification if area.mode == "MAGNIFY" else None
    return Area(left - 1.0, top - 1.0, float(right), float(bottom), magnification)


def _resolved(graphic: Graphic, area: Area, state: PresentationState) -> Graphic:
    """Turn places that are parts of the displayed area into pixels of the image."""
    points, anchor = graphic.points, graphic.anchor
    if graphic.is_relative:
        points = tuple(_to_pixels(point, area, state) for point in points)
    if graphic.is_anchor_relative and anchor is not None:
        anchor = _to_pixels(anchor, area, state)
    return replace(graphic, points=points, anchor=anchor, is_relative=False, is_anchor_relative=False)


def _to_pixels(point: Point, area: Area, state: PresentationState) -> Point:
    wide, high = area.right - area.left, area.bottom - area.top
    if state.quarter_turns % 2:
        wide, high = high, wide
    x, y = (point[0] - 0.5) * wide, (point[1] - 0.5) * high
    # Back from the screen: the state turns clockwise first and then mirrors (C.10.6).
    if state.is_mirrored:
        x = -x
    for _ in range(state.quarter_turns):
        x, y = y, -x
    return (area.left + area.right) / 2 + x, (area.top + area.bottom) / 2 + y

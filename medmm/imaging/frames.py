"""Where each frame lies: from the data set itself, or from shared and per-frame functional groups (PS3.3 C.7.6.16)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from medmm.imaging.dimensions import read_dimension_names, read_frame_values, read_stack_id
from medmm.imaging.facts import FrameFacts, Vector
from medmm.imaging.header_notes import is_orientation
from medmm.imaging.luts import read_windows
from medmm.imaging.spacing import PixelSpacing, read_spacing
from medmm.imaging.tags import Tags


@dataclass(frozen=True)
class _Groups:
    own: Tags | None
    shared: Tags | None

    def item(self, keyword: str) -> Tags | None:
        for groups in (self.own, self.shared):
            found = groups.first_item(keyword) if groups is not None else None
            if found is not None:
                return found
        return None


def read_frames(tags: Tags, n_frames: int, modality: str) -> tuple[FrameFacts, ...]:
    """Give the facts of each frame, in stored order."""
    whole = FrameFacts(
        position=_vector(tags, "ImagePositionPatient", 3),
        orientation=tags.once(_orientation),
        spacing=tags.once(read_spacing, modality),
        rescale_slope=_slope(tags),
        rescale_intercept=tags.number("RescaleIntercept") or 0.0,
        windows=tags.once(read_windows),
    )
    per_frame = tags.items("PerFrameFunctionalGroupsSequence")
    shared = tags.first_item("SharedFunctionalGroupsSequence")
    if not per_frame and shared is None:
        # One position cannot be that of many frames (cine, tomosynthesis of old objects).
        return (whole,) if n_frames == 1 else (_unplaced(whole),) * n_frames
    owns: list[Tags | None] = [*per_frame[:n_frames]]
    owns += [None] * (n_frames - len(owns))
    names = read_dimension_names(tags) if n_frames > 1 else ()
    return tuple(_frame(_Groups(own, shared), whole, names) for own in owns)


def _frame(groups: _Groups, whole: FrameFacts, names: tuple[str, ...]) -> FrameFacts:
    place, plane = groups.item("PlanePositionSequence"), groups.item("PlaneOrientationSequence")
    measures, values = groups.item("PixelMeasuresSequence"), groups.item("PixelValueTransformationSequence")
    voi = groups.item("FrameVOILUTSequence")
    spacing = read_spacing(measures, "") if measures else PixelSpacing()
    return FrameFacts(
        position=_vector(place, "ImagePositionPatient", 3) if place else whole.position,
        orientation=_orientation(plane) if plane else whole.orientation,
        spacing=whole.spacing if math.isnan(spacing.rows_mm) else spacing,
        rescale_slope=_slope(values) if values else whole.rescale_slope,
        rescale_intercept=(values.number("RescaleIntercept") or 0.0) if values else whole.rescale_intercept,
        windows=read_windows(voi) if voi else whole.windows,
        stack_id=read_stack_id(groups.item),
        values=read_frame_values(groups.item, names),
    )


def _unplaced(frame: FrameFacts) -> FrameFacts:
    return FrameFacts((), (), frame.spacing, frame.rescale_slope, frame.rescale_intercept, frame.windows)


def _slope(tags: Tags) -> float:
    # A slope of 0 would erase the image; files that state it mean "none".
    return tags.number("RescaleSlope") or 1.0


def _vector(tags: Tags, keyword: str, length: int) -> Vector:
    found = tags.numbers(keyword)
    return found if len(found) == length else ()


def _orientation(tags: Tags) -> Vector:
    found = _vector(tags, "ImageOrientationPatient", 6)
    return found if found and is_orientation(found) else ()

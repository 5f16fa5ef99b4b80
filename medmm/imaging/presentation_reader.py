"""Read a softcopy presentation state (PS3.3 A.33): what it says about windows, shutters, turns and graphics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from medmm.core.document import ObjectReference
from medmm.core.errors import UnsupportedImage
from medmm.core.image import LookupTable, Window
from medmm.core.planes import Shutter
from medmm.core.presentation import (
    DisplayedArea,
    PresentationState,
    PresentedOverlay,
    PresentedVoi,
    Scope,
)
from medmm.core.words import Words
from medmm.imaging.coded import read_references
from medmm.imaging.dicom_header import read_data_set
from medmm.imaging.graphic_annotations import read_annotations
from medmm.imaging.luts import read_tables, read_windows
from medmm.imaging.overlays import overlay_groups, overlay_planes
from medmm.imaging.prescan import prescan
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.shutters import read_shutter
from medmm.imaging.sop_classes import ROOT
from medmm.imaging.tags import Tags

GREYSCALE, COLOR, X_RAY = ROOT + "11.1", ROOT + "11.2", ROOT + "11.5"
READ = frozenset({GREYSCALE, COLOR, X_RAY})
ACTIVATION_LAYER = 0x1001
SHUTTER_GROUP = "ShutterOverlayGroup"


def read_presentation(path: Path) -> PresentationState:
    """Read a presentation state.

    Raises UnreadableFile for a damaged file, UnsupportedImage for an object of another kind.
    """
    prescan(path)
    with quiet():
        data_set = read_data_set(path)
        tags = Tags(data_set)
        if tags.text("SOPClassUID") not in READ:
            raise UnsupportedImage(
                Words("{name!r} is no greyscale or colour presentation state", name=path.name),
                Words("States that blend images or colour them anew are not applied."),
                path,
            )
        return _state(path, data_set, tags)


def _state(path: Path, data_set: Any, tags: Tags) -> PresentationState:
    annotations, lost = read_annotations(tags)
    overlays = _overlays(data_set)
    plain = PresentationState(
        path=path,
        uid=tags.text("SOPInstanceUID"),
        label=tags.text("ContentLabel"),
        description=tags.text("ContentDescription"),
        creator=tags.text("ContentCreatorName"),
        created=tags.text("PresentationCreationDate"),
        references=tuple(_references(tags)),
        is_grey=tags.text("SOPClassUID") != COLOR,
        areas=tuple(_areas(tags)),
        quarter_turns=round((tags.number("ImageRotation") or 0) / 90) % 4,
        is_mirrored=tags.text("ImageHorizontalFlip").upper() == "Y",
        shutter=_shutter(tags, overlays),
        overlays=_activated(data_set, overlays),
        annotations=annotations,
        lost=lost,
    )
    return _with_greys(plain, tags) if plain.is_grey else plain


def _with_greys(plain: PresentationState, tags: Tags) -> PresentationState:
    slope, intercept = tags.number("RescaleSlope"), tags.number("RescaleIntercept")
    presentation = tags.first_item("PresentationLUTSequence")
    tables = read_tables(tags, "PresentationLUTSequence", is_signed=False) if presentation else ()
    return replace(
        plain,
        rescale=(slope, intercept or 0.0) if slope else None,
        modality_lut=_first(read_tables(tags, "ModalityLUTSequence", is_signed=False)),
        vois=tuple(_vois(tags)),
        is_inverse=tags.text("PresentationLUTShape").upper() == "INVERSE",
        presentation_lut=_first(tables),
    )


def _first(tables: tuple[LookupTable, ...]) -> LookupTable | None:
    return next(iter(tables), None)


def _references(tags: Tags) -> Iterator[ObjectReference]:
    for series in tags.items("ReferencedSeriesSequence"):
        yield from _scope(series)


def _scope(item: Tags) -> Scope:
    return read_references(item, "ReferencedImageSequence")


def _vois(tags: Tags) -> Iterator[PresentedVoi]:
    for item in tags.items("SoftcopyVOILUTSequence"):
        scope = _scope(item)
        # The input is what the modality LUT gives, which may be negative (PS3.3 C.11.2.1.1).
        tables = read_tables(item, "VOILUTSequence", is_signed=False)
        found: tuple[Window | LookupTable, ...] = (*read_windows(item), *tables)
        yield from (PresentedVoi(voi, scope) for voi in found[:1])


def _areas(tags: Tags) -> Iterator[DisplayedArea]:
    for item in tags.items("DisplayedAreaSelectionSequence"):
        first = item.numbers("DisplayedAreaTopLeftHandCorner")
        last = item.numbers("DisplayedAreaBottomRightHandCorner")
        if len(first) == len(last) == 2:
            yield DisplayedArea(
                (int(first[0]), int(first[1])),
                (int(last[0]), int(last[1])),
                item.text("PresentationSizeMode").upper() or "SCALE TO FIT",
                item.number("PresentationPixelMagnificationRatio") or 1.0,
                _scope(item),
            )


def _overlays(data_set: Any) -> dict[int, PresentedOverlay]:
    return {
        plane.bitmaps[0].group: PresentedOverlay(plane.bitmaps[0].group, plane.bitmaps, plane.first_frame)
        for plane in overlay_planes(data_set)
    }


def _activated(data_set: Any, overlays: dict[int, PresentedOverlay]) -> tuple[PresentedOverlay, ...]:
    # Only groups with a layer are shown; those without bits of their own are the image's (PS3.3 C.11.7).
    groups = (group for group in overlay_groups(data_set) if _has_layer(data_set, group))
    return tuple(overlays.get(group, PresentedOverlay(group)) for group in groups)


def _has_layer(data_set: Any, group: int) -> bool:
    element = data_set.get((group, ACTIVATION_LAYER))
    return element is not None and bool(str(element.value or "").strip())


def _shutter(tags: Tags, overlays: dict[int, PresentedOverlay]) -> Shutter | None:
    shutter, group = read_shutter(tags), tags.integer(SHUTTER_GROUP)
    if group not in overlays or "BITMAP" not in tags.text("ShutterShape").upper():
        return shutter
    known = shutter or Shutter(p_value=tags.integer("ShutterPresentationValue") or 0)
    return replace(known, bitmap=overlays[group].bitmaps[0])

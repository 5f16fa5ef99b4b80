"""How large a pixel is, and how we know: the label travels with the unit (FIELD.md section 9)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from medmm.core.image import PIXELS
from medmm.core.words import Words
from medmm.imaging.tags import Tags

PROJECTIONS = frozenset({"CR", "DX", "IO", "MG", "PX", "RF", "RG", "XA", "RTIMAGE"})
CENTIMETRES = 3  # Physical Units X/Y Direction (PS3.3 C.8.5.5.1.15)


MILLIMETRES = Words("mm")


@dataclass(frozen=True)
class PixelSpacing:
    """rows_mm: distance between rows (y), cols_mm: between columns (x); NaN where unknown; label = the unit."""

    rows_mm: float = math.nan
    cols_mm: float = math.nan
    label: Words = PIXELS


def read_spacing(tags: Tags, modality: str) -> PixelSpacing:
    """Choose the spacing of a data set; PixelSpacing is row spacing \\ column spacing (PS3.3 10.7.1.3)."""
    plane = _pair(tags, "PixelSpacing")
    if modality == "US" and plane is None:
        return _ultrasound(tags)
    if modality in PROJECTIONS:
        return _projection(tags, plane)
    if plane is not None:
        return PixelSpacing(*plane, MILLIMETRES)
    scanned = _pair(tags, "NominalScannedPixelSpacing")
    return PixelSpacing(*scanned, with_provenance(Words("at scanner"))) if scanned else PixelSpacing()


def with_provenance(provenance: Words) -> Words:
    """Label millimetres with what they were measured at: "mm (at detector)"."""
    return Words("{unit} ({provenance})", unit=MILLIMETRES, provenance=provenance)


def _projection(tags: Tags, plane: tuple[float, float] | None) -> PixelSpacing:
    detector, scanned = _pair(tags, "ImagerPixelSpacing"), _pair(tags, "NominalScannedPixelSpacing")
    calibration = tags.text("PixelSpacingCalibrationType")
    factor = tags.number("EstimatedRadiographicMagnificationFactor")
    if plane is not None and calibration:
        return PixelSpacing(*plane, with_provenance(Words("calibrated: {type}", type=calibration)))
    if plane is not None and plane != detector:
        return PixelSpacing(*plane, with_provenance(Words("calibration unknown")))
    if detector is not None and factor is not None and factor > 1:
        return PixelSpacing(
            detector[0] / factor,
            detector[1] / factor,
            with_provenance(Words("magnification corrected {factor:.2f}", factor=factor)),
        )
    if detector is not None:
        return PixelSpacing(*detector, with_provenance(Words("at detector")))
    return PixelSpacing(*scanned, with_provenance(Words("at scanner"))) if scanned else PixelSpacing()


def _ultrasound(tags: Tags) -> PixelSpacing:
    regions = tags.items("SequenceOfUltrasoundRegions")
    if len(regions) != 1:
        return PixelSpacing()
    region = regions[0]
    delta_x, delta_y = region.number("PhysicalDeltaX"), region.number("PhysicalDeltaY")
    units = {region.integer("PhysicalUnitsXDirection"), region.integer("PhysicalUnitsYDirection")}
    if not delta_x or not delta_y or units != {CENTIMETRES} or not math.isclose(abs(delta_x), abs(delta_y)):
        return PixelSpacing()
    return PixelSpacing(abs(delta_y) * 10, abs(delta_x) * 10, MILLIMETRES)


def _pair(tags: Tags, keyword: str) -> tuple[float, float] | None:
    found = tags.numbers(keyword)
    return (found[0], found[1]) if len(found) == 2 and min(found) > 0 else None

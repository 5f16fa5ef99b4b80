"""One image: stored values with everything needed to show and measure them."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medmm.core.identity import PatientIdentity
from medmm.core.plane_cut import PlaneCut
from medmm.core.planes import NO_PLANES, Planes
from medmm.core.quality import QualityNote
from medmm.core.words import NOTHING, Words

PIXELS = Words("px")


@dataclass(frozen=True)
class Window:
    """VOI window in modality units (PS3.3 C.11.2); function: LINEAR, LINEAR_EXACT or SIGMOID."""

    center: float
    width: float
    explanation: str = ""
    function: str = "LINEAR"


@dataclass(frozen=True)
class LookupTable:
    """A modality or VOI LUT: values[i] is the output for input first + i (PS3.3 C.11.1, C.11.2)."""

    first: int
    values: NDArray[np.uint16]
    bits: int
    explanation: str = ""


@dataclass(frozen=True)
class ImageInstance:
    """Facts of one slice or frame, in the order of MedicalImage.stored's first axis.

    suv_factor: SUV by body weight of one modality unit, None where the file does not allow it;
    voi: what a presentation state shows this slice with, None for the image's own windows.
    """

    sop_instance_uid: str
    path: Path
    frame: int = 0
    instance_number: int | None = None
    position_mm: float | None = None
    rescale_slope: float = 1.0
    rescale_intercept: float = 0.0
    suv_factor: float | None = None
    planes: Planes = NO_PLANES
    voi: Window | LookupTable | None = None


@dataclass(frozen=True)
class ImageGeometry:
    """Where the pixels lie.

    spacing_mm: (between slices, between rows, between columns), NaN where unknown;
    spacing_label: provenance for the unit, e.g. "mm", "mm (at detector)", "px" (FIELD.md section 9);
    affine: [4, 4] float64 from (slice, row, column) to patient LPS millimetres, None for projections without position;
    row_direction / column_direction: PatientOrientation letters towards which columns / rows increase, e.g. "L", "F",
    empty where the side is not stated.
    """

    spacing_mm: tuple[float, float, float] = (float("nan"), float("nan"), float("nan"))
    spacing_label: Words = PIXELS
    affine: NDArray[np.float64] | None = None
    row_direction: str = ""
    column_direction: str = ""
    frame_of_reference_uid: str = ""


@dataclass(frozen=True)
class StudyHeader:
    """The header facts shown in the corners, in the report and in the result; empty string where absent.

    frame_rate: frames a second at which the file wants to be played.
    """

    study_uid: str = ""
    series_uid: str = ""
    sop_class_uid: str = ""
    modality: str = ""
    body_part: str = ""
    view_position: str = ""
    laterality: str = ""
    study_date: str = ""
    study_time: str = ""
    acquisition_datetime: str = ""
    accession_number: str = ""
    study_description: str = ""
    series_description: str = ""
    series_number: str = ""
    institution: str = ""
    manufacturer: str = ""
    transfer_syntax_uid: str = ""
    lossy: Words = NOTHING
    units: str = ""
    frame_rate: str = ""
    study_id: str = ""
    contrast: str = ""
    slice_thickness: str = ""


@dataclass(frozen=True)
class MedicalImage:
    """An image, a series or a multi-frame object, as stored.

    stored: [slices, rows, cols] integers as decoded, or [slices, rows, cols, 3] uint8 for colour (already RGB);
    modality values = modality LUT, or rescale slope and intercept of each instance;
    display values = VOI, then polarity: `imaging.windowing` does both. `is_inverted` is True for MONOCHROME1.
    plane_words: how planes that were cut from a volume lie and how thick they are; empty for what was stored;
    cut: the same in numbers, of the first plane.
    """

    stored: NDArray[np.generic]
    identity: PatientIdentity
    header: StudyHeader
    geometry: ImageGeometry
    instances: tuple[ImageInstance, ...]
    photometric_interpretation: str = "MONOCHROME2"
    windows: tuple[Window, ...] = ()
    voi_luts: tuple[LookupTable, ...] = ()
    modality_lut: LookupTable | None = None
    padding_value: int | None = None
    padding_limit: int | None = None
    bits_stored: int = 16
    notes: tuple[QualityNote, ...] = ()
    plane_words: str = ""
    cut: PlaneCut | None = None

    @property
    def is_color(self) -> bool:
        """Tell whether `stored` carries RGB."""
        return self.stored.ndim == 4

    @property
    def is_inverted(self) -> bool:
        """Tell whether the smallest value is shown white (MONOCHROME1)."""
        return self.photometric_interpretation == "MONOCHROME1"

    @property
    def n_slices(self) -> int:
        """Count slices or frames."""
        return int(self.stored.shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """Give (rows, columns)."""
        return int(self.stored.shape[1]), int(self.stored.shape[2])

    def with_notes(self, *notes: QualityNote) -> MedicalImage:
        """Return the same image with more quality notes."""
        return replace(self, notes=(*self.notes, *notes))


@dataclass(frozen=True)
class SeriesSummary:
    """A series as the scan sees it: header only, no pixels. n_bytes: of all its pixels, 0 where it is not known.

    frames: those of its one multi-frame object, from 0, when that object holds several volumes; else empty: all;
    plane: axial, coronal or sagittal, whichever is nearest, empty where the place is not stated;
    uids and numbers: SOP instance UID and instance number of each path, empty where nobody looked.
    """

    header: StudyHeader
    identity: PatientIdentity
    paths: tuple[Path, ...]
    n_frames: int
    rows: int
    cols: int
    notes: tuple[QualityNote, ...] = field(default=())
    n_bytes: int = 0
    frames: tuple[int, ...] = ()
    plane: str = ""
    uids: tuple[str, ...] = ()
    numbers: tuple[int | None, ...] = ()

    @cached_property
    def key(self) -> str:
        """Give a name that no other image opened has, and that says nothing about the patient."""
        place = os.fsencode(self.paths[0]) + repr(self.frames).encode() * bool(self.frames)
        return hashlib.blake2s(place, digest_size=8).hexdigest()

"""What one DICOM object says about its pixels, without the pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from medmm.core.identity import PatientIdentity
from medmm.core.image import LookupTable, StudyHeader, Window
from medmm.core.planes import Shutter
from medmm.core.quality import QualityNote
from medmm.imaging.spacing import PixelSpacing

Vector = tuple[float, ...]


@dataclass(frozen=True)
class FrameFacts:
    """Place and scale of one frame; position and orientation are empty where unknown (patient LPS, mm).

    stack_id, values: which stack of a multi-frame object, and what tells frames at one place apart (time, b-value).
    """

    position: Vector = ()
    orientation: Vector = ()
    spacing: PixelSpacing = field(default_factory=PixelSpacing)
    rescale_slope: float = 1.0
    rescale_intercept: float = 0.0
    windows: tuple[Window, ...] = ()
    stack_id: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PixelLayout:
    """The image pixel module (PS3.3 C.7.6.3)."""

    rows: int
    cols: int
    n_frames: int
    samples: int
    bits_allocated: int
    bits_stored: int
    is_signed: bool
    photometric_interpretation: str

    @property
    def n_bytes(self) -> int:
        """Bytes of the uncompressed pixel data (Python integers: no overflow)."""
        return (self.rows * self.cols * self.n_frames * self.samples * self.bits_allocated + 7) // 8


class PixelPlace(NamedTuple):
    """Where the value of the pixel data lies; n_bytes is -1 where it is in fragments, whose end must be looked for."""

    start: int
    n_bytes: int


@dataclass(frozen=True)
class InstanceFacts:
    """One object: who, what, how the pixels lie, where each frame is.

    patient_orientation: (row, column) letters of projections, empty where not stated;
    split_values: values that tell interleaved stacks of one series apart (time point, echo, b-value ...);
    suv_factor: SUV of one modality unit, None where it cannot be computed;
    pixel_place: where the pixel data of a plain header lies, None where that is not known.
    """

    path: Path
    identity: PatientIdentity
    header: StudyHeader
    layout: PixelLayout
    frames: tuple[FrameFacts, ...]
    sop_instance_uid: str = ""
    instance_number: int | None = None
    image_type: str = ""
    frame_of_reference_uid: str = ""
    patient_orientation: tuple[str, str] = ("", "")
    is_animal: bool = False
    voi_luts: tuple[LookupTable, ...] = ()
    modality_lut: LookupTable | None = None
    padding_value: int | None = None
    padding_limit: int | None = None
    slice_thickness_mm: float | None = None
    suv_factor: float | None = None
    split_values: tuple[tuple[str, str], ...] = ()
    overlay_groups: tuple[int, ...] = ()
    shutter: Shutter | None = None
    is_clean: bool = True
    notes: tuple[QualityNote, ...] = ()
    pixel_place: PixelPlace | None = field(default=None, compare=False)

    @property
    def is_localizer(self) -> bool:
        """Tell whether the object is a scout (PS3.3 C.8.2.1.1.1)."""
        return "LOCALIZER" in self.image_type

    @property
    def is_placed(self) -> bool:
        """Tell whether position and orientation are known."""
        return bool(self.frames[0].position and self.frames[0].orientation)

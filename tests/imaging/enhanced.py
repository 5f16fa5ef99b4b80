"""Make enhanced multi-frame MR objects whose frames are told apart by dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydicom.datadict import tag_for_keyword
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as Items
from pydicom.uid import EnhancedMRImageStorage

from tests.imaging.builders import AXIAL, make_data_set, write_data_set


@dataclass(frozen=True)
class Frame:
    """One frame: its place, what it is, and the value of all its pixels."""

    z: float
    value: int
    b: float | None = None
    gradient: tuple[float, float, float] | None = None
    echo_ms: float | None = None
    time: int | None = None
    stack: str = "1"
    orientation: tuple[float, ...] = tuple(AXIAL)
    index: tuple[int, ...] = ()


def write_enhanced(path: Path, frames: Sequence[Frame], *, dimensions: Sequence[str] = ()) -> Path:
    """Write frames of 4 x 5 pixels in the order given."""
    pixels = np.stack([np.full((4, 5), frame.value, np.int16) for frame in frames])
    ds = make_data_set(pixels, modality="MR", SOPClassUID=EnhancedMRImageStorage, SeriesDescription="DTI")
    ds.FrameOfReferenceUID = f"{ds.SOPInstanceUID}.4"
    shared = Dataset()
    shared.PixelMeasuresSequence = Items([_item(PixelSpacing=[2, 2], SliceThickness=3)])
    ds.SharedFunctionalGroupsSequence = Items([shared])
    ds.PerFrameFunctionalGroupsSequence = Items([_groups(frame) for frame in frames])
    ds.DimensionIndexSequence = Items([_item(DimensionIndexPointer=tag_for_keyword(name)) for name in dimensions])
    return write_data_set(path, ds)


def _groups(frame: Frame) -> Dataset:
    content = _item(StackID=frame.stack)
    if frame.time is not None:
        content.TemporalPositionIndex = frame.time
    if frame.index:
        content.DimensionIndexValues = list(frame.index)
    groups = _item(
        FrameContentSequence=Items([content]),
        PlanePositionSequence=Items([_item(ImagePositionPatient=[0, 0, frame.z])]),
        PlaneOrientationSequence=Items([_item(ImageOrientationPatient=list(frame.orientation))]),
    )
    if frame.echo_ms is not None:
        groups.MREchoSequence = Items([_item(EffectiveEchoTime=frame.echo_ms)])
    if frame.b is not None:
        groups.MRDiffusionSequence = Items([_item(DiffusionBValue=frame.b)])
    if frame.gradient is not None:
        direction = _item(DiffusionGradientOrientation=list(frame.gradient))
        groups.MRDiffusionSequence[0].DiffusionGradientDirectionSequence = Items([direction])
    return groups


def _item(**values: object) -> Dataset:
    item = Dataset()
    for keyword, value in values.items():
        setattr(item, keyword, value)
    return item

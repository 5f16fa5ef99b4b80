"""Make presentation states for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, GrayscaleSoftcopyPresentationStateStorage

from tests.imaging.builders import UID_ROOT, write_data_set


def make_item(**values: object) -> Dataset:
    """Make a sequence item."""
    item = Dataset()
    for keyword, value in values.items():
        setattr(item, keyword, value)
    return item


def refer_to(ds: Dataset, *frames: int) -> Dataset:
    """Make a reference to an image, or to frames of it."""
    item = make_item(ReferencedSOPClassUID=ds.SOPClassUID, ReferencedSOPInstanceUID=ds.SOPInstanceUID)
    if frames:
        item.ReferencedFrameNumber = list(frames)
    return item


def make_presentation(images: Sequence[Dataset], **values: object) -> Dataset:
    """Make a greyscale state for images of one series; keywords overwrite, None deletes."""
    first = images[0]
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.SOPClassUID, ds.SOPInstanceUID = GrayscaleSoftcopyPresentationStateStorage, f"{UID_ROOT}.7"
    ds.StudyInstanceUID, ds.SeriesInstanceUID = first.StudyInstanceUID, f"{UID_ROOT}.8"
    ds.PatientID, ds.PatientName, ds.PatientBirthDate, ds.PatientSex = "P1", "TEST^ANNA", "19700101", "F"
    ds.StudyDate, ds.StudyTime, ds.StudyID, ds.AccessionNumber, ds.ReferringPhysicianName = "20260102", "", "", "", ""
    ds.Modality, ds.SeriesNumber, ds.InstanceNumber, ds.Manufacturer = "PR", 9, 1, ""
    ds.ContentLabel, ds.ContentDescription, ds.ContentCreatorName = "READ", "First reading", "READER^ONE"
    ds.PresentationCreationDate, ds.PresentationCreationTime = "20260103", "101500"
    references = [refer_to(image) for image in images]
    ds.ReferencedSeriesSequence = [
        make_item(SeriesInstanceUID=first.SeriesInstanceUID, ReferencedImageSequence=references)
    ]
    ds.DisplayedAreaSelectionSequence = [
        make_item(
            DisplayedAreaTopLeftHandCorner=[1, 1],
            DisplayedAreaBottomRightHandCorner=[first.Columns, first.Rows],
            PresentationSizeMode="SCALE TO FIT",
            PresentationPixelAspectRatio=[1, 1],
        )
    ]
    ds.PresentationLUTShape = "IDENTITY"
    for keyword, value in values.items():
        if value is not None:
            setattr(ds, keyword, value)
        elif keyword in ds:
            del ds[keyword]
    return ds


def write_presentation(path: Path, images: Sequence[Dataset], **values: object) -> Path:
    """Write a greyscale state as a DICOM file."""
    return write_data_set(path, make_presentation(images, **values))


def make_lut(values: Sequence[int], *, first: int, bits: int, **more: object) -> Dataset:
    """Make a LUT item; first: the input that the first value belongs to."""
    data = np.asarray(values, "<u2").tobytes()
    return make_item(LUTDescriptor=[len(values) % 65536, first, bits], LUTData=data, **more)

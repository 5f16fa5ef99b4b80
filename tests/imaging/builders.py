"""Make DICOM files and images in memory for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import (
    CTImageStorage,
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
    MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
)

from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader

UID_ROOT = "1.2.826.0.1.3680043.10.1"
AXIAL = [1, 0, 0, 0, 1, 0]


def make_data_set(pixels: NDArray[Any], *, modality: str = "DX", **values: object) -> Dataset:
    """Make a data set around [rows, cols] or [frames, rows, cols] integers; keywords overwrite, None deletes."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.SOPClassUID = CTImageStorage if modality == "CT" else DigitalXRayImageStorageForPresentation
    if pixels.ndim == 3:
        ds.SOPClassUID, ds.NumberOfFrames = MultiFrameGrayscaleWordSecondaryCaptureImageStorage, len(pixels)
    ds.SOPInstanceUID, ds.StudyInstanceUID, ds.SeriesInstanceUID = f"{UID_ROOT}.1", f"{UID_ROOT}.2", f"{UID_ROOT}.3"
    ds.PatientID, ds.PatientName, ds.PatientBirthDate, ds.PatientSex = "P1", "TEST^ANNA", "19700101", "F"
    ds.Modality, ds.StudyDate = modality, "20260102"
    ds.Rows, ds.Columns = pixels.shape[-2:]
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    bits = 8 * pixels.dtype.itemsize
    ds.BitsAllocated = ds.BitsStored = bits
    ds.HighBit, ds.PixelRepresentation = bits - 1, int(pixels.dtype.kind == "i")
    ds.PixelData = pixels.tobytes()
    ds["PixelData"].VR = "OW"
    for keyword, value in values.items():
        if value is not None:
            setattr(ds, keyword, value)
        elif keyword in ds:
            del ds[keyword]
    return ds


def write_data_set(path: Path, ds: Dataset) -> Path:
    """Write a data set as a DICOM file."""
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    ds.save_as(path, enforce_file_format=True)
    return path


def write_image(path: Path, pixels: NDArray[Any], **values: object) -> Path:
    """Write pixels as a DICOM file."""
    return write_data_set(path, make_data_set(pixels, **values))  # type: ignore[arg-type]


def write_slice(folder: Path, number: int, z: float, **values: object) -> Path:
    """Write a 4 x 6 CT slice at z whose first pixel is z and whose file name says nothing about its place."""
    pixels = np.arange(24, dtype=np.int16).reshape(4, 6)
    pixels[0, 0] = round(z)
    place: dict[str, object] = {
        "modality": "CT",
        "SOPInstanceUID": f"{UID_ROOT}.9.{number}",
        "InstanceNumber": number,
        "ImagePositionPatient": [0, 0, z],
        "ImageOrientationPatient": AXIAL,
        "PixelSpacing": ["0.5954", "0.5454"],
        "RescaleSlope": 1,
        "RescaleIntercept": -1024,
        "FrameOfReferenceUID": f"{UID_ROOT}.4",
    }
    return write_image(folder / f"{(number * 7) % 101:03d}", pixels, **{**place, **values})


def make_image(stored: NDArray[Any], **values: Any) -> MedicalImage:
    """Make an image value from [rows, cols] or [slices, rows, cols]."""
    slope, intercept = values.pop("slope", 1.0), values.pop("intercept", 0.0)
    stack = stored[None] if stored.ndim == 2 else stored
    instances = tuple(
        ImageInstance(f"1.{i}", Path("x"), i, rescale_slope=slope, rescale_intercept=intercept)
        for i in range(len(stack))
    )
    return MedicalImage(stack, PatientIdentity(), StudyHeader(), ImageGeometry(), instances, **values)

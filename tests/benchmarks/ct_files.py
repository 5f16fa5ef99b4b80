"""Write CT series like a scanner's: 512 x 512 int16, about 150 header elements with sequences and private groups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

SIDE = 512
N_DISTINCT = 10  # encoding is slow; pixels repeat after so many slices
ROOT = "1.2.826.0.1.3680043.10.7"
TEXTS = {
    "SpecificCharacterSet": "ISO_IR 100", "StudyDate": "20260102", "SeriesDate": "20260102", "ContentDate": "20260102",
    "AcquisitionDate": "20260102", "StudyTime": "101112.000000", "SeriesTime": "101312.500000", "Modality": "CT",
    "AccessionNumber": "A4711", "Manufacturer": "SCANNER WORKS", "InstitutionName": "General Hospital",
    "InstitutionAddress": "Street 1, Town", "ReferringPhysicianName": "DOE^JANE", "StationName": "CT0001",
    "StudyDescription": "Thorax native", "SeriesDescription": "Thorax 1.0 Bl57", "InstitutionalDepartmentName": "Rad",
    "PhysiciansOfRecord": "DOE^JANE", "OperatorsName": "ROE^R", "ManufacturerModelName": "Model X",
    "PatientName": "BENCH^ANNA", "PatientID": "B0001", "PatientBirthDate": "19700101", "PatientSex": "F",
    "PatientAge": "056Y", "PatientSize": "1.7", "PatientWeight": "70", "MedicalAlerts": "none", "Allergies": "none",
    "AdditionalPatientHistory": "cough", "BodyPartExamined": "CHEST", "ScanOptions": "SPIRAL MODE",
    "SliceThickness": "1.0", "KVP": "120", "DataCollectionDiameter": "500", "DeviceSerialNumber": "12345",
    "SoftwareVersions": "syn 1.0", "ProtocolName": "Thorax", "ReconstructionDiameter": "350",
    "DistanceSourceToDetector": "1085.6", "DistanceSourceToPatient": "595", "GantryDetectorTilt": "0",
    "TableHeight": "150.5", "RotationDirection": "CW", "ExposureTime": "500", "XRayTubeCurrent": "220",
    "Exposure": "110", "FilterType": "WEDGE_3", "GeneratorPower": "26", "FocalSpots": "1.2",
    "DateOfLastCalibration": "20260101", "TimeOfLastCalibration": "060000", "ConvolutionKernel": "Bl57d",
    "PatientPosition": "HFS", "AcquisitionType": "SPIRAL", "StudyID": "1", "SeriesNumber": "4",
    "AcquisitionNumber": "2", "PositionReferenceIndicator": "", "ImageComments": "no comment",
    "PhotometricInterpretation": "MONOCHROME2", "WindowCenter": ["-600", "40"], "WindowWidth": ["1200", "400"],
    "WindowCenterWidthExplanation": ["LUNG", "MEDIASTINUM"], "RescaleIntercept": "-1024", "RescaleSlope": "1",
    "RescaleType": "HU", "RequestedProcedureDescription": "CT thorax", "PerformedProcedureStepID": "P1",
    "PerformedProcedureStepStartDate": "20260102", "PerformedProcedureStepStartTime": "101010",
    "PerformedProcedureStepDescription": "Thorax", "CommentsOnThePerformedProcedureStep": "x",
    "ImageType": ["ORIGINAL", "PRIMARY", "AXIAL", "CT_SOM5 SPI"],
}  # fmt: skip
NUMBERS = {
    "SamplesPerPixel": 1, "Rows": SIDE, "Columns": SIDE, "BitsAllocated": 16, "BitsStored": 16, "HighBit": 15,
    "PixelRepresentation": 1, "SmallestImagePixelValue": 0, "LargestImagePixelValue": 3000,
    "SingleCollimationWidth": 0.6, "TotalCollimationWidth": 38.4, "TableSpeed": 46.0, "TableFeedPerRotation": 23.0,
    "SpiralPitchFactor": 0.6, "CTDIvol": 7.4, "EstimatedDoseSaving": 12.0,
}  # fmt: skip


def ct_header() -> Dataset:
    """Make the header that all slices share."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID = CTImageStorage
    for keyword, value in (*TEXTS.items(), *NUMBERS.items()):
        setattr(ds, keyword, value)
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.FrameOfReferenceUID = f"{ROOT}.1", f"{ROOT}.2", f"{ROOT}.3"
    for keyword in ("ReferencedStudySequence", "ReferencedImageSequence", "SourceImageSequence"):
        item = Dataset()
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = CTImageStorage, f"{ROOT}.9"
        setattr(ds, keyword, Sequence([item]))
    for group in (0x0009, 0x0019, 0x0029):
        block = ds.private_block(group, f"WORKS {group:04X}", create=True)
        for element in range(12):
            block.add_new(element, "LO" if element % 2 else "DS", f"{element}.5")
        block.add_new(0x20, "OB", bytes(1024))
    return ds


def ct_pixels(number: int, side: int = SIDE) -> NDArray[np.int16]:
    """Make one slice: a body with lungs, bone and noise, as stored (HU + 1024)."""
    y, x = np.mgrid[:side, :side] / side - 0.5
    body = np.hypot(x, 1.4 * y) < 0.42
    lungs = np.hypot((np.abs(x) - 0.18) * 1.6, y) < 0.17 + 0.002 * number
    spine = np.hypot(x, y - 0.2) < 0.05
    noise = np.random.default_rng(number).normal(0, 18, (side, side))
    values = np.select([spine, lungs & body, body], [1500, 200, 1064], 24) + noise * np.where(body, 1, 0.3)
    return np.asarray(np.clip(values, 0, 4095), np.int16)


def write_series(
    folder: Path, n_slices: int, transfer_syntax: str = ExplicitVRLittleEndian, *, side: int = SIDE
) -> list[Path]:
    """Write a series; the order of names is the order of places."""
    folder.mkdir(parents=True)
    ds = ct_header()
    ds.Rows = ds.Columns = side
    encoded: dict[int, tuple[Any, Any]] = {}
    paths = []
    for number in range(n_slices):
        kind = number % N_DISTINCT
        if kind not in encoded:
            encoded[kind] = _encode(ds, ct_pixels(kind, side), transfer_syntax)
        ds.file_meta, pixel_element = encoded[kind]
        ds["PixelData"] = pixel_element
        _place(ds, number)
        paths.append(folder / f"IM{number:05d}.dcm")
        ds.save_as(paths[-1], enforce_file_format=True)
    return paths


def _encode(ds: Dataset, pixels: NDArray[np.int16], transfer_syntax: str) -> tuple[Any, Any]:
    slice_ds = Dataset(ds)
    slice_ds.file_meta = FileMetaDataset(ds.file_meta)
    slice_ds.SOPInstanceUID = slice_ds.file_meta.MediaStorageSOPInstanceUID = ROOT
    slice_ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    slice_ds.PixelData = pixels.tobytes()
    slice_ds["PixelData"].VR = "OW"
    if transfer_syntax != ExplicitVRLittleEndian:
        slice_ds.compress(transfer_syntax, generate_instance_uid=False)
    return slice_ds.file_meta, slice_ds["PixelData"]


def _place(ds: Dataset, number: int) -> None:
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = f"{ROOT}.5.{number + 1}"
    ds.InstanceNumber = number + 1
    ds.AcquisitionTime = ds.ContentTime = f"1013{number // 10 % 60:02d}.{number:06d}"
    ds.ImagePositionPatient = ["-174.65820312", "-324.65820312", f"{-500.5 + number:.1f}"]
    ds.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    ds.PixelSpacing = ["0.68359375", "0.68359375"]
    ds.SliceLocation = f"{-500.5 + number:.1f}"

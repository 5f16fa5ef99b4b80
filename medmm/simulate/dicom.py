"""Write a film as a Digital X-Ray Image for presentation (PS3.3 A.26)."""

import uuid
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, DigitalXRayImageStorageForPresentation, ExplicitVRLittleEndian, JPEGLSLossless

from medmm.simulate.person import Person
from medmm.simulate.storing import StoredFilm

VIEW_CODES = {"PA": ("399348003", "postero-anterior"), "AP": ("399067008", "antero-posterior")}


def write_film(path: Path, film: StoredFilm, person: Person, *, is_compressed: bool = False) -> None:
    """Write the film; compressed means JPEG-LS lossless. Every identifier follows from the patient's own."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    _set_identity(ds, person)
    _set_acquisition(ds, film, person)
    _set_anatomy(ds, film)
    _set_pixels(ds, film)
    if is_compressed:
        ds.compress(JPEGLSLossless, generate_instance_uid=False)
    ds.save_as(path, enforce_file_format=True)


def make_uid(person: Person, part: str) -> UID:
    """Derive a UID from the patient and a part's name (2.25 + UUID, PS3.5 B.2)."""
    digest = sha256(f"{person.patient_id} {person.name} {person.study_time.isoformat()} {part}".encode()).digest()
    return UID(f"2.25.{uuid.UUID(bytes=digest[:16], version=5).int}")


def _set_identity(ds: Dataset, person: Person) -> None:
    time = person.study_time
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.SOPClassUID = DigitalXRayImageStorageForPresentation
    ds.SOPInstanceUID = make_uid(person, "image")
    ds.StudyInstanceUID, ds.SeriesInstanceUID = make_uid(person, "study"), make_uid(person, "series")
    # Just before midnight the exposure falls on the next day.
    exposed = time + timedelta(seconds=95)
    ds.StudyDate = ds.SeriesDate = f"{time:%Y%m%d}"
    ds.ContentDate = ds.AcquisitionDate = f"{exposed:%Y%m%d}"
    ds.StudyTime = ds.SeriesTime = f"{time:%H%M%S}"
    ds.ContentTime = ds.AcquisitionTime = f"{exposed:%H%M%S}"
    ds.AccessionNumber = f"A{person.patient_id[3:]}"
    ds.PatientName, ds.PatientID = person.name, person.patient_id
    ds.PatientBirthDate, ds.PatientSex = f"{person.birth_date:%Y%m%d}", person.sex
    ds.PatientAge = f"{(time - person.birth_date).days // 365:03d}Y"
    ds.ReferringPhysicianName = ""
    ds.StudyID, ds.SeriesNumber, ds.InstanceNumber = "1", "1", "1"
    ds.StudyDescription = "Chest radiograph, simulated"


def _set_acquisition(ds: Dataset, film: StoredFilm, person: Person) -> None:
    ds.Modality = "DX"
    ds.PresentationIntentType = "FOR PRESENTATION"
    ds.Manufacturer = "MedMM simulator"
    ds.ManufacturerModelName = "analytic chest phantom"
    ds.ImageType = ["DERIVED", "PRIMARY", ""]
    ds.DerivationDescription = "Computed from an analytic phantom; no patient"
    ds.DetectorType, ds.PositionerType = "DIRECT", "NONE"
    ds.ImagerPixelSpacing = ds.PixelSpacing = [f"{film.spacing_mm:.4f}"] * 2
    ds.AcquisitionContextSequence = Sequence()
    ds.BurnedInAnnotation = "NO"
    ds.LossyImageCompression = "00"
    ds.DeviceSerialNumber = "1"


def _set_anatomy(ds: Dataset, film: StoredFilm) -> None:
    ds.BodyPartExamined = "CHEST"
    ds.ImageLaterality = "U"
    ds.AnatomicRegionSequence = Sequence([_code("51185008", "Chest")])
    ds.ViewPosition = film.view_position
    ds.ViewCodeSequence = Sequence([_code(*VIEW_CODES[film.view_position])])
    # As displayed: rows run to the patient's left, columns to the feet (PS3.3 C.7.6.1.1.1).
    ds.PatientOrientation = ["L", "F"]


def _code(value: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "SCT", meaning
    return item


def _set_pixels(ds: Dataset, film: StoredFilm) -> None:
    is_inverse = film.photometric_interpretation == "MONOCHROME1"
    ds.SamplesPerPixel = 1
    ds.PhotometricInterpretation = film.photometric_interpretation
    ds.Rows, ds.Columns = film.pixels.shape
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
    ds.PixelIntensityRelationship = "LOG"
    ds.PixelIntensityRelationshipSign = 1 if is_inverse else -1
    ds.RescaleIntercept, ds.RescaleSlope, ds.RescaleType = "0", "1", "US"
    ds.PresentationLUTShape = "INVERSE" if is_inverse else "IDENTITY"
    ds.WindowCenter, ds.WindowWidth = f"{film.window_centre:.0f}", f"{film.window_width:.0f}"
    ds.PixelData = film.pixels.tobytes()
    ds["PixelData"].VR = "OW"

"""Read one image by its content: DICOM, PNG, JPEG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from medmm.core.errors import UnreadableFile, UnsupportedImage
from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader, Window
from medmm.core.progress import CancelToken


def read_image(paths: Path | Sequence[Path], *, cancel: CancelToken | None = None) -> MedicalImage:
    """Read one single-frame DICOM file or one picture."""
    path = paths if isinstance(paths, Path) else paths[0]
    with path.open("rb") as stream:
        head = stream.read(132)
    return _read_dicom(path) if head[128:] == b"DICM" else _read_picture(path)


def _read_picture(path: Path) -> MedicalImage:
    from PIL import Image

    try:
        with Image.open(path, formats=["PNG", "JPEG"]) as picture:
            stored = np.asarray(picture.convert("L"))
    except OSError as error:
        raise UnreadableFile(f"{path.name} is no image", "Remove it.", path) from error
    return MedicalImage(stored[None], PatientIdentity(), StudyHeader(), ImageGeometry(), (ImageInstance("", path),), bits_stored=8)


def _read_dicom(path: Path) -> MedicalImage:
    import pydicom

    file = pydicom.dcmread(path)
    stored = file.pixel_array
    if stored.ndim != 2:
        raise UnsupportedImage(f"{path.name} has shape {stored.shape}", "", path)

    def text(name: str) -> str:
        return str(file.get(name, "") or "")

    header = StudyHeader(
        study_uid=text("StudyInstanceUID"), series_uid=text("SeriesInstanceUID"), sop_class_uid=text("SOPClassUID"),
        modality=text("Modality"), body_part=text("BodyPartExamined"), view_position=text("ViewPosition"),
        study_date=text("StudyDate"), study_time=text("StudyTime"), accession_number=text("AccessionNumber"),
    )
    identity = PatientIdentity(text("PatientID"), text("PatientName"), text("PatientBirthDate"), text("PatientSex"), "images")
    letters = [*(file.get("PatientOrientation") or ["", ""])]
    instance = ImageInstance(
        text("SOPInstanceUID"), path, rescale_slope=float(file.get("RescaleSlope", 1)),
        rescale_intercept=float(file.get("RescaleIntercept", 0)),
    )
    return MedicalImage(
        stored[None], identity, header, ImageGeometry(row_direction=letters[0], column_direction=letters[1]), (instance,),
        photometric_interpretation=text("PhotometricInterpretation"), windows=_windows(file), bits_stored=int(file.BitsStored),
    )


def _windows(file: Any) -> tuple[Window, ...]:
    if "WindowCenter" not in file:
        return ()
    center, width = np.ravel(file.WindowCenter), np.ravel(file.WindowWidth)
    function = str(file.get("VOILUTFunction", "LINEAR") or "LINEAR")
    return tuple(Window(float(c), float(w), "", function) for c, w in zip(center, width, strict=False))

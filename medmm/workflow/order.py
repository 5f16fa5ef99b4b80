"""In which order a reader looks at the images of a case, and when they were taken."""

from __future__ import annotations

from datetime import datetime

from medmm.core.image import MedicalImage

PROJECTION = ("DX", "CR", "RG", "MG")
FRONTAL = {"PA": 0, "AP": 1}


def image_time(image: MedicalImage) -> datetime | None:
    """Parse acquisition or study time (DICOM DA, TM, DT: PS3.5 6.2); None where absent or malformed."""
    header = image.header
    for text in (header.acquisition_datetime, header.study_date + header.study_time, header.study_date):
        digits = text.split(".")[0].split("+")[0].replace("-", "").replace(":", "").strip()
        for form in ("%Y%m%d%H%M%S", "%Y%m%d%H%M", "%Y%m%d"):
            try:
                return datetime.strptime(digits, form)
            except ValueError:
                continue
    return None


def reading_order(image: MedicalImage) -> tuple[bool, float, int, str]:
    """Sort key: chest-like projections first, the newest study first, PA before AP before the rest."""
    header = image.header
    taken = image_time(image)
    is_other = bool(header.modality) and header.modality not in PROJECTION
    age = -taken.timestamp() if taken else 0.0
    return is_other, age, FRONTAL.get(header.view_position, 2), header.series_uid

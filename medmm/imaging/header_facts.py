"""Who and what: the identity block and the study header of a data set."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from medmm.core.identity import PatientIdentity
from medmm.core.image import StudyHeader
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import NOTHING, Words, in_a_row
from medmm.imaging.sop_classes import SECONDARY_CAPTURE
from medmm.imaging.tags import Tags

IDENTITY_SOURCE = "images"
# Faster than any scanner or screen: such a value is a slip.
MAX_FRAME_RATE = 1000.0
LOSSY_SYNTAXES = {
    "1.2.840.10008.1.2.4.50": "JPEG baseline",
    "1.2.840.10008.1.2.4.51": "JPEG extended",
    "1.2.840.10008.1.2.4.81": "JPEG-LS near-lossless",
}
# Defined terms of LossyImageCompressionMethod (PS3.3 C.7.6.1.1.5.1).
LOSSY_METHODS = {
    "ISO_10918_1": "JPEG",
    "ISO_14495_1": "JPEG-LS",
    "ISO_15444_1": "JPEG 2000",
    "ISO_15444_15": "HTJ2K",
    "ISO_18181_1": "JPEG XL",
    "ISO_13818_2": "MPEG-2",
    "ISO_14496_10": "MPEG-4",
    "ISO_23008_2": "HEVC",
}


def read_identity(tags: Tags) -> PatientIdentity:
    """Read who the object says it belongs to; the name keeps all its component groups (PS3.5 6.2.1.1)."""
    return PatientIdentity(
        patient_id=tags.text("PatientID"),
        name=tags.text("PatientName"),
        birth_date=tags.text("PatientBirthDate"),
        sex=tags.text("PatientSex").upper(),
        source=IDENTITY_SOURCE,
    )


def read_header(tags: Tags, transfer_syntax_uid: str) -> StudyHeader:
    """Read the header facts for the corners, the report and the result."""
    acquired = tags.text("AcquisitionDateTime") or _joined(tags)
    return replace(tags.once(_repeated_header, transfer_syntax_uid), acquisition_datetime=acquired)


def _repeated_header(tags: Tags, transfer_syntax_uid: str) -> StudyHeader:
    # Everything but the time of a slice: the others are the same in a whole series.
    text = tags.text
    return StudyHeader(
        study_uid=text("StudyInstanceUID"),
        series_uid=text("SeriesInstanceUID"),
        sop_class_uid=text("SOPClassUID"),
        modality=text("Modality").upper(),
        body_part=text("BodyPartExamined"),
        view_position=text("ViewPosition").upper(),
        laterality=text("ImageLaterality") or text("Laterality"),
        study_date=text("StudyDate"),
        study_time=text("StudyTime"),
        accession_number=text("AccessionNumber"),
        study_description=text("StudyDescription"),
        series_description=text("SeriesDescription"),
        series_number=text("SeriesNumber"),
        institution=text("InstitutionName"),
        manufacturer=text("Manufacturer"),
        transfer_syntax_uid=transfer_syntax_uid,
        lossy=_lossy(tags, transfer_syntax_uid),
        units=_units(tags),
        frame_rate=_frame_rate(tags),
        study_id=text("StudyID"),
        contrast=text("ContrastBolusAgent"),
        slice_thickness=_thickness(tags),
    )


def charset_notes(tags: Tags, identity: PatientIdentity) -> tuple[QualityNote, ...]:
    """Name a character set that is unknown, or missing where it is needed (PS3.3 C.12.1.1.2)."""
    from pydicom.charset import python_encoding

    declared = [part.strip() for part in tags.text("SpecificCharacterSet").split("\\")]
    unknown = [part for part in declared if part and part not in python_encoding]
    if unknown:
        message = Words(
            "The character set {unknown!r} is not known; the patient's name may be shown wrongly.", unknown=unknown[0]
        )
        return (QualityNote("charset_unknown", message, Severity.WARNING, InputKind.IMAGE),)
    if not any(declared) and not identity.name.isascii():
        message = Words(
            "The patient's name has letters beyond ASCII but no character set is stated; it may be shown wrongly."
        )
        return (QualityNote("charset_missing", message, Severity.WARNING, InputKind.IMAGE),)
    return ()


def _joined(tags: Tags) -> str:
    date, time = tags.text("AcquisitionDate"), tags.text("AcquisitionTime")
    return date + time if date else ""


def _lossy(tags: Tags, transfer_syntax_uid: str) -> Words:
    """Say how the pixels lost: each step in its order, with ratio and method as far as they are stated."""
    if tags.text("LossyImageCompression") != "01" and transfer_syntax_uid not in LOSSY_SYNTAXES:
        return NOTHING
    stated = [part.strip() for part in tags.text("LossyImageCompressionMethod").split("\\")]
    methods = [LOSSY_METHODS.get(part, part) for part in stated if part]
    methods = methods or [LOSSY_SYNTAXES.get(transfer_syntax_uid, "")]
    ratios = [f"{ratio:g}:1" for ratio in tags.numbers("LossyImageCompressionRatio")]
    steps = (" ".join(part for part in pair if part) for pair in zip_longest(ratios, methods, fillvalue=""))
    told = in_a_row((step for step in steps if step), separator=" → ")
    return Words("lossy {steps}", steps=told) if told else Words("lossy")


def _thickness(tags: Tags) -> str:
    thickness_mm = tags.number("SliceThickness")
    return f"{thickness_mm:g}" if thickness_mm else ""


def _frame_rate(tags: Tags) -> str:
    # PS3.3 C.7.6.5.1.1: the rate for display first, then that of the acquisition, then the time a frame takes.
    stated = tags.number("RecommendedDisplayFrameRate") or tags.number("CineRate")
    frame_time_ms = tags.number("FrameTime")
    rate = stated or (1000 / frame_time_ms if frame_time_ms else 0.0)
    return f"{rate:g}" if 0 < rate <= MAX_FRAME_RATE else ""


def _units(tags: Tags) -> str:
    # HU only where the object says so, or for CT that is no secondary capture and has a rescale.
    values = _value_transformation(tags) or tags
    stated = values.text("RescaleType") or tags.text("Units")
    if stated and stated != "US":
        return stated
    # Single and multi-frame captures: 7, 7.1 to 7.4.
    is_capture = f"{tags.text('SOPClassUID')}.".startswith(f"{SECONDARY_CAPTURE}.")
    is_ct = tags.text("Modality") == "CT" and not is_capture
    return "HU" if is_ct and values.number("RescaleSlope") is not None else ""


def _value_transformation(tags: Tags) -> Tags | None:
    # Multi-frame objects keep the rescale in functional groups, shared or frame by frame (PS3.3 C.7.6.16.2.9).
    for keyword in ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"):
        groups = tags.first_item(keyword)
        found = groups.first_item("PixelValueTransformationSequence") if groups else None
        if found is not None:
            return found
    return None

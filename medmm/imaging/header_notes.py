"""What is doubtful about one object's header, as quality notes."""

from __future__ import annotations

from collections.abc import Iterator

from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.imaging.luts import has_bad_window
from medmm.imaging.prescan import PreScan
from medmm.imaging.tags import Tags

# What every image must state (PS3.3 type 1), or state though empty (type 2: the name).
REQUIRED = ("StudyInstanceUID", "SeriesInstanceUID", "SOPClassUID", "SOPInstanceUID", "Modality")
PIXEL_MODULE = ("SamplesPerPixel", "PixelRepresentation")
RESCALE = ("RescaleSlope", "RescaleIntercept")
GEOMETRY = (("ImagePositionPatient", 3), ("ImageOrientationPatient", 6), ("PixelSpacing", 2), ("ImagerPixelSpacing", 2))


def header_notes(tags: Tags, scanned: PreScan) -> tuple[QualityNote, ...]:
    """Name everything that a reader of the image should know about its header."""
    found = (*_file_doubts(scanned), *_value_doubts(tags))
    return tuple(QualityNote(code, message, Severity.WARNING, InputKind.IMAGE) for code, message in found)


def object_notes(meta: Tags, sop_instance_uid: str, scanned: PreScan, n_bytes: int) -> tuple[QualityNote, ...]:
    """Name what differs between the parts of one file; n_bytes: what its pixels need.

    Too few bytes are an error of whoever reads the pixels; one more is the padding of an odd length (PS3.5 8.1.1).
    """
    found = []
    stated = meta.text("MediaStorageSOPInstanceUID")
    if stated and sop_instance_uid and stated != sop_instance_uid:
        found.append(
            ("uids_differ", Words("The file meta information states another SOP Instance UID than the image."))
        )
    if scanned.pixel_bytes > n_bytes + n_bytes % 2:
        text = Words(
            "The pixel data states {stated:,} bytes, {n_bytes:,} are needed; the first ones were read.",
            stated=scanned.pixel_bytes,
            n_bytes=n_bytes,
        )
        found.append(("pixel_data_long", text))
    return tuple(QualityNote(code, message, Severity.WARNING, InputKind.IMAGE) for code, message in found)


def _file_doubts(scanned: PreScan) -> Iterator[tuple[str, Words]]:
    if not scanned.is_stated:
        yield "file_meta_missing", Words("The file has no DICOM file meta information; its encoding was guessed.")
    if not scanned.is_clean:
        yield "header_damaged", Words("Elements of the header are damaged; values may be missing or wrong.")
    elif not scanned.is_ordered:
        yield (
            "elements_repeated",
            Words("Elements of the header are repeated or out of order; one of the values was taken."),
        )
    if scanned.preamble_kind:
        yield (
            "preamble_executable",
            Words("The file also begins like {kind}; never run it.", kind=scanned.preamble_kind),
        )


def _value_doubts(tags: Tags) -> Iterator[tuple[str, Words]]:
    if not tags.text("PatientID"):
        yield "patient_id_missing", Words("The image states no Patient ID.")
    if missing := _missing(tags):
        yield (
            "required_missing",
            Words("The image does not state what every image must: {missing}.", missing=", ".join(missing)),
        )
    if tags.once(_has_half_a_rescale):
        yield (
            "rescale_incomplete",
            Words("The image states a rescale slope or intercept without the other; 1 or 0 was taken."),
        )
    if tags.once(has_bad_window):
        yield "window_invalid", Words("The file states a window that the standard does not allow; it is ignored.")
    if not tags.text("PhotometricInterpretation"):
        yield "polarity_missing", Words("Photometric Interpretation is missing; small values are shown black.")
    if tags.once(_lacks_rescale):
        yield "rescale_missing", Words("The CT image states no rescale; its values are not HU.")
    for keyword, length in GEOMETRY:
        if not tags.once(_is_sound, keyword, length):
            yield (
                "geometry_invalid",
                Words(
                    "{keyword} is '{found}', which cannot be; it is ignored.", keyword=keyword, found=tags.text(keyword)
                ),
            )
    if tags.unreadable:
        names = ", ".join(dict.fromkeys(tags.unreadable))
        yield "tag_unreadable", Words("These header values are malformed and were ignored: {names}.", names=names)


def _missing(tags: Tags) -> list[str]:
    named = ("PatientName",) if tags.value("PatientName") is None else ()
    return [*named, *(keyword for keyword in (*REQUIRED, *PIXEL_MODULE) if not tags.text(keyword))]


def _has_half_a_rescale(tags: Tags) -> bool:
    return sum(tags.value(keyword) is None for keyword in RESCALE) == 1


def _lacks_rescale(tags: Tags) -> bool:
    if tags.text("Modality") != "CT" or tags.number("RescaleSlope") is not None:
        return False
    return not tags.items("ModalityLUTSequence") and tags.first_item("SharedFunctionalGroupsSequence") is None


def _is_sound(tags: Tags, keyword: str, length: int) -> bool:
    if not tags.text(keyword):
        return True
    found = tags.numbers(keyword)
    if len(found) != length:
        return False
    if keyword == "ImageOrientationPatient":
        return is_orientation(found)
    return keyword == "ImagePositionPatient" or min(found) > 0


def is_orientation(cosines: tuple[float, ...]) -> bool:
    """Tell whether six numbers are two unit vectors at right angles (PS3.3 C.7.6.2.1.1)."""
    row, column = cosines[:3], cosines[3:]
    lengths = [sum(part * part for part in vector) ** 0.5 for vector in (row, column)]
    slant = abs(sum(a * b for a, b in zip(row, column, strict=True)))
    return slant < 0.01 and all(abs(length - 1) < 0.01 for length in lengths)

"""Words for an object that a report or a key object selection names."""

from __future__ import annotations

from medmm.core.document import ObjectReference
from medmm.core.image_places import ImagePlace, Places, place_of_reference
from ui.language import mark, tr

# Kinds of objects that reports name most, by the end of their class UID (PS3.4 B.5).
KINDS = {
    "1": mark("CR image"), "1.1": mark("DX image"), "1.2": mark("mammogram"), "2": mark("CT image"),
    "2.1": mark("CT image"), "4": mark("MR image"), "4.1": mark("MR image"), "6.1": mark("ultrasound image"),
    "7": mark("secondary capture"), "20": mark("NM image"), "128": mark("PET image"), "12.1": mark("XA image"),
    "66.4": mark("segmentation"), "11.1": mark("presentation state"), "104.1": mark("PDF document"),
}  # fmt: skip
REPORT, WAVEFORM, OBJECT = mark("report"), mark("waveform"), mark("object")
STORAGE_ROOT = "1.2.840.10008.5.1.4.1.1."


def reference_words(reference: ObjectReference, places: Places) -> str:
    """Say which image is named where it is open, else what kind of object it is and that it is not open."""
    place = place_of_reference(places, reference)
    if place is not None:
        return place_words(place) + _more_frames(reference)
    end = reference.sop_class_uid.removeprefix(STORAGE_ROOT)
    kind = tr(KINDS.get(end, _family(end)))
    frames = ", ".join(f"{frame}" for frame in reference.frames[:8])
    told = tr("{kind}, not opened here").format(kind=kind)
    return f"{told} ({tr('frame {frames}').format(frames=frames)})" if frames else told


def place_words(place: ImagePlace) -> str:
    """Name a slice as a reader does: by its number and series, as far as they are stated."""
    number = place.frame + 1 if place.is_frame else place.number
    if number is None:
        return tr("series {series}").format(series=place.series) if place.series else tr("an image opened here")
    words = tr("frame {number}") if place.is_frame else tr("image {number}")
    if place.series:
        words = tr("frame {number} of series {series}") if place.is_frame else tr("image {number} of series {series}")
    return words.format(number=number, series=place.series)


def _family(end: str) -> str:
    if end.startswith("88."):
        return REPORT
    return WAVEFORM if end.startswith("9.") else OBJECT


def _more_frames(reference: ObjectReference) -> str:
    n_more = len(reference.frames) - 1
    return f" {tr('(and {n} more)').format(n=n_more)}" if n_more > 0 else ""

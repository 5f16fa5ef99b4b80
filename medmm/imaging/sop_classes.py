"""Which DICOM objects are no images to look at, in words (PS3.4 B.5)."""

from __future__ import annotations

from medmm.core.words import NOTHING, Words

ROOT = "1.2.840.10008.5.1.4.1.1."
SECONDARY_CAPTURE = ROOT + "7"
NOT_IMAGES = {
    "1.2.840.10008.1.3.10": Words("a DICOMDIR index"),
    ROOT + "4.2": Words("MR spectroscopy"),
    ROOT + "66": Words("raw data"),
    ROOT + "66.1": Words("a spatial registration"),
    ROOT + "66.2": Words("spatial fiducials"),
    ROOT + "66.3": Words("a deformable registration"),
    ROOT + "66.4": Words("a segmentation"),
    ROOT + "66.5": Words("a surface segmentation"),
    ROOT + "66.6": Words("tractography results"),
    ROOT + "66.7": Words("a label map segmentation"),
    ROOT + "67": Words("a real world value map"),
    ROOT + "68.1": Words("a surface scan mesh"),
    ROOT + "30": Words("a parametric map"),
    ROOT + "77.1.6": Words("a whole slide image of tiles"),
    ROOT + "88.59": Words("a key object selection"),
    ROOT + "104.1": Words("an encapsulated PDF"),
    ROOT + "104.2": Words("an encapsulated CDA document"),
    ROOT + "104.3": Words("an encapsulated STL model"),
    ROOT + "131": Words("a basic structured display"),
}
NOT_IMAGE_FAMILIES = {
    ROOT + "88.": Words("a structured report"),
    ROOT + "11.": Words("a presentation state"),
    ROOT + "9.": Words("a waveform"),
    ROOT + "78.": Words("an ophthalmic measurement"),
    ROOT + "481.": Words("a radiotherapy object"),
    "1.2.840.10008.5.1.4.38.": Words("a hanging protocol"),
    "1.2.840.10008.5.1.4.34.": Words("a work item"),
}
RT_IMAGE = ROOT + "481.1"
# Classes of images only: without rows and columns such an object is damaged.
IMAGES = frozenset(
    ROOT + last
    for last in (
        *("1", "1.1", "1.1.1", "1.2", "1.2.1", "1.3", "1.3.1", "2", "2.1", "2.2", "3.1", "4", "4.1", "4.3", "6.1"),
        *("7", "7.1", "7.2", "7.3", "7.4", "12.1", "12.1.1", "12.2", "12.2.1", "20", "128", "128.1", "130"),
    )
)


def not_an_image(sop_class_uid: str) -> Words:
    """Say what the object is when it is none to look at; empty for an image."""
    if sop_class_uid == RT_IMAGE:
        return Words("")
    if sop_class_uid in NOT_IMAGES:
        return NOT_IMAGES[sop_class_uid]
    return next((words for root, words in NOT_IMAGE_FAMILIES.items() if sop_class_uid.startswith(root)), NOTHING)

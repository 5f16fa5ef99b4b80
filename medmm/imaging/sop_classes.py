"""Which DICOM objects are no images to look at, in words (PS3.4 B.5)."""

from __future__ import annotations

ROOT = "1.2.840.10008.5.1.4.1.1."
SECONDARY_CAPTURE = ROOT + "7"
NOT_IMAGES = {
    "1.2.840.10008.1.3.10": "a DICOMDIR index",
    ROOT + "4.2": "MR spectroscopy",
    ROOT + "66": "raw data",
    ROOT + "66.1": "a spatial registration",
    ROOT + "66.2": "spatial fiducials",
    ROOT + "66.3": "a deformable registration",
    ROOT + "66.4": "a segmentation",
    ROOT + "66.5": "a surface segmentation",
    ROOT + "66.6": "tractography results",
    ROOT + "66.7": "a label map segmentation",
    ROOT + "67": "a real world value map",
    ROOT + "68.1": "a surface scan mesh",
    ROOT + "30": "a parametric map",
    ROOT + "77.1.6": "a whole slide image of tiles",
    ROOT + "88.59": "a key object selection",
    ROOT + "104.1": "an encapsulated PDF",
    ROOT + "104.2": "an encapsulated CDA document",
    ROOT + "104.3": "an encapsulated STL model",
    ROOT + "131": "a basic structured display",
}
NOT_IMAGE_FAMILIES = {
    ROOT + "88.": "a structured report",
    ROOT + "11.": "a presentation state",
    ROOT + "9.": "a waveform",
    ROOT + "78.": "an ophthalmic measurement",
    ROOT + "481.": "a radiotherapy object",
    "1.2.840.10008.5.1.4.38.": "a hanging protocol",
    "1.2.840.10008.5.1.4.34.": "a work item",
}
RT_IMAGE = ROOT + "481.1"


def not_an_image(sop_class_uid: str) -> str:
    """Say what the object is when it is none to look at; empty for an image."""
    if sop_class_uid == RT_IMAGE:
        return ""
    if sop_class_uid in NOT_IMAGES:
        return NOT_IMAGES[sop_class_uid]
    return next((words for root, words in NOT_IMAGE_FAMILIES.items() if sop_class_uid.startswith(root)), "")

"""Make reports, key objects, presentation states and encapsulated PDF for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from tests.imaging.builders import UID_ROOT, write_data_set

STORAGE = "1.2.840.10008.5.1.4.1.1."
CT = STORAGE + "2"


def make_object(sop_class: str, **values: object) -> Dataset:
    """Make an object without pixels of the patient that `make_data_set` has."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.SOPClassUID = STORAGE + sop_class
    ds.SOPInstanceUID, ds.StudyInstanceUID, ds.SeriesInstanceUID = f"{UID_ROOT}.70", f"{UID_ROOT}.2", f"{UID_ROOT}.71"
    ds.PatientID, ds.PatientName, ds.PatientBirthDate, ds.PatientSex = "P1", "TEST^ANNA", "19700101", "F"
    ds.Modality, ds.StudyDate, ds.ContentDate, ds.ContentTime = "SR", "20260102", "20260103", "0815"
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    return ds


def make_code(meaning: str, value: str = "1", scheme: str = "DCM") -> Dataset:
    """Make an item of a code sequence."""
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


def make_item(value_type: str, concept: str = "", *children: Dataset, **values: object) -> Dataset:
    """Make a content item with what lies below it."""
    item = Dataset()
    item.RelationshipType, item.ValueType = "CONTAINS", value_type
    if concept:
        item.ConceptNameCodeSequence = [make_code(concept)]
    if children:
        item.ContentSequence = list(children)
    for keyword, value in values.items():
        setattr(item, keyword, value)
    return item


def make_reference(uid: str, frames: Sequence[int] = (), sop_class: str = CT) -> Dataset:
    """Make an item that names another object."""
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = sop_class, uid
    if frames:
        item.ReferencedFrameNumber = list(frames)
    return item


def write_report(path: Path, *children: Dataset, sop_class: str = "88.11", **values: object) -> Path:
    """Write a structured report with these items below its root."""
    root = make_item("CONTAINER", "Chest report", *children)
    del root.RelationshipType
    ds = make_object(sop_class, **values)
    ds.update(root)
    return write_data_set(path, ds)


def write_key_objects(path: Path, *references: Dataset, title: str = "For Teaching") -> Path:
    """Write a key object selection (PS3.16 TID 2010)."""
    words = make_item("TEXT", "Key Object Description", TextValue="nodule")
    images = [make_item("IMAGE", ReferencedSOPSequence=[reference]) for reference in references]
    ds = make_object("88.59", Modality="KO")
    ds.ValueType, ds.ConceptNameCodeSequence = "CONTAINER", [make_code(title, "113004")]
    ds.ContentSequence = [words, *images]
    return write_data_set(path, ds)


def write_pdf(path: Path, content: bytes, **values: object) -> Path:
    """Write an encapsulated PDF; an odd length is padded as the standard asks for."""
    padded = content + b"\0" * (len(content) % 2)
    facts: dict[str, object] = {
        "Modality": "DOC",
        "DocumentTitle": "Discharge letter",
        "MIMETypeOfEncapsulatedDocument": "application/pdf",
        "EncapsulatedDocument": padded,
        "EncapsulatedDocumentLength": len(content),
    }
    return write_data_set(path, make_object("104.1", **{**facts, **values}))

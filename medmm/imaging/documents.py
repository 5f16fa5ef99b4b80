"""Recognise the DICOM objects that are read instead of looked at, by their header."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from medmm.core.document import Document, DocumentKind, ObjectReference
from medmm.imaging.coded import read_code, read_references
from medmm.imaging.dicom_header import read_data_set
from medmm.imaging.header_facts import read_header, read_identity
from medmm.imaging.prescan import prescan
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.report_values import to_clock
from medmm.imaging.sop_classes import ROOT
from medmm.imaging.structured_report import all_references, read_node
from medmm.imaging.tags import Tags

PDF = ROOT + "104.1"
KEY_OBJECTS = ROOT + "88.59"
REPORT_ROOT, PRESENTATION_ROOT = ROOT + "88.", ROOT + "11."


def document_kind(sop_class_uid: str) -> DocumentKind | None:
    """Tell what kind of document a class is, None for images and everything else (PS3.4 B.5)."""
    if sop_class_uid == PDF:
        return DocumentKind.PDF
    if sop_class_uid == KEY_OBJECTS:
        return DocumentKind.KEY_OBJECTS
    if sop_class_uid.startswith(REPORT_ROOT):
        return DocumentKind.REPORT
    return DocumentKind.PRESENTATION if sop_class_uid.startswith(PRESENTATION_ROOT) else None


def read_document(path: Path) -> Document | None:
    """Read the header of a document; None when the object is none.

    Raises UnreadableFile when the file is damaged.
    """
    scanned = prescan(path)
    with quiet():
        tags = Tags(read_data_set(path))
        kind = document_kind(tags.text("SOPClassUID"))
        if kind is None:
            return None
        is_state = kind is DocumentKind.PRESENTATION
        moment = "PresentationCreation" if is_state else "Content"
        return Document(
            kind=kind,
            path=path,
            title=_title(tags, kind),
            identity=replace(read_identity(tags), source=f"document {path.name}"),
            header=read_header(tags, scanned.transfer_syntax),
            sop_instance_uid=tags.text("SOPInstanceUID"),
            written=to_clock(tags.text(f"{moment}Date") + tags.text(f"{moment}Time")),
            references=_references(tags, kind),
        )


def _title(tags: Tags, kind: DocumentKind) -> str:
    if kind is DocumentKind.PRESENTATION:
        label, words = tags.text("ContentLabel"), tags.text("ContentDescription")
        stated = f"{label}: {words}" if label and words else label or words
    else:
        stated = tags.text("DocumentTitle") or read_code(tags, "ConceptNameCodeSequence").text
    return stated or tags.text("SeriesDescription")


def _references(tags: Tags, kind: DocumentKind) -> tuple[ObjectReference, ...]:
    if kind is DocumentKind.KEY_OBJECTS:
        return all_references(read_node(tags))
    if kind is not DocumentKind.PRESENTATION:
        return ()
    series = tags.items("ReferencedSeriesSequence")
    return tuple(reference for item in series for reference in read_references(item, "ReferencedImageSequence"))

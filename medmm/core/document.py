"""What belongs to a study but is read instead of looked at: reports, PDF pages, key objects, presentation states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from medmm.core.identity import PatientIdentity
from medmm.core.image import StudyHeader


class DocumentKind(StrEnum):
    """What kind of object it is; it decides how it is opened."""

    REPORT = "report"
    KEY_OBJECTS = "key_objects"
    PDF = "pdf"
    PRESENTATION = "presentation"


@dataclass(frozen=True)
class ObjectReference:
    """Another DICOM object that is named by its UID; frames count from 1 as in DICOM, empty for all of them."""

    sop_class_uid: str
    sop_instance_uid: str
    frames: tuple[int, ...] = ()


@dataclass(frozen=True)
class Document:
    """One such object by its header.

    title: as the object says, empty where it says nothing; written: DICOM date and time of its content;
    references: the images that key objects or a presentation state are about.
    """

    kind: DocumentKind
    path: Path
    title: str
    identity: PatientIdentity
    header: StudyHeader
    sop_instance_uid: str = ""
    written: str = ""
    references: tuple[ObjectReference, ...] = ()

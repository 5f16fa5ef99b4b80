"""Any structured report as a tree of text: written for reading, tolerant of what writers get wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from medmm.core.document import ObjectReference
from medmm.core.errors import UnsupportedImage
from medmm.core.identity import PatientIdentity, display_name
from medmm.core.image import StudyHeader
from medmm.core.words import NOTHING, Words, in_a_row
from medmm.imaging.coded import NO_CODE, Code, read_code
from medmm.imaging.dicom_header import read_data_set
from medmm.imaging.header_facts import read_header, read_identity
from medmm.imaging.prescan import prescan
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.report_values import read_value, to_clock
from medmm.imaging.tags import Tags

REPORT_ROOT = "1.2.840.10008.5.1.4.1.1.88."


@dataclass(frozen=True)
class ReportNode:
    """One content item (PS3.3 C.17.3).

    position: "1.2.3", as by-reference items name it; concept: what the value is about; value: text with its unit;
    code: the code behind the value or the unit; references: objects that it names; trouble: what is malformed in it.
    """

    position: str
    relationship: str
    value_type: str
    concept: Code = NO_CODE
    value: str = ""
    code: Code = NO_CODE
    references: tuple[ObjectReference, ...] = ()
    observed: str = ""
    trouble: Words = NOTHING
    children: tuple[ReportNode, ...] = ()


@dataclass(frozen=True)
class Observer:
    """Who verified a report and when (PS3.3 C.17.2)."""

    name: str
    organization: str
    time: str


@dataclass(frozen=True)
class StructuredReport:
    """A report: how far it is, who stands for it, and its tree.

    completion: COMPLETE or PARTIAL; verification: VERIFIED or UNVERIFIED; both as the file says.
    """

    path: Path
    identity: PatientIdentity
    header: StudyHeader
    root: ReportNode
    kind: str = ""
    completion: str = ""
    verification: str = ""
    written: str = ""
    observers: tuple[Observer, ...] = ()
    n_predecessors: int = 0


def read_report(path: Path) -> StructuredReport:
    """Read a structured report or a key object selection.

    Raises UnreadableFile when the file is damaged, UnsupportedImage when it is no report.
    """
    scanned = prescan(path)
    with quiet():
        tags = Tags(read_data_set(path))
        if not is_report(tags):
            raise UnsupportedImage(
                Words("{name!r} is no structured report", name=path.name), Words("Open it as an image."), path
            )
        return StructuredReport(
            path=path,
            identity=read_identity(tags),
            header=read_header(tags, scanned.transfer_syntax),
            root=read_node(tags),
            kind=_kind(tags),
            completion=tags.text("CompletionFlag").upper(),
            verification=tags.text("VerificationFlag").upper(),
            written=to_clock(tags.text("ContentDate") + tags.text("ContentTime")),
            observers=tuple(_observer(item) for item in tags.items("VerifyingObserverSequence")),
            n_predecessors=len(tags.items("PredecessorDocumentsSequence")),
        )


def all_references(node: ReportNode) -> tuple[ObjectReference, ...]:
    """Give every object that a tree names, in its order, each once."""
    found = [*node.references, *(reference for child in node.children for reference in all_references(child))]
    return tuple(dict.fromkeys(found))


def is_report(tags: Tags) -> bool:
    """Tell whether a data set carries a content tree, whatever its class claims."""
    return tags.text("SOPClassUID").startswith(REPORT_ROOT) or bool(tags.text("ValueType"))


def read_node(tags: Tags, position: str = "1") -> ReportNode:
    """Read a content item with everything below it."""
    # A recursion: the pre-scan has refused files with more than 64 levels.
    known = len(tags.unreadable)
    value, concept = read_value(tags), read_code(tags, "ConceptNameCodeSequence")
    relationship, observed = tags.text("RelationshipType").lower(), tags.text("ObservationDateTime")
    items = tags.items("ContentSequence")
    # The items share the list of what cannot be read: the own part is told before the children add theirs.
    malformed = dict.fromkeys(Words("{keyword} is malformed", keyword=keyword) for keyword in tags.unreadable[known:])
    return ReportNode(
        position=position,
        relationship=relationship,
        value_type=tags.text("ValueType").upper(),
        concept=concept,
        value=value.text,
        code=value.code,
        references=value.references,
        observed=to_clock(observed),
        trouble=in_a_row((*value.trouble, *malformed)),
        children=tuple(read_node(item, f"{position}.{number}") for number, item in enumerate(items, start=1)),
    )


def _kind(tags: Tags) -> str:
    from pydicom.uid import UID

    name = str(UID(tags.text("SOPClassUID")).name)
    return name.removesuffix(" Storage") if not name[:1].isdigit() else ""


def _observer(item: Tags) -> Observer:
    return Observer(
        display_name(item.text("VerifyingObserverName")),
        item.text("VerifyingOrganization"),
        to_clock(item.text("VerificationDateTime")),
    )

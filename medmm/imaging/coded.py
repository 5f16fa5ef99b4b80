"""Coded concepts and references of structured reports (PS3.3 8.8, C.17.3, C.18)."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.document import ObjectReference
from medmm.imaging.tags import Tags

MAX_FRAMES_NAMED = 10_000


@dataclass(frozen=True)
class Code:
    """A coded concept: what is meant, and its code in a scheme."""

    value: str = ""
    scheme: str = ""
    meaning: str = ""

    @property
    def text(self) -> str:
        """Give the words, or the code where a writer left them out."""
        return self.meaning or self.value

    @property
    def key(self) -> str:
        """Write the code with its scheme, e.g. "121058, DCM"."""
        return ", ".join(part for part in (self.value, self.scheme) if part)


NO_CODE = Code()


def read_code(tags: Tags, keyword: str) -> Code:
    """Read the first item of a code sequence; an empty code where there is none."""
    item = tags.first_item(keyword)
    if item is None:
        return NO_CODE
    value = item.text("CodeValue") or item.text("LongCodeValue") or item.text("URNCodeValue")
    return Code(value, item.text("CodingSchemeDesignator"), item.text("CodeMeaning"))


def read_references(tags: Tags, keyword: str = "ReferencedSOPSequence") -> tuple[ObjectReference, ...]:
    """Read the objects that a sequence names."""
    found = (read_reference(item) for item in tags.items(keyword))
    return tuple(reference for reference in found if reference.sop_instance_uid)


def read_reference(item: Tags) -> ObjectReference:
    """Read the object that one item names."""
    frames = item.numbers("ReferencedFrameNumber")[:MAX_FRAMES_NAMED]
    return ObjectReference(
        item.text("ReferencedSOPClassUID"),
        item.text("ReferencedSOPInstanceUID"),
        tuple(int(number) for number in frames if number >= 1),
    )

"""Words for a document in a list: what it is called, what kind it is and when it was written."""

from __future__ import annotations

from medmm.core.document import Document, DocumentKind
from ui.language import mark, tr
from ui.state.time_words import written_words
from ui.viewer.outlined_text import plain

KIND_WORDS = {
    DocumentKind.REPORT: mark("Report"),
    DocumentKind.KEY_OBJECTS: mark("Key objects"),
    DocumentKind.PDF: mark("PDF"),
    DocumentKind.PRESENTATION: mark("Presentation state"),
}


def document_title(document: Document) -> str:
    """Give the document's own title, or what kind it is where it has none."""
    return plain(document.title) or tr(KIND_WORDS[document.kind])


def document_line(document: Document) -> str:
    """Say in one line what kind of document it is, when it was written and how many images it names."""
    parts = [tr(KIND_WORDS[document.kind]), written_words(plain(document.written[:10]))]
    if document.references:
        n = len(document.references)
        parts.append(tr("1 image") if n == 1 else tr("{n} images").format(n=n))
    return " · ".join(part for part in parts if part)

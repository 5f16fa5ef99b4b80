"""The PDF inside a DICOM object, checked before anything else sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from medmm.core.errors import UnreadableFile, UnsupportedImage
from medmm.core.words import Words
from medmm.imaging.dicom_header import read_data_set
from medmm.imaging.limits import megabytes
from medmm.imaging.prescan import prescan
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.tags import Tags

MAX_PDF_BYTES = 256 << 20
MIME_TYPE = "application/pdf"
# Readers take the mark anywhere in the first kilobyte (ISO 32000-1, annex H, note 13).
MARK, MARK_WITHIN = b"%PDF-", 1024


@dataclass(frozen=True)
class EncapsulatedPdf:
    """The document's title and bytes."""

    path: Path
    title: str
    content: bytes


def read_pdf(path: Path) -> EncapsulatedPdf:
    """Take the PDF out of an object.

    Raises UnreadableFile when it is damaged or too large, UnsupportedImage when it holds something else.
    """
    prescan(path)
    if path.stat().st_size > MAX_PDF_BYTES:
        raise UnreadableFile(
            Words(
                "{name!r} has {size}; at most {limit} are opened",
                name=path.name,
                size=megabytes(path.stat().st_size),
                limit=megabytes(MAX_PDF_BYTES),
            ),
            Words("Export the document with fewer or smaller pictures."),
            path,
        )
    with quiet():
        tags = Tags(read_data_set(path))
        mime, stored = tags.text("MIMETypeOfEncapsulatedDocument").lower(), tags.value("EncapsulatedDocument")
        length, title = tags.integer("EncapsulatedDocumentLength"), tags.text("DocumentTitle")
    if mime and mime != MIME_TYPE:
        raise UnsupportedImage(
            Words("{name!r} holds a document of type {mime!r}, no PDF", name=path.name, mime=mime),
            Words("It cannot be shown."),
            path,
        )
    content = bytes(stored) if isinstance(stored, bytes) else b""
    if MARK not in content[:MARK_WITHIN]:
        raise UnreadableFile(
            Words(
                "{name!r} holds no PDF: its {n_content:,} bytes do not begin with %PDF",
                name=path.name,
                n_content=len(content),
            ),
            Words("Ask its sender to export it again."),
            path,
        )
    # An odd length was padded by one byte (PS3.5 7.1.1); the true one may be stated (PS3.3 C.24.2).
    is_padded = length is not None and length == len(content) - 1
    return EncapsulatedPdf(path, title, content[:-1] if is_padded else content)

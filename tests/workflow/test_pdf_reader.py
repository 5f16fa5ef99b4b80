"""The pages of an encapsulated PDF, drawn in a child process."""

from __future__ import annotations

from pathlib import Path

import pytest

from medmm.core.errors import Cancelled, UnreadableFile
from medmm.workflow.documents import PdfReader, save_pdf
from tests.imaging.document_builders import write_pdf

# A red square of one inch in the lower left corner of each page; the second page lies on its side.
SQUARE = b"1 0 0 rg 0 0 72 72 re f"


def make_pdf(*sizes: tuple[int, int]) -> bytes:
    """Write a PDF by hand; a reader rebuilds the table of objects that is left out."""
    kids = " ".join(f"{3 + 2 * at} 0 R" for at, _ in enumerate(sizes))
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        f"2 0 obj<</Type/Pages/Count {len(sizes)}/Kids[{kids}]>>endobj\n".encode(),
    ]
    for at, (width, height) in enumerate(sizes):
        page, content = 3 + 2 * at, 4 + 2 * at
        parts.append(
            f"{page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {content} 0 R>>endobj\n"
            f"{content} 0 obj<</Length {len(SQUARE)}>>stream\n".encode()
            + SQUARE
            + b"\nendstream endobj\n"
        )
    return b"".join([*parts, b"trailer<</Root 1 0 R>>\n%%EOF"])


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "x", make_pdf((144, 288), (288, 144)))


@pytest.mark.slow
def test_pages_are_drawn_at_the_size_asked_for(document: Path) -> None:
    reader = PdfReader(document)

    first, second = reader.page(0, 36.0), reader.page(1, 72.0)
    reader.close()

    assert (first.title, first.n_pages, first.size_inches) == ("Discharge letter", 2, (2.0, 4.0))
    assert first.pixels.shape == (144, 72, 3)
    assert second.pixels.shape == (144, 288, 3)
    # The lower left inch is red, the rest is paper.
    assert second.pixels[100, 30].tolist() == [255, 0, 0]
    assert second.pixels[30, 30].tolist() == [255, 255, 255]


@pytest.mark.slow
def test_trouble_with_a_document_is_told(tmp_path: Path, document: Path) -> None:
    reader, damaged = PdfReader(document), PdfReader(write_pdf(tmp_path / "y", b"%PDF-1.7 nothing"))

    with pytest.raises(UnreadableFile, match="has 2 pages, not a page 3"):
        reader.page(2, 72.0)
    with pytest.raises(UnreadableFile, match="damaged PDF"):
        damaged.page(0, 72.0)
    reader.close()
    damaged.close()


def test_a_closed_reader_draws_nothing_more(document: Path) -> None:
    reader = PdfReader(document)
    reader.close()

    with pytest.raises(Cancelled):
        reader.page(0, 72.0)


def test_the_pdf_is_saved_byte_for_byte(document: Path, tmp_path: Path) -> None:
    save_pdf(document, tmp_path / "out.pdf")

    assert (tmp_path / "out.pdf").read_bytes() == make_pdf((144, 288), (288, 144))

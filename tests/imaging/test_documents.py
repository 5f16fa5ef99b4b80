"""Objects that are read instead of looked at: recognised by their header; the PDF inside checked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from medmm.core.document import DocumentKind, ObjectReference
from medmm.core.errors import UnreadableFile, UnsupportedImage
from medmm.imaging import encapsulated_pdf
from medmm.imaging.documents import document_kind, read_document
from medmm.imaging.encapsulated_pdf import read_pdf
from tests.imaging.builders import write_data_set, write_image
from tests.imaging.document_builders import CT, make_item, make_object, make_reference, write_key_objects, write_pdf

PDF = b"%PDF-1.7\nhello\n%%EOF"


def test_key_objects_name_their_images(tmp_path: Path) -> None:
    path = write_key_objects(tmp_path / "x", make_reference("1.2.9", (3,)), make_reference("1.2.8"))

    document = read_document(path)

    assert document is not None
    assert (document.kind, document.title, document.written) == (
        DocumentKind.KEY_OBJECTS, "For Teaching", "2026-01-03 08:15",
    )  # fmt: skip
    assert document.references == (ObjectReference(CT, "1.2.9", (3,)), ObjectReference(CT, "1.2.8"))
    assert document.identity.source == "document x"


def test_a_presentation_state_is_told_by_its_name_and_images(tmp_path: Path) -> None:
    series = make_item("", ReferencedImageSequence=[make_reference("1.2.9")])
    state = make_object(
        "11.1", Modality="PR", ContentLabel="BONE", ContentDescription="bone window",
        PresentationCreationDate="20260104", PresentationCreationTime="091500", ReferencedSeriesSequence=[series],
    )  # fmt: skip

    document = read_document(write_data_set(tmp_path / "x", state))

    assert document is not None
    assert (document.title, document.written) == ("BONE: bone window", "2026-01-04 09:15:00")
    assert [reference.sop_instance_uid for reference in document.references] == ["1.2.9"]


def test_an_image_is_no_document(tmp_path: Path) -> None:
    assert read_document(write_image(tmp_path / "x", np.zeros((2, 2), np.int16))) is None


@pytest.mark.parametrize(
    ("sop_class", "kind"),
    [("88.67", DocumentKind.REPORT), ("11.4", DocumentKind.PRESENTATION), ("104.2", None), ("9.1.1", None)],
)
def test_the_class_decides_the_kind(sop_class: str, kind: DocumentKind | None) -> None:
    assert document_kind(f"1.2.840.10008.5.1.4.1.1.{sop_class}") is kind


@pytest.mark.parametrize("content", [PDF, PDF + b"\n"])
def test_the_pdf_comes_out_byte_for_byte(tmp_path: Path, content: bytes) -> None:
    pdf = read_pdf(write_pdf(tmp_path / "x", content))

    assert (pdf.title, pdf.content) == ("Discharge letter", content)


def test_a_pdf_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="do not begin with %PDF"):
        read_pdf(write_pdf(tmp_path / "x", b"MZ\x90 program"))


def test_another_kind_of_document_is_refused_by_its_type(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImage, match="'text/html'"):
        read_pdf(write_pdf(tmp_path / "x", PDF, MIMETypeOfEncapsulatedDocument="text/html"))


def test_a_pdf_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encapsulated_pdf, "MAX_PDF_BYTES", 100)

    with pytest.raises(UnreadableFile, match="are opened"):
        read_pdf(write_pdf(tmp_path / "x", PDF))

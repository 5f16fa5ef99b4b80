"""A report as a tree of text: what is written in its cells, what a search leaves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from medmm.core.document import ObjectReference
from medmm.core.image import SeriesSummary
from medmm.core.image_places import find_places, place_of_reference
from medmm.imaging.structured_report import StructuredReport, read_report
from tests.imaging.document_builders import CT, make_code, make_item, make_reference, write_report
from tests.ui.builders import make_image
from ui import theme
from ui.state.reference_words import reference_words
from ui.state.report_model import VALUE, ReportModel, outline


@pytest.fixture
def report(tmp_path: Path) -> StructuredReport:
    finding = make_item("CODE", "Finding", ConceptCodeSequence=[make_code("Nodule", "27925004", "SCT")])
    source = make_item("IMAGE", "", ReferencedSOPSequence=[make_reference("1.2.1")])
    text = make_item("TEXT", "Conclusion", TextValue="<b>Nodule</b>\r\nin the left lung\u202e")
    empty = make_item("TEXT", "Advice")
    return read_report(write_report(tmp_path / "x", make_item("CONTAINER", "Findings", finding, source), text, empty))


@pytest.fixture
def model(application: object, report: StructuredReport) -> ReportModel:
    made = ReportModel()
    made.show_report(report, {})
    return made


def test_the_model_keeps_the_rules_of_qt(model: ReportModel) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.look_for("lung")

    assert model.n_shown == 2  # the root and the conclusion


def test_the_outline_says_everything_in_order(model: ReportModel) -> None:
    assert outline(model.rows).splitlines() == [
        "Chest report",
        "  Findings",
        "    Finding: Nodule (27925004, SCT)",
        "    Image: CT image, not opened here",
        "  Conclusion: <b>Nodule</b>",
        "  in the left lung",
        "  Advice: ⚠ TextValue is empty",
    ]


def test_what_is_malformed_is_amber(model: ReportModel) -> None:
    model.look_for("advice")
    root = model.index(0, 0, QModelIndex())

    color = model.data(model.index(0, VALUE, root), Qt.ItemDataRole.ForegroundRole)

    assert color == theme.color(theme.WARNING)


def test_images_that_are_open_are_named_by_number_and_series() -> None:
    image = make_image()
    header = replace(image.header, series_number="3")
    stack = SeriesSummary(header, image.identity, (Path("a"), Path("b")), 2, 9, 9, uids=("1.1", "1.2"), numbers=(4, 5))
    film = replace(stack, header=image.header, paths=(Path("c"),), n_frames=8, uids=("1.9",), numbers=(1,))
    places = find_places([stack, film])

    assert reference_words(ObjectReference(CT, "1.2"), places) == "image 5 of series 3"
    assert reference_words(ObjectReference(CT, "1.9", (2, 3)), places) == "frame 2 (and 1 more)"
    assert reference_words(ObjectReference(CT, "1.7", (2,)), places) == "CT image, not opened here (frame 2)"


def test_a_frame_is_found_in_the_part_of_its_object_that_holds_it() -> None:
    image = make_image()
    first = SeriesSummary(
        image.header, image.identity, (Path("c"),), 2, 9, 9, frames=(0, 1), uids=("1.9",), numbers=(1,)
    )
    second = replace(first, frames=(2, 3))
    places = find_places([first, second])

    found = place_of_reference(places, ObjectReference(CT, "1.9", (4,)))

    assert found is not None
    assert (found.series_key, found.frame) == (second.key, 3)

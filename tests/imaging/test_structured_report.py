"""Structured reports as trees of text, also malformed ones; compared with dsrdump."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from medmm.core.document import ObjectReference
from medmm.core.errors import UnsupportedImage
from medmm.imaging.structured_report import ReportNode, read_report
from tests.imaging.builders import write_image
from tests.imaging.document_builders import CT, make_code, make_item, make_reference, write_report


def walk(node: ReportNode) -> Iterator[ReportNode]:
    yield node
    for child in node.children:
        yield from walk(child)


def only(path: Path) -> ReportNode:
    return read_report(path).root.children[0]


def measured(number: str, unit: str, meaning: str, scheme: str = "UCUM") -> dict[str, object]:
    value = make_item("")
    value.NumericValue, value.MeasurementUnitsCodeSequence = number, [make_code(meaning, unit, scheme)]
    return {"MeasuredValueSequence": [value]}


def test_a_tree_keeps_its_order_its_places_and_its_relations(tmp_path: Path) -> None:
    inner = make_item("TEXT", "Finding", TextValue="nodule\nin the left lung", RelationshipType="HAS PROPERTIES")
    group = make_item("CONTAINER", "Findings", inner)
    path = write_report(tmp_path / "x", make_item("TEXT", "History", TextValue="cough"), group)

    report = read_report(path)

    told = [(node.position, node.relationship, node.concept.text, node.value) for node in walk(report.root)]
    assert told == [
        ("1", "", "Chest report", ""),
        ("1.1", "contains", "History", "cough"),
        ("1.2", "contains", "Findings", ""),
        ("1.2.1", "has properties", "Finding", "nodule\nin the left lung"),
    ]
    assert (report.kind, report.written) == ("Basic Text SR", "2026-01-03 08:15")


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"value_type": "NUM", **measured("1.7", "cm2", "square centimeter")}, "1.7 cm2"),
        ({"value_type": "NUM", **measured("25", "1", "no units")}, "25"),
        ({"value_type": "NUM", **measured("64.5", "1", "px")}, "64.5 px"),
        ({"value_type": "NUM", "NumericValueQualifierCodeSequence": [make_code("Not a number")]}, "Not a number"),
        ({"value_type": "PNAME", "PersonName": "WANG^XIAOHONG=王^小红"}, "WANG XIAOHONG · 王 小红"),
        ({"value_type": "DATE", "Date": "20010213"}, "2001-02-13"),
        ({"value_type": "TIME", "Time": "184746.5"}, "18:47:46.5"),
        ({"value_type": "DATETIME", "DateTime": "20010213184746+0100"}, "2001-02-13 18:47:46 +0100"),
        ({"value_type": "UIDREF", "UID": "1.2.3"}, "1.2.3"),
        ({"value_type": "CODE", "ConceptCodeSequence": [make_code("Normal", "17621005", "SCT")]}, "Normal"),
        ({"value_type": "SCOORD", "GraphicType": "POINT", "GraphicData": [5.5, 7]}, "POINT (5.5, 7)"),
        ({"value_type": "SCOORD3D", "GraphicType": "POINT", "GraphicData": [1, 2, 3]}, "POINT (1, 2, 3)"),
        ({"value_type": "TCOORD", "TemporalRangeType": "SEGMENT", "ReferencedTimeOffsets": ["1", "2.5"]},
         "SEGMENT 1 s, 2.5 s"),
        ({"value_type": "", "ReferencedContentItemIdentifier": [1, 3, 2]}, "see item 1.3.2"),
    ],
)  # fmt: skip
def test_each_kind_of_value_is_written_for_reading(tmp_path: Path, values: dict[str, object], text: str) -> None:
    value_type = str(values["value_type"])
    rest = {keyword: value for keyword, value in values.items() if keyword != "value_type"}

    node = only(write_report(tmp_path / "x", make_item(value_type, "Thing", **rest)))

    assert (node.value, node.trouble) == (text, "")


def test_images_are_named_by_uid_and_frame(tmp_path: Path) -> None:
    item = make_item("IMAGE", "Source", ReferencedSOPSequence=[make_reference("1.2.9", (5, 2))])

    node = only(write_report(tmp_path / "x", item))

    assert node.references == (ObjectReference(CT, "1.2.9", (5, 2)),)


@pytest.mark.parametrize(
    ("item", "value", "trouble"),
    [
        (make_item("TEXT", "Finding"), "", "TextValue is empty"),
        (make_item("", "Finding", TextValue="nodule"), "nodule", "no value type"),
        (make_item("GRAPH", "Finding", TextValue="nodule"), "nodule", "unknown value type 'GRAPH'"),
        (make_item("IMAGE", "Source"), "", "no object is named"),
        (make_item("NUM", "Length"), "no value", ""),
    ],
)
def test_what_is_malformed_is_told_and_the_rest_is_read(tmp_path: Path, item: object, value: str, trouble: str) -> None:
    after = make_item("TEXT", "Conclusion", TextValue="normal")

    root = read_report(write_report(tmp_path / "x", item, after)).root  # type: ignore[arg-type]

    assert (root.children[0].value, root.children[0].trouble) == (value, trouble)
    assert root.children[1].value == "normal"


def test_a_tree_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write_report(tmp_path / "x", make_item("TEXT", "Finding", TextValue="nodule"), make_item("TEXT", "After"))
    stored = path.read_bytes()
    # The first item's tag: pydicom then raises OSError, not one of its own errors.
    sequence = stored.index(b"\x40\x00\x30\xa7SQ")
    path.write_bytes(stored[: sequence + 8] + b"\x04\x00\x00\x00" + stored[sequence + 12 :])

    root = read_report(path).root

    assert (root.concept.text, root.children) == ("Chest report", ())
    assert "ContentSequence is malformed" in root.trouble


def test_who_verified_is_told(tmp_path: Path) -> None:
    observer = make_item("")
    observer.VerifyingObserverName, observer.VerifyingOrganization = "BAU^EVA", "Clinic"
    observer.VerificationDateTime = "20260103081500"
    path = write_report(
        tmp_path / "x", CompletionFlag="COMPLETE", VerificationFlag="VERIFIED", VerifyingObserverSequence=[observer]
    )

    report = read_report(path)

    assert (report.completion, report.verification) == ("COMPLETE", "VERIFIED")
    assert [(one.name, one.time) for one in report.observers] == [("BAU EVA", "2026-01-03 08:15:00")]


def test_an_image_is_no_report(tmp_path: Path) -> None:
    path = write_image(tmp_path / "x", np.zeros((2, 2), np.int16))

    with pytest.raises(UnsupportedImage, match="no structured report"):
        read_report(path)


def test_the_deepest_allowed_tree_is_read(tmp_path: Path) -> None:
    item = make_item("TEXT", "Level", TextValue="innermost")
    for _ in range(31):
        item = make_item("CONTAINER", "Level", item)

    nodes = [*walk(read_report(write_report(tmp_path / "x", item)).root)]

    assert nodes[-1].value == "innermost"


SR_FILES = ("sample-sr", "sr-arrow_2", "sr-circle_2", "sr-roi_2", "sr_document", "test-SR")
LENIENT = ("-Er", "-Ev", "-Ec", "-Ee")


@pytest.mark.skipif(shutil.which("dsrdump") is None, reason="dcmtk is not installed")
@pytest.mark.parametrize("name", SR_FILES)
def test_everything_that_dsrdump_prints_is_in_the_tree(shared_data: Path, name: str) -> None:
    path = shared_data / "dicom" / "sr" / f"{name}.dcm"
    command = ["dsrdump", "-q", "-Ph", "+U8", "+Pl", "+Pu", *LENIENT, path]
    dump = subprocess.run(command, capture_output=True, check=True).stdout
    theirs = [text for line in dump.decode().splitlines() for text in re.findall(r'"(.*?)"(?=[),>} ]|$)', line)]

    nodes = [*walk(read_report(path).root)]
    uids = {reference.sop_instance_uid for node in nodes for reference in node.references}

    assert len(theirs) > 10
    assert [text for text in theirs if _spaced(text) not in _spaced(told(nodes)) and text not in uids] == []
    assert len(nodes) == sum("<" in line for line in dump.decode().splitlines() if re.match(r"\s*<", line))


@pytest.mark.skipif(shutil.which("dcmdump") is None, reason="dcmtk is not installed")
@pytest.mark.parametrize("name", ["sr-arrow", "sr-circle", "sr-roi"])
def test_a_report_that_dsrdump_refuses_is_read_all_the_same(shared_data: Path, name: str) -> None:
    # Text values, meanings of codes and UIDs as dcmdump finds them at any depth.
    path = shared_data / "dicom" / "sr" / f"{name}.dcm"
    dump = subprocess.run(["dcmdump", "-q", "+L", "+U8", path], capture_output=True, check=True).stdout.decode()
    theirs = re.findall(r"\((?:0040,a160|0040,a124|0008,0104)\) .. \[(.*?)\]", dump)

    nodes = [*walk(read_report(path).root)]

    assert len(theirs) > 10
    assert [text for text in theirs if text.strip() not in told(nodes)] == []


def told(nodes: list[ReportNode]) -> str:
    return "\n".join(text for n in nodes for text in (n.concept.text, n.value, n.code.meaning, n.code.key))


def _spaced(text: str) -> str:
    # dsrdump writes line ends as \\r\\n, names with ^ and dates without separators.
    return re.sub(r"\\[rn]|[\s^:-]", "", text)

"""The tag browser's rows: every element, its value as text, its place; pixels stay on the disk."""

from __future__ import annotations

import re
import shutil
import subprocess
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.valuerep import PersonName

from medmm.core.errors import UnreadableFile
from medmm.imaging.header_rows import HeaderRow, read_header_rows, row_path
from medmm.imaging.pydicom_quiet import quiet
from tests.imaging.builders import make_data_set, write_data_set, write_image

RAMP = np.arange(24, dtype=np.int16).reshape(4, 6)


def by_tag(path: Path) -> dict[int, HeaderRow]:
    return {row.tag: row for row in read_header_rows(path).rows}


def make_coded(meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = "113000", "DCM", meaning
    return item


def test_sequences_are_nested_with_their_items(tmp_path: Path) -> None:
    path = write_image(tmp_path / "x", RAMP, AnatomicRegionSequence=[make_coded("Chest"), make_coded("Lung")])

    rows = read_header_rows(path).rows
    place = next(at for at, row in enumerate(rows) if row.value == "Lung")

    assert row_path(rows, place) == "(0008,2218)[2](0008,0104)"
    assert (rows[place].keyword, rows[place].name, rows[place].depth) == ("CodeMeaning", "Code Meaning", 2)
    assert [row.value for row in rows if row.keyword == "AnatomicRegionSequence"] == ["2 items"]


def test_file_meta_comes_first_and_uids_are_named(tmp_path: Path) -> None:
    first, *rows = read_header_rows(write_image(tmp_path / "x", RAMP)).rows

    assert first.tag_text == "(0002,0000)"
    syntax = next(row for row in rows if row.keyword == "TransferSyntaxUID")
    assert syntax.value == "1.2.840.10008.1.2.1 = Explicit VR Little Endian"


def test_private_elements_tell_their_creator(tmp_path: Path) -> None:
    ds = make_data_set(RAMP)
    block = ds.private_block(0x0029, "SIEMENS CSA HEADER", create=True)
    block.add_new(0x08, "CS", "IMAGE NUM 4")
    block.add_new(0xFE, "UN", b"\x01\x02\xff")

    rows = by_tag(write_data_set(tmp_path / "x", ds))

    assert (rows[0x00290010].name, rows[0x00290010].value) == ("Private Creator", "SIEMENS CSA HEADER")
    known, unknown = rows[0x00291008], rows[0x002910FE]
    assert (known.name, known.creator, known.is_private) == ("CSA Image Header Type", "SIEMENS CSA HEADER", True)
    assert (unknown.name, unknown.creator, unknown.value) == ("", "SIEMENS CSA HEADER", "3 bytes 01 02 FF")


def test_long_values_are_cut_and_their_length_told(tmp_path: Path) -> None:
    path = write_image(tmp_path / "x", RAMP, ImageComments="b" * 1234, RedPaletteColorLookupTableData=bytes(range(100)))

    rows = by_tag(path)

    assert rows[0x00204000].value == "b" * 500 + "… (1,234 characters)"
    assert rows[0x00281201].value == "100 bytes 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F…"


def test_a_malformed_value_is_shown_as_it_stands(tmp_path: Path) -> None:
    path = write_image(tmp_path / "x", RAMP, TransducerFrequency=5)
    stored = path.read_bytes()
    assert stored.count(b"\x18\x00\x30\x60UL\x04\x00") == 1
    # A VR whose values take eight bytes: four are no number of it.
    path.write_bytes(stored.replace(b"\x18\x00\x30\x60UL\x04\x00", b"\x18\x00\x30\x60FD\x04\x00"))

    row = by_tag(path)[0x00186030]

    assert (row.keyword, row.vr, row.value) == ("TransducerFrequency", "FD", "malformed: 4 bytes 05 00 00 00")


def test_pixels_are_told_by_length_and_never_loaded(tmp_path: Path) -> None:
    path = write_image(tmp_path / "x", np.full((2000, 4000), 258, np.int16))
    read_header_rows(path)  # imports are not what is measured
    tracemalloc.start()

    row = read_header_rows(path).rows[-1]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (row.keyword, row.vr) == ("PixelData", "OW")
    assert row.value == f"16,000,000 bytes {'02 01 ' * 8}".rstrip() + "…"
    assert peak < 2_000_000


# The first three as printed in PS3.5 H.3.1, I.2 and J.3, with their bytes; Greek by Python's own codec.
NAMES = {
    "ISO 2022 IR 87": (
        b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B",
        "Yamada^Tarou=山田^太郎=やまだ^たろう",
    ),
    "ISO 2022 IR 149": (
        b"Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf",
        "Hong^Gildong=洪^吉洞=홍^길동",
    ),
    "GB18030": (b"Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab", "Wang^XiaoDong=王^小东"),
    "ISO_IR 126": ("Διονυσιος".encode("iso8859_7"), "Διονυσιος"),
}


@pytest.mark.parametrize("charset", NAMES)
def test_names_in_other_scripts_are_read(tmp_path: Path, charset: str) -> None:
    stored, patient = NAMES[charset]
    ds = make_data_set(RAMP, SpecificCharacterSet=["", charset] if "2022" in charset else charset)
    with quiet():
        ds.PatientName = PersonName(stored)
        path = write_data_set(tmp_path / "x", ds)

    assert stored in path.read_bytes()
    assert by_tag(path)[0x00100010].value == patient


@pytest.mark.parametrize("depth", [64, 65])
def test_nesting_is_limited(tmp_path: Path, depth: int) -> None:
    inner = make_coded("innermost")
    for _ in range(depth - 1):
        outer = Dataset()
        outer.ContentSequence = [inner]
        inner = outer
    path = write_image(tmp_path / "x", RAMP, ContentSequence=[inner])

    if depth > 64:
        with pytest.raises(UnreadableFile, match="64 levels"):
            read_header_rows(path)
    else:
        assert max(row.depth for row in read_header_rows(path).rows) == 128


def test_a_picture_has_no_header(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))

    with pytest.raises(UnreadableFile, match="is no DICOM file"):
        read_header_rows(path)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("dcmdump") is None, reason="dcmtk is not installed")
@pytest.mark.parametrize("folder", ["charset", "sr", "rt", "us", "big_endian", "enhanced_mf", "waveform"])
def test_the_elements_are_those_of_dcmdump(shared_data: Path, folder: str) -> None:
    for path in sorted((shared_data / "dicom" / folder).iterdir()):
        if path.name in ("rtdose_rle.dcm", "GH364.dcm"):  # dcmdump gives up on these
            continue
        dump = subprocess.run(["dcmdump", "-q", "+L", path], capture_output=True, check=True).stdout.decode("latin-1")
        found = re.findall(r"^\s*\(([0-9a-f]{4}),([0-9a-f]{4})\) (?!na)", dump, re.MULTILINE)
        theirs = [int(group + element, 16) for group, element in found if group != "fffe"]

        assert [row.tag for row in read_header_rows(path).rows if not row.is_item] == theirs, path.name

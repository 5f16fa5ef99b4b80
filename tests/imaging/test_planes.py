"""Overlays 60xx and display shutters: bits by hand, and the same picture as dcmtk's."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRBigEndian

from medmm.core.planes import Circle, Shutter, make_overlay
from medmm.imaging.reader import read_image
from medmm.imaging.shutters import hidden_pixels, place_bits
from tests.imaging.builders import make_data_set, write_data_set, write_image

# A letter F: no flip, no turn and no shift of it looks the same.
LETTER = np.array(
    [
        [1, 1, 1, 1, 0],
        [1, 0, 0, 0, 0],
        [1, 1, 1, 0, 0],
        [1, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
    ],
    dtype=bool,
)
BLANK = np.zeros((12, 10), np.uint16)


def add_overlay(ds: Dataset, bits: NDArray[np.bool_], *, group: int = 0x6000, **more: Any) -> Dataset:
    """Put an overlay [rows, cols] or [frames, rows, cols] into a data set; origin and first_frame count from 1."""
    rows, cols = bits.shape[-2:]
    ds.add_new((group, 0x0010), "US", rows)
    ds.add_new((group, 0x0011), "US", cols)
    if bits.ndim == 3:
        ds.add_new((group, 0x0015), "IS", len(bits))
    ds.add_new((group, 0x0040), "CS", more.get("kind", "G"))
    ds.add_new((group, 0x0050), "SS", list(more.get("origin", (1, 1))))
    if "first_frame" in more:
        ds.add_new((group, 0x0051), "US", more["first_frame"])
    ds.add_new((group, 0x0100), "US", 1)
    ds.add_new((group, 0x0102), "US", 0)
    ds.add_new((group, 0x1500), "LO", more.get("label", "MARKS"))
    packed = np.packbits(bits.ravel(), bitorder="little").tobytes()
    ds.add_new((group, 0x3000), "OW", packed + b"\0" * (len(packed) % 2))
    return ds


def shown_over(path: Path, frame: int = 0) -> NDArray[np.bool_]:
    image = read_image(path)
    placed = [place_bits(o.bits, o.origin, image.size) for o in image.instances[frame].planes.overlays]
    return np.logical_or.reduce(placed) if placed else np.zeros(image.size, bool)


def test_an_overlay_lies_at_its_origin_with_its_label(tmp_path: Path) -> None:
    path = write_data_set(tmp_path / "x", add_overlay(make_data_set(BLANK), LETTER, origin=(3, 4)))

    (overlay,) = read_image(path).instances[0].planes.overlays

    assert (overlay.origin, overlay.label, overlay.group, overlay.is_region) == ((2, 3), "MARKS", 0x6000, False)
    assert np.array_equal(overlay.bits, LETTER)


def test_an_overlay_that_reaches_beyond_the_image_is_cut(tmp_path: Path) -> None:
    path = write_data_set(tmp_path / "x", add_overlay(make_data_set(BLANK), LETTER, origin=(-1, 8)))

    # Rows -1 and 0 and the columns from 11 on lie outside; row 1 of the image shows row 3 of the letter.
    assert np.array_equal(shown_over(path)[0, 7:], LETTER[2, :3])


def test_an_overlay_of_a_big_endian_file_is_read_by_words(tmp_path: Path) -> None:
    ds = add_overlay(make_data_set(BLANK), LETTER)
    element = ds[0x6000, 0x3000]
    element.value = np.frombuffer(element.value, "<u2").astype(">u2").tobytes()
    ds.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    ds.PixelData = BLANK.astype(">u2").tobytes()

    assert np.array_equal(shown_over(write_data_set(tmp_path / "x", ds))[:6, :5], LETTER)


def test_an_overlay_in_unused_bits_leaves_the_pixels_alone(tmp_path: Path) -> None:
    pixels = np.arange(120, dtype=np.uint16).reshape(12, 10)
    marks = np.zeros((12, 10), bool)
    marks[2:8, 1:6] = LETTER
    ds = make_data_set(pixels | marks.astype(np.uint16) << 14, BitsStored=12, HighBit=11)
    ds.add_new((0x6002, 0x0100), "US", 16)
    ds.add_new((0x6002, 0x0102), "US", 14)
    path = write_data_set(tmp_path / "x", ds)

    image = read_image(path)

    assert np.array_equal(image.stored[0], pixels)
    assert np.array_equal(shown_over(path), marks)


def test_overlay_frames_start_at_their_image_frame(tmp_path: Path) -> None:
    ds = make_data_set(np.zeros((4, 12, 10), np.uint16))
    add_overlay(ds, np.stack([LETTER, ~LETTER]), first_frame=2)
    path = write_data_set(tmp_path / "x", ds)

    assert not shown_over(path, 0).any()
    assert np.array_equal(shown_over(path, 1)[:6, :5], LETTER)
    assert np.array_equal(shown_over(path, 2)[:6, :5], ~LETTER)
    assert not shown_over(path, 3).any()


def test_one_overlay_without_frames_lies_over_all_of_them(tmp_path: Path) -> None:
    path = write_data_set(tmp_path / "x", add_overlay(make_data_set(np.zeros((3, 12, 10), np.uint16)), LETTER))

    assert all(np.array_equal(shown_over(path, frame)[:6, :5], LETTER) for frame in range(3))


def test_an_overlay_without_a_size_is_named_and_left_out(tmp_path: Path) -> None:
    ds = add_overlay(make_data_set(BLANK), LETTER)
    del ds[0x6000, 0x0010]

    image = read_image(write_data_set(tmp_path / "x", ds))

    assert image.instances[0].planes.overlays == ()
    assert "overlay_unreadable" in {note.code for note in image.notes}


def test_a_shutter_is_read_with_all_its_shapes(tmp_path: Path) -> None:
    path = write_image(
        tmp_path / "x",
        BLANK,
        ShutterShape=["RECTANGULAR", "CIRCULAR", "POLYGONAL"],
        ShutterLeftVerticalEdge=2,
        ShutterRightVerticalEdge=9,
        ShutterUpperHorizontalEdge=3,
        ShutterLowerHorizontalEdge=11,
        CenterOfCircularShutter=[6, 5],
        RadiusOfCircularShutter=4,
        VerticesOfThePolygonalShutter=[1, 1, 12, 1, 12, 10],
        ShutterPresentationValue=65535,
    )

    assert read_image(path).instances[0].planes.shutter == Shutter(
        (2, 9, 3, 11), Circle(6, 5, 4), ((1, 1), (12, 1), (12, 10)), None, 65535
    )


def test_a_rectangle_hides_what_lies_outside_its_edges() -> None:
    hidden = hidden_pixels(Shutter(rectangle=(2, 4, 3, 5)), (6, 6))

    seen = np.zeros((6, 6), bool)
    seen[2:5, 1:4] = True
    assert np.array_equal(hidden, ~seen)


def test_a_circle_is_round_for_the_eye_on_pixels_that_are_not_square() -> None:
    hidden = hidden_pixels(Shutter(circle=Circle(21, 21, 10)), (41, 41), aspect=2.0)

    # Ten pixels along the row, but only five rows of double height.
    assert np.flatnonzero(~hidden[20]).tolist() == list(range(10, 31))
    assert np.flatnonzero(~hidden[:, 20]).tolist() == list(range(15, 26))


def test_a_polygon_hides_what_lies_outside() -> None:
    hidden = hidden_pixels(Shutter(polygon=((1, 1), (1, 9), (9, 1))), (9, 9))

    assert not hidden[1, 1]
    assert hidden[7, 7]
    assert not hidden[3, 3]
    assert hidden[5, 5]


def test_a_bitmap_hides_where_it_is_set() -> None:
    hidden = hidden_pixels(Shutter(bitmap=make_overlay(LETTER, origin=(1, 2))), (12, 10))

    assert np.array_equal(hidden, place_bits(LETTER, (1, 2), (12, 10)))


@pytest.mark.skipif(shutil.which("dcmj2pnm") is None, reason="dcmtk's dcmj2pnm is not installed")
@pytest.mark.parametrize("origin", [(1, 1), (4, 5), (-2, 0), (9, 8)])
def test_overlays_lie_where_dcmtk_paints_them(tmp_path: Path, origin: tuple[int, int]) -> None:
    path = write_data_set(tmp_path / "x", add_overlay(make_data_set(BLANK), LETTER, origin=origin))
    subprocess.run(["dcmj2pnm", "-q", "+Ww", "50", "100", "+O", "0", str(path), str(tmp_path / "x.pgm")], check=True)

    theirs = np.frombuffer((tmp_path / "x.pgm").read_bytes()[-120:], np.uint8).reshape(12, 10)

    assert np.array_equal(theirs == 255, shown_over(path))

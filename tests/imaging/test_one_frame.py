"""One frame read from its place is the frame that reading the whole object gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate, encapsulate_extended
from pydicom.pixels.encoders import RLELosslessEncoder
from pydicom.uid import DeflatedExplicitVRLittleEndian, ImplicitVRLittleEndian, RLELossless

from medmm.core.errors import UnreadableFile
from medmm.core.progress import CancelToken
from medmm.imaging.one_frame import FrameRequest, read_one_frame
from medmm.imaging.reader import read_image
from medmm.imaging.volume import read_frame
from tests.imaging.builders import make_data_set, write_data_set

N_FRAMES, MOST = 7, 1 << 20
PIXELS = np.random.default_rng(5).integers(0, 4096, (N_FRAMES, 12, 10)).astype(np.uint16)


def compressed(table: str) -> Dataset:
    """Make an RLE object with a basic or an extended offset table, or with none."""
    ds = make_data_set(PIXELS)
    shape = {"rows": 12, "columns": 10, "samples_per_pixel": 1, "bits_allocated": 16, "bits_stored": 16}
    more = {"number_of_frames": 1, "pixel_representation": 0, "photometric_interpretation": "MONOCHROME2"}
    frames = [RLELosslessEncoder.encode(frame.tobytes(), **shape, **more) for frame in PIXELS]
    ds.file_meta.TransferSyntaxUID = RLELossless
    if table == "extended":
        ds.PixelData, ds.ExtendedOffsetTable, ds.ExtendedOffsetTableLengths = encapsulate_extended(frames)
    else:
        ds.PixelData = encapsulate(frames, has_bot=table == "basic")
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    return ds


def require_same(path: Path, frame: int) -> None:
    whole, found = read_image(path), read_one_frame(FrameRequest(path, frame, MOST))
    assert found is not None
    assert found[1].shape[0] == 1
    np.testing.assert_array_equal(found[1][0], whole.stored[frame])


@pytest.mark.parametrize("table", ["basic", "extended", "none"])
@pytest.mark.parametrize("frame", [0, 3, N_FRAMES - 1])
def test_a_compressed_frame_is_found_with_and_without_offset_tables(tmp_path: Path, table: str, frame: int) -> None:
    path = write_data_set(tmp_path / "a", compressed(table))

    found = read_one_frame(FrameRequest(path, frame, MOST))

    assert found is not None
    np.testing.assert_array_equal(found[1][0], PIXELS[frame])


def test_an_uncompressed_frame_is_read_from_its_place(tmp_path: Path) -> None:
    require_same(write_data_set(tmp_path / "a", make_data_set(PIXELS)), 4)


def test_a_header_without_explicit_value_representations_is_as_good(tmp_path: Path) -> None:
    ds = make_data_set(PIXELS)
    ds.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian

    require_same(write_data_set(tmp_path / "a", ds), 5)


def test_colours_come_as_from_the_whole(tmp_path: Path) -> None:
    rgb = np.random.default_rng(5).integers(0, 255, (N_FRAMES, 12, 10, 3)).astype(np.uint8)
    colour = {"SamplesPerPixel": 3, "PlanarConfiguration": 0, "PhotometricInterpretation": "RGB"}
    ds = make_data_set(rgb[..., 0], Rows=12, Columns=10, **colour)
    ds.PixelData = rgb.tobytes()

    require_same(write_data_set(tmp_path / "a", ds), 2)


def test_the_frame_alone_is_an_image_with_its_own_place(tmp_path: Path) -> None:
    path = write_data_set(tmp_path / "a", compressed("none"))

    image = read_frame(path, 3, most_bytes=MOST, cancel=CancelToken())

    assert image is not None
    assert [(one.path, one.frame) for one in image.instances] == [(path, 3)]
    np.testing.assert_array_equal(image.stored[0], PIXELS[3])


def test_what_has_no_place_of_its_own_or_is_too_large_is_not_read(tmp_path: Path) -> None:
    deflated = make_data_set(PIXELS)
    deflated.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    plain = write_data_set(tmp_path / "plain", make_data_set(PIXELS))

    assert read_one_frame(FrameRequest(write_data_set(tmp_path / "deflated", deflated), 3, MOST)) is None
    assert read_one_frame(FrameRequest(plain, 3, 239)) is None
    assert read_one_frame(FrameRequest(plain, 3, 240)) is not None


def test_a_frame_behind_the_end_of_a_cut_file_is_refused_and_one_before_it_is_read(tmp_path: Path) -> None:
    path = write_data_set(tmp_path / "a", compressed("none"))
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) - 600])

    require_first = read_one_frame(FrameRequest(path, 0, MOST))

    assert require_first is not None
    with pytest.raises(UnreadableFile, match=r"damaged|cut off|decoded"):
        read_one_frame(FrameRequest(path, N_FRAMES - 1, MOST))


@pytest.mark.slow
def test_every_shared_multi_frame_object_gives_its_frames_one_by_one(shared_data: Path) -> None:
    from medmm.core.errors import MedMMError
    from medmm.imaging.dicom import read_facts

    n_seen = 0
    for path in sorted(path for path in (shared_data / "dicom").rglob("*") if path.is_file()):
        try:
            facts = read_facts(path)
        except MedMMError:
            continue
        if facts.layout.n_frames < 2:
            continue
        whole = read_image(path)
        middle = facts.layout.n_frames // 2
        found = read_one_frame(FrameRequest(path, middle, 64 << 20))
        if found is not None:
            index = next(n for n, one in enumerate(whole.instances) if one.frame == middle)
            np.testing.assert_array_equal(found[1][0], whole.stored[index], err_msg=path.name)
            n_seen += 1
    assert n_seen > 10

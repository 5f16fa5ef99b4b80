"""Uncompressed pixels are read from their place, with the values that pydicom decodes."""

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.uid import ImplicitVRLittleEndian

from medmm.core.errors import InputError, UnreadableFile
from medmm.imaging import native_pixels
from medmm.imaging.decoder_pool import DecoderPool
from medmm.imaging.dicom import read_instance
from medmm.imaging.facts_reader import FactsReader
from medmm.imaging.native_pixels import native_kind, read_native
from medmm.imaging.pixel_stack import read_pixels
from medmm.imaging.reader import read_image
from medmm.imaging.sniff import FileKind, read_head
from tests.imaging.builders import make_data_set, write_image, write_slice


def facts_of(path):
    return FactsReader().read(read_head(path))


def read_in_place(path):
    facts = facts_of(path)
    out = np.empty((facts.layout.n_frames, facts.layout.rows, facts.layout.cols), native_kind(facts))
    assert read_native(facts, out)
    return out


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "uint16"])
@pytest.mark.parametrize("shape", [(4, 6), (3, 5), (2, 3, 5)])
def test_pixels_are_those_that_pydicom_decodes(tmp_path, kind, shape):
    limits = np.iinfo(kind)
    pixels = np.linspace(limits.min, limits.max, int(np.prod(shape))).astype(kind).reshape(shape)
    padding = b"\0" * (pixels.nbytes % 2)
    path = write_image(tmp_path / "film", pixels, PixelData=pixels.tobytes() + padding)

    found = read_in_place(path)

    assert found.dtype == np.dtype(kind)
    assert np.array_equal(found.reshape(shape), dcmread(path).pixel_array)


@pytest.mark.parametrize(
    ("kind", "stored", "value"),
    # 0x1FFF in 12 bits is 0xFFF: -1 signed, 4095 unsigned. 0xF7FF in 12 bits is 0x7FF: 2047.
    [("int16", 0x1FFF, -1), ("uint16", 0x1FFF, 4095), ("int16", 0xF7FF, 2047), ("uint16", 0xF7FF, 2047)],
)
def test_bits_above_bits_stored_are_dropped(tmp_path, kind, stored, value):
    pixels = np.full((2, 2), stored, np.uint16).view(kind)
    path = write_image(tmp_path / "film", pixels, BitsStored=12, HighBit=11)

    assert np.unique(read_in_place(path)).tolist() == [value]
    assert np.array_equal(read_in_place(path)[0], dcmread(path).pixel_array)


@pytest.mark.parametrize(
    "values",
    [
        {"PhotometricInterpretation": "PALETTE COLOR"},
        {"PhotometricInterpretation": None},
        {"BitsStored": 17},
        {"PixelData": bytes(2 * 24 + 2)},
        {"PixelData": bytes(2 * 24 - 2)},
    ],
)
def test_what_is_not_plain_is_left_to_the_decoder(tmp_path, values):
    path = write_image(tmp_path / "film", np.zeros((4, 6), np.int16), **values)

    assert native_kind(facts_of(path)) is None


def test_pixels_in_implicit_vr_are_read_in_place(tmp_path):
    pixels = np.arange(24, dtype=np.int16).reshape(4, 6)
    ds = make_data_set(pixels)
    ds.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPInstanceUID, ds.file_meta.MediaStorageSOPClassUID = ds.SOPInstanceUID, ds.SOPClassUID
    ds.save_as(tmp_path / "film", implicit_vr=True, little_endian=True, enforce_file_format=True)

    assert np.array_equal(read_in_place(tmp_path / "film")[0], pixels)


def test_a_file_written_anew_since_its_header_was_read_is_read_anew(tmp_path):
    path = write_image(tmp_path / "film", np.full((4, 6), 1, np.int16))
    facts = facts_of(path)
    write_image(path, np.full((4, 6), 2, np.int16), StudyDescription="longer than before")

    assert not read_native(facts, np.empty((1, 4, 6), np.int16))
    with DecoderPool() as pool:
        assert np.unique(read_pixels(facts, pool)).tolist() == [2]


def test_a_file_cut_off_inside_its_pixels_is_refused_by_name(tmp_path):
    paths = [write_slice(tmp_path, number, number) for number in range(3)]
    paths[1].write_bytes(paths[1].read_bytes()[:-10])

    with pytest.raises(UnreadableFile, match=f"'{paths[1].name}' is cut off"):
        read_image(paths)


@pytest.mark.parametrize("rest", [b"garbage", bytes(8), -10])
def test_a_file_that_does_not_end_with_its_pixels_is_left_to_the_decoder(tmp_path, rest):
    path = write_image(tmp_path / "film", np.zeros((4, 6), np.int16))
    raw = path.read_bytes()
    path.write_bytes(raw + rest if isinstance(rest, bytes) else raw[:rest])

    assert native_kind(facts_of(path)) is None


def test_a_series_is_read_in_place(tmp_path, monkeypatch):
    paths = [write_slice(tmp_path, number, number) for number in range(5)]
    calls = []
    monkeypatch.setattr("medmm.imaging.pixel_stack.read_instance", lambda path: calls.append(path))

    image = read_image(paths)

    assert calls == []
    assert image.stored[:, 0, 0].tolist() == [0, 1, 2, 3, 4]


def test_big_endian_machines_decode_instead(tmp_path, monkeypatch):
    monkeypatch.setattr(native_pixels.sys, "byteorder", "big")

    assert native_kind(facts_of(write_image(tmp_path / "film", np.zeros((4, 6), np.int16)))) is None


@pytest.mark.slow
def test_real_pixels_read_in_place_are_those_that_are_decoded(shared_data):
    reader, differing, n_read = FactsReader(), [], 0
    # Every fifth: each is decoded too, and a series holds much of the same.
    for path in sorted((shared_data / "dicom").rglob("*"))[::5]:
        facts = _facts_of_real(reader, path)
        if facts is None or native_kind(facts) is None:
            continue
        out = np.empty((facts.layout.n_frames, facts.layout.rows, facts.layout.cols), native_kind(facts))
        is_read, decoded = read_native(facts, out), read_instance(path)[1]
        n_read += 1
        if not is_read or out.dtype != decoded.dtype or not np.array_equal(out, decoded):
            differing.append(path.name)

    assert differing == []
    assert n_read > 20


def _facts_of_real(reader, path):
    if not path.is_file() or read_head(path).kind is not FileKind.DICOM:
        return None
    try:
        return reader.read(read_head(path))
    except InputError:
        return None

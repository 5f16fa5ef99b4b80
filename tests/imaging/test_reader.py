"""One file in, one image or one sentence out."""

import io
import os
import signal
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian, JPEG2000Lossless, JPEGLSLossless, RLELossless

from medmm.core.errors import Cancelled, IncompleteSeries, MedMMError, UnreadableFile, UnsupportedImage
from medmm.core.progress import CancelToken
from medmm.imaging import isolation
from medmm.imaging.isolation import DecoderProcess
from medmm.imaging.limits import MAX_DEPTH
from medmm.imaging.reader import read_image
from medmm.imaging.windowing import to_display
from tests.imaging.builders import make_data_set, write_data_set, write_image, write_slice

RAMP = np.arange(48, dtype=np.uint16).reshape(6, 8) * 80
LARGE = np.arange(4096, dtype=np.uint16).reshape(64, 64)


def _codes(image):
    return [note.code for note in image.notes]


def test_a_film_keeps_stored_values_and_header(tmp_path):
    path = write_image(
        tmp_path / "film", RAMP, ViewPosition="PA", PatientOrientation=["L", "F"], WindowCenter=[2000, 1000],
        WindowWidth=[4000, 500], ImagerPixelSpacing=[0.2, 0.1], BodyPartExamined="CHEST",
    )  # fmt: skip

    image = read_image(path)

    assert np.array_equal(image.stored[0], RAMP)
    assert image.stored.dtype == np.uint16
    assert (image.header.view_position, image.header.body_part) == ("PA", "CHEST")
    assert (image.geometry.row_direction, image.geometry.column_direction) == ("L", "F")
    assert image.geometry.spacing_mm[1:] == (0.2, 0.1)
    assert image.geometry.spacing_label == "mm (at detector)"
    assert [(window.center, window.width) for window in image.windows] == [(2000, 4000), (1000, 500)]
    assert (image.identity.patient_id, image.identity.name) == ("P1", "TEST^ANNA")


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_other_native_encodings_give_the_same_values(tmp_path, syntax):
    ds = make_data_set(RAMP)
    ds.file_meta.TransferSyntaxUID = syntax
    if syntax == ExplicitVRBigEndian:
        ds.PixelData = RAMP.astype(">u2").tobytes()
        ds["PixelData"].VR = "OW"

    image = read_image(write_data_set(tmp_path / "x", ds))

    assert np.array_equal(image.stored[0], RAMP)
    assert image.stored.dtype.isnative


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless, JPEG2000Lossless])
def test_lossless_codecs_give_the_same_values_through_the_child(tmp_path, syntax):
    ds = make_data_set(LARGE)
    ds.compress(syntax, generate_instance_uid=False)

    image = read_image(write_data_set(tmp_path / "x", ds))

    assert np.array_equal(image.stored[0], LARGE)


def test_a_file_without_preamble_and_meta_is_read_and_noted(tmp_path):
    path = write_image(tmp_path / "x", RAMP)
    whole = path.read_bytes()
    length = struct.unpack_from("<I", whole, 140)[0]
    path.write_bytes(whole[144 + length :])

    image = read_image(path)

    assert np.array_equal(image.stored[0], RAMP)
    assert "file_meta_missing" in _codes(image)


def test_frames_become_slices(tmp_path):
    frames = np.stack([RAMP, RAMP + 1, RAMP + 2])

    image = read_image(write_image(tmp_path / "x", frames, modality="XA"))

    assert np.array_equal(image.stored, frames)
    assert [found.frame for found in image.instances] == [0, 1, 2]


def test_enhanced_frames_are_sorted_by_their_own_positions(tmp_path):
    ds = make_data_set(np.stack([RAMP, RAMP + 1, RAMP + 2]), modality="CT")
    shared, ds.PerFrameFunctionalGroupsSequence = Dataset(), Sequence()
    plane, measures = Dataset(), Dataset()
    plane.ImageOrientationPatient, measures.PixelSpacing = [1, 0, 0, 0, 1, 0], [0.5, 0.25]
    shared.PlaneOrientationSequence, shared.PixelMeasuresSequence = [plane], [measures]
    ds.SharedFunctionalGroupsSequence = [shared]
    for z in (10, 0, 5):
        frame, place, values = Dataset(), Dataset(), Dataset()
        place.ImagePositionPatient = [0, 0, z]
        values.RescaleSlope, values.RescaleIntercept = 1, z
        frame.PlanePositionSequence, frame.PixelValueTransformationSequence = [place], [values]
        ds.PerFrameFunctionalGroupsSequence.append(frame)

    image = read_image(write_data_set(tmp_path / "x", ds))

    assert image.stored[:, 0, 0].tolist() == [1, 2, 0]
    assert [found.rescale_intercept for found in image.instances] == [0, 5, 10]
    assert image.geometry.spacing_mm == (5.0, 0.5, 0.25)


def test_rgb_planes_become_pixels(tmp_path):
    rgb = np.arange(36, dtype=np.uint8).reshape(3, 4, 3)
    ds = make_data_set(rgb[..., 0], modality="US")
    ds.SamplesPerPixel, ds.PhotometricInterpretation, ds.PlanarConfiguration = 3, "RGB", 1
    ds.PixelData = np.moveaxis(rgb, -1, 0).tobytes()

    image = read_image(write_data_set(tmp_path / "x", ds))

    assert image.is_color
    assert np.array_equal(image.stored[0], rgb)


def test_palette_colours_are_looked_up(tmp_path):
    ds = make_data_set(
        np.array([[0, 1], [1, 0]], dtype=np.uint8), modality="US", PhotometricInterpretation="PALETTE COLOR"
    )
    for name, values in (("Red", [0, 65535]), ("Green", [65535, 0]), ("Blue", [0, 32768])):
        setattr(ds, f"{name}PaletteColorLookupTableDescriptor", [2, 0, 16])
        setattr(ds, f"{name}PaletteColorLookupTableData", np.array(values, "<u2").tobytes())

    image = read_image(write_data_set(tmp_path / "x", ds))

    assert image.stored[0].tolist() == [[[0, 255, 0], [255, 0, 128]], [[255, 0, 128], [0, 255, 0]]]


def test_chinese_name_keeps_all_its_groups(tmp_path):
    path = write_image(tmp_path / "x", RAMP, PatientName="WANG^XIAOHONG=王^小红")

    assert read_image(path).identity.name == "WANG^XIAOHONG=王^小红"


def test_an_unknown_character_set_is_named(tmp_path):
    ds = make_data_set(RAMP)
    path = write_data_set(tmp_path / "x", ds)
    path.write_bytes(path.read_bytes().replace(b"ISO_IR 192", b"ISO_IR 999"))

    note = next(note for note in read_image(path).notes if note.code == "charset_unknown")

    assert "ISO_IR 999" in note.message


def test_a_malformed_value_is_ignored_and_named(tmp_path):
    path = write_image(tmp_path / "x", RAMP, WindowCenter="2000", WindowWidth="4000")
    path.write_bytes(path.read_bytes().replace(b"4000", b"4x00"))

    image = read_image(path)

    assert image.windows == ()
    assert "WindowWidth" in next(note.message for note in image.notes if note.code == "tag_unreadable")


def test_a_program_in_the_preamble_is_named(tmp_path):
    path = write_image(tmp_path / "x", RAMP)
    path.write_bytes(b"MZ" + path.read_bytes()[2:])

    assert "preamble_executable" in _codes(read_image(path))


def test_short_pixel_data_is_refused_with_both_counts(tmp_path):
    path = write_image(tmp_path / "x", RAMP)
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(UnreadableFile, match="76 bytes, 96 are needed"):
        read_image(path)


@pytest.mark.parametrize("keyword", ["Rows", "BitsAllocated", "PixelData"])
def test_a_missing_pixel_tag_is_refused(tmp_path, keyword):
    path = write_data_set(tmp_path / "x", make_data_set(RAMP, **{keyword: None}))

    with pytest.raises(UnreadableFile, match="pixel data" if keyword == "PixelData" else keyword):
        read_image(path)


def test_a_claim_of_many_gigabytes_is_refused_before_anything_is_allocated(tmp_path):
    path = write_image(tmp_path / "x", RAMP, Rows=65535, Columns=65535, NumberOfFrames=900)

    with pytest.raises(UnsupportedImage, match=r"900 x 65535 x 65535 pixels, 7,199\.8 GiB"):
        read_image(path)


def _nested(depth):
    ds = Dataset()
    for _ in range(depth):
        outer = Dataset()
        outer.ContentSequence = [ds]
        ds = outer
    return ds.ContentSequence


def test_deep_nesting_is_refused(tmp_path):
    path = write_image(tmp_path / "x", RAMP, ContentSequence=_nested(MAX_DEPTH + 1))

    with pytest.raises(UnreadableFile, match="more than 64 levels"):
        read_image(path)


def test_allowed_nesting_is_read(tmp_path):
    path = write_image(tmp_path / "x", RAMP, ContentSequence=_nested(MAX_DEPTH - 1))

    assert read_image(path).size == (6, 8)


def test_ten_thousand_levels_are_refused_without_recursion(tmp_path):
    path = write_image(tmp_path / "x", RAMP)
    item = struct.pack("<HH2sHIHHI", 0x0009, 0x1000, b"SQ", 0, 0xFFFFFFFF, 0xFFFE, 0xE000, 0xFFFFFFFF)
    whole = path.read_bytes()
    at = whole.index(struct.pack("<HH2s", 0x0010, 0x0010, b"PN"))
    path.write_bytes(whole[:at] + item * 10_000 + whole[at:])

    with pytest.raises(UnreadableFile, match="more than 64 levels"):
        read_image(path)


def test_a_deflate_bomb_is_refused(tmp_path):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(80)) + packer.flush()
    syntax = b"1.2.840.10008.1.2.1.99"
    meta = struct.pack("<HH2sH", 2, 0x10, b"UI", len(syntax)) + syntax
    path = tmp_path / "x"
    path.write_bytes(bytes(128) + b"DICM" + meta + bomb)

    with pytest.raises(UnreadableFile, match="inflates beyond"):
        read_image(path)


@pytest.mark.timeout(20)
def test_a_deflated_object_padded_to_even_length_is_read(tmp_path):
    # Its last piece inflates beyond what is taken at once; the pad byte is what PS3.5 A.5 asks for.
    pixels = np.zeros((1024, 1024), np.uint16)
    pixels[:, 500:] = 7
    plain = write_image(tmp_path / "plain", pixels).read_bytes()
    end_of_meta = plain.index(b"\x08\x00\x05\x00CS")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(plain[end_of_meta:]) + packer.flush()
    syntax = b"1.2.840.10008.1.2.1.99"
    meta = struct.pack("<HH2sH", 2, 0x10, b"UI", len(syntax)) + syntax
    path = tmp_path / "x"
    path.write_bytes(bytes(128) + b"DICM" + meta + packed + b"\0")

    assert np.array_equal(read_image(path).stored[0], pixels)


def test_damaged_jpeg_2000_is_one_sentence(tmp_path):
    ds = make_data_set(LARGE)
    ds.compress(JPEG2000Lossless, generate_instance_uid=False)
    path = write_data_set(tmp_path / "x", ds)
    whole = bytearray(path.read_bytes())
    start = whole.index(b"\xff\x4f\xff\x51")
    whole[start + 8 : start + 40] = bytes(32)
    path.write_bytes(whole)

    with pytest.raises(MedMMError, match="'x'"):
        read_image(path)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="Windows cannot stop a process")
def test_a_decoder_that_takes_too_long_is_killed(tmp_path):
    path = write_image(tmp_path / "x", RAMP)

    with DecoderProcess(time_limit_s=5) as decoder:
        decoder.read(path)
        assert decoder._process is not None
        os.kill(decoder._process.pid, signal.SIGSTOP)  # a codec that never answers
        decoder._time_limit_s = 0.3
        with pytest.raises(UnreadableFile, match="could not be decoded within"):
            decoder.read(path)
        assert decoder._process is None


def test_a_decoder_that_does_not_start_is_not_the_files_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(isolation, "_serve", slice)  # ends at once, without a word

    with DecoderProcess(time_limit_s=5) as decoder, pytest.raises(UnreadableFile, match="did not start") as caught:
        decoder.read(write_image(tmp_path / "x", RAMP))

    assert "Nothing is known to be wrong with the file" in caught.value.hint


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal are a POSIX thing")
def test_ctrl_c_on_the_terminal_does_not_turn_a_sound_file_into_a_damaged_one(tmp_path):
    path, cancel = write_image(tmp_path / "x", RAMP), CancelToken()

    with DecoderProcess(time_limit_s=5, cancel=cancel) as decoder:
        decoder.read(path)
        os.kill(decoder._process.pid, signal.SIGINT)
        assert np.array_equal(decoder.read(path)[1][0], RAMP)
        os.kill(decoder._process.pid, signal.SIGKILL)
        decoder._process.join()
        cancel.set()
        with pytest.raises(Cancelled):
            decoder._wait(decoder._connection, path, 5)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UnreadableFile, match="no regular file"):
        read_image(tmp_path / "pipe")


@pytest.mark.parametrize(("suffix", "mode"), [("png", "L"), ("jpg", "L"), ("png", "RGB")])
def test_grey_pictures_are_grey_however_they_are_stored(tmp_path, suffix, mode):
    path = tmp_path / f"wrong.{suffix}.dcm"
    Image.fromarray(np.full((8, 9), 77, np.uint8)).convert(mode).save(path, format={"jpg": "JPEG"}.get(suffix, "PNG"))

    image = read_image(path)

    assert image.stored.shape == (1, 8, 9)
    assert np.abs(image.stored.astype(int) - 77).max() <= 1


def test_16_bit_png_keeps_its_values(tmp_path):
    Image.fromarray(RAMP).save(tmp_path / "x.png")

    image = read_image(tmp_path / "x.png")

    assert image.stored.dtype == np.uint16
    assert np.array_equal(image.stored[0], RAMP)
    assert to_display(image, 0).max() == 1.0


def test_a_cut_off_png_is_refused(tmp_path):
    buffer = io.BytesIO()
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (64, 64), dtype=np.uint8)).save(buffer, format="PNG")
    (tmp_path / "x.png").write_bytes(buffer.getvalue()[:1500])

    with pytest.raises(UnreadableFile, match="damaged picture"):
        read_image(tmp_path / "x.png")


def test_text_under_a_dicom_name_is_refused(tmp_path):
    (tmp_path / "x.dcm").write_text("<html>not an image at all</html>")

    with pytest.raises(UnsupportedImage, match="no image that MedMM reads"):
        read_image(tmp_path / "x.dcm")


def test_two_pictures_are_no_series(tmp_path):
    for name in ("a.png", "b.png"):
        Image.new("L", (4, 4)).save(tmp_path / name)

    with pytest.raises(IncompleteSeries, match=r"a\.png"):
        read_image([tmp_path / "a.png", tmp_path / "b.png"])


def test_ct_without_rescale_is_not_called_hu(tmp_path):
    image = read_image(write_slice(tmp_path, 1, 0, RescaleSlope=None, RescaleIntercept=None))

    assert image.header.units == ""
    assert "rescale_missing" in _codes(image)


def blocks_ctrl_c(request: object) -> bool:
    """Tell whether this process, as the server that it was forked from, waits with SIGINT until nobody asks."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


@pytest.mark.skipif(not isolation.HAS_FORK_SERVER, reason="there is no server to be interrupted")
def test_ctrl_c_does_not_end_the_server_of_decoders_while_it_still_imports():
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])

    with DecoderProcess(work=blocks_ctrl_c) as decoder:
        assert decoder.ask(None, Path("none"))

    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before

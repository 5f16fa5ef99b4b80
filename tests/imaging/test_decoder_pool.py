"""Compressed series: two children, pixels through shared memory, and the first bad slice named."""

import os
import signal
from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless, RLELossless

from medmm.core.errors import Cancelled, InputError, UnreadableFile
from medmm.core.progress import CancelToken
from medmm.imaging import decoder_pool
from medmm.imaging.decoder_pool import DecoderPool
from medmm.imaging.dicom import read_instance
from medmm.imaging.encapsulated_pixels import read_stored
from medmm.imaging.facts_reader import FactsReader
from medmm.imaging.pixel_request import PixelRequest, decode_into_memory
from medmm.imaging.reader import read_image, stream_image
from medmm.imaging.sniff import read_head
from tests.imaging.builders import write_slice


def write_compressed(folder, n_slices, syntax=RLELossless):
    paths = []
    for number in range(n_slices):
        path = write_slice(folder, number, number)
        ds = dcmread(path)
        ds.Rows = ds.Columns = 64  # JPEG 2000 halves them five times
        ds.PixelData = np.full((64, 64), 100 * number - 50, np.int16).tobytes()
        ds.compress(syntax, generate_instance_uid=False)
        ds.save_as(path)
        paths.append(path)
    return paths


def facts_of(paths):
    reader = FactsReader()
    return [reader.read(read_head(path)) for path in paths]


@pytest.mark.parametrize("syntax", [RLELossless, JPEG2000Lossless, JPEGLSLossless])
def test_a_compressed_series_has_the_pixels_that_were_compressed(tmp_path, syntax):
    image = read_image(write_compressed(tmp_path, 7, syntax))

    assert image.stored.dtype == np.int16
    assert image.stored[:, 2, 3].tolist() == [-50, 50, 150, 250, 350, 450, 550]


def test_a_compressed_stream_begins_with_the_middle_and_brings_every_slice(tmp_path):
    preview, *arrivals = stream_image(write_compressed(tmp_path, 7))

    assert preview.image.stored[0, 0, 0] == 250
    assert 3 in arrivals[0].slices
    assert sorted(index for arrival in arrivals for index in arrival.slices) == list(range(7))
    assert arrivals[-1].image.stored[:, 0, 0].tolist() == [-50, 50, 150, 250, 350, 450, 550]


def test_the_first_bad_slice_is_named_whichever_child_met_it(tmp_path):
    paths = write_compressed(tmp_path, 8)
    for number in (3, 4, 6):
        raw = paths[number].read_bytes()
        paths[number].write_bytes(raw[:-20])

    with pytest.raises(UnreadableFile, match=f"'{paths[3].name}'"):
        read_image(paths)


def test_each_object_is_stored_under_its_own_index(tmp_path):
    paths = write_compressed(tmp_path, 4)
    found = facts_of(paths)
    kept = {}

    with DecoderPool() as pool:
        done = sorted(pool.read_each(enumerate(found), lambda index, pixels: kept.update({index: pixels.copy()})))

    assert done == [0, 1, 2, 3]
    assert [int(kept[index][0, 0, 0]) for index in range(4)] == [-50, 50, 150, 250]


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="Windows cannot stop a process")
def test_a_child_that_hangs_ends_the_reading_with_the_name_of_its_file(tmp_path):
    found = facts_of(write_compressed(tmp_path, 3))

    with DecoderPool(time_limit_s=0.5) as pool:
        pool.read(found[0])
        os.kill(pool._children[0]._process.pid, signal.SIGSTOP)
        with pytest.raises(UnreadableFile, match=r"could not be decoded within 0\.5 s") as caught:
            [*pool.read_each(enumerate(found), lambda index, pixels: None)]

    assert caught.value.source == found[0].path


def test_a_child_that_dies_is_told_and_the_pool_serves_on(tmp_path):
    found = facts_of(write_compressed(tmp_path, 3))

    with DecoderPool() as pool:
        pool.read(found[0])
        pool._children[0]._process.kill()
        pool._children[0]._process.join()
        with pytest.raises(UnreadableFile, match="stopped the decoder"):
            [*pool.read_each(enumerate(found), lambda index, pixels: None)]
        assert pool.read(found[1])[0, 0, 0] == 50


def test_cancelling_ends_the_children(tmp_path):
    found, cancel = facts_of(write_compressed(tmp_path, 6)), CancelToken()

    with DecoderPool(cancel=cancel) as pool:
        reading = pool.read_each(enumerate(found), lambda index, pixels: None)
        next(reading)
        cancel.set()
        with pytest.raises(Cancelled):
            list(reading)
        assert not any(child.job for child in pool._children)


def test_a_stream_left_early_leaves_no_child_and_no_shared_memory(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(decoder_pool, "SharedMemory", lambda **how: made.append(SharedMemory(**how)) or made[-1])
    arrivals = stream_image(write_compressed(tmp_path, 6))
    next(arrivals)
    next(arrivals)

    arrivals.close()

    with pytest.raises(FileNotFoundError):
        SharedMemory(made[0].name)


def test_pixels_larger_than_their_place_come_through_the_pipe(tmp_path):
    (facts,) = facts_of(write_compressed(tmp_path, 1))

    answer = decode_into_memory(PixelRequest(facts, "", 0, 8))

    assert answer.pixels is not None
    assert answer.pixels.shape == answer.shape == (1, 64, 64)


@pytest.mark.slow
def test_real_compressed_pixels_are_those_of_the_whole_object(shared_data):
    reader, differing, n_read = FactsReader(), [], 0
    for name in ("ts_misc", "wg04", "ts_matrix_ct", "ct_single"):
        for path in sorted((shared_data / "dicom" / name).iterdir()):
            facts = _facts_of_real(reader, path)
            if facts is None or facts.header.transfer_syntax_uid not in (RLELossless, JPEG2000Lossless, JPEGLSLossless):
                continue
            n_read += 1
            if not np.array_equal(read_stored(facts), read_instance(path)[1]):
                differing.append(path.name)

    assert differing == []
    assert n_read >= 5


def _facts_of_real(reader, path):
    try:
        return reader.read(read_head(path))
    except InputError:
        return None

"""Slices arrive one by one, the middle one first, and end in the image that `read_image` gives."""

import numpy as np
import pytest
from PIL import Image

from medmm.core.errors import Cancelled, IncompleteSeries, UnreadableFile
from medmm.core.progress import CancelToken
from medmm.imaging.reader import read_image, stream_image
from tests.imaging.builders import write_image, write_slice


def write_stack(folder, n_slices=5):
    return [write_slice(folder, number, 2.0 * number) for number in range(n_slices)]


def test_the_last_arrival_is_the_image_of_read_image(tmp_path):
    paths = write_stack(tmp_path)

    last = [*stream_image(paths)][-1]

    whole = read_image(paths)
    assert last.is_whole
    assert np.array_equal(last.image.stored, whole.stored)
    assert (last.image.instances, last.image.windows, last.image.notes) == (
        whole.instances, whole.windows, whole.notes,
    )  # fmt: skip


def test_the_middle_slice_comes_first_and_then_its_neighbours(tmp_path):
    _preview, *arrivals = stream_image(write_stack(tmp_path))

    assert [arrival.slices for arrival in arrivals] == [(2,), (1,), (3,), (0,), (4,), ()]
    assert {arrival.focus for arrival in arrivals} == {2}
    assert [arrival.is_whole for arrival in arrivals] == [False] * 5 + [True]


def test_one_array_is_filled_in_place(tmp_path):
    _preview, first, *rest = stream_image(write_stack(tmp_path))

    assert all(arrival.image is first.image for arrival in rest)
    assert list(first.image.stored[:, 0, 0]) == [0, 2, 4, 6, 8]  # write_slice puts z there


def test_one_slice_alone_is_shown_before_the_order_is_known(tmp_path):
    paths = write_stack(tmp_path)

    preview = next(stream_image(paths))

    assert preview.image.instances[0].path == paths[2]
    assert preview.image.stored.shape == (1, 4, 6)
    assert not preview.is_whole


def test_a_damaged_middle_gives_no_preview_but_the_error(tmp_path):
    paths = write_stack(tmp_path)
    write_image(paths[2], np.zeros((4, 6), np.int16), modality="CT", Rows=None)

    with pytest.raises(UnreadableFile, match="Rows"):
        [*stream_image(paths)]


def test_no_arrival_is_whole_when_a_slice_is_cut_off(tmp_path):
    paths = write_stack(tmp_path)
    paths[4].write_bytes(paths[4].read_bytes()[:-20])
    arrivals = []

    with pytest.raises(UnreadableFile, match="cut off"):
        arrivals.extend(stream_image(paths))

    assert not any(arrival.is_whole for arrival in arrivals)


def test_twins_with_different_pixels_are_refused_before_the_image_is_whole(tmp_path):
    paths = write_stack(tmp_path)
    pixels = np.full((4, 6), 7, np.int16)
    twin = write_slice(tmp_path, 9, 4.0, PixelData=pixels.tobytes())

    with pytest.raises(IncompleteSeries, match="different pixels"):
        [*stream_image([*paths, twin])]


def test_a_stream_stops_when_cancelled(tmp_path):
    cancel = CancelToken()
    arrivals = stream_image(write_stack(tmp_path), cancel=cancel)
    next(arrivals)
    cancel.set()

    with pytest.raises(Cancelled):
        next(arrivals)


def test_a_picture_among_the_slices_is_told_before_anything_is_whole(tmp_path):
    paths = write_stack(tmp_path)
    picture = tmp_path / "picture"
    Image.new("L", (6, 4)).save(picture, format="PNG")
    arrivals = []

    with pytest.raises(IncompleteSeries, match="of different formats: dicom, png"):
        arrivals.extend(stream_image([*paths, picture]))

    assert not any(arrival.is_whole for arrival in arrivals)

"""Slices by position; gaps, doubles, tilt and mixtures named."""

import math

import numpy as np
import pytest

from medmm.core.errors import IncompleteSeries, UnreadableFile
from medmm.imaging.reader import read_image
from medmm.imaging.scan import scan_folder
from medmm.imaging.windowing import to_modality
from tests.imaging.builders import UID_ROOT, write_slice


def _codes(image):
    return [note.code for note in image.notes]


def test_slices_are_sorted_by_position_not_by_instance_number(tmp_path):
    paths = [write_slice(tmp_path, number, z) for number, z in [(1, 10), (2, 0), (3, 5)]]

    image = read_image(paths)

    assert image.stored[:, 0, 0].tolist() == [0, 5, 10]
    assert [found.instance_number for found in image.instances] == [2, 3, 1]
    assert image.stored.dtype == np.int16
    assert image.geometry.spacing_mm == (5.0, 0.5954, 0.5454)
    assert (image.geometry.affine @ (2, 1, 1, 1)).tolist() == pytest.approx([0.5454, 0.5954, 10, 1])
    assert _codes(image) == []


def test_each_slice_keeps_its_own_rescale(tmp_path):
    paths = [write_slice(tmp_path, n, n, RescaleSlope=n, RescaleIntercept=0) for n in (1, 2, 3)]

    image = read_image(paths)

    assert [int(to_modality(image, index)[0, 1]) for index in range(3)] == [1, 2, 3]


def test_one_missing_slice_is_named_and_leaves_no_geometry_across(tmp_path):
    paths = [write_slice(tmp_path, n, 2.0 * n) for n in range(1, 21) if n != 9]

    image = read_image(paths)

    note = next(note for note in image.notes if note.code == "slices_missing")
    assert "2.00 mm and 4.00 mm" in note.message
    assert image.geometry.affine is None
    assert math.isnan(image.geometry.spacing_mm[0])


def test_many_missing_slices_are_refused(tmp_path):
    paths = [write_slice(tmp_path, n, 2.0 * n) for n in range(1, 21) if n % 3]

    with pytest.raises(IncompleteSeries, match=r"2\.00 mm and 4\.00 mm"):
        read_image(paths)


def test_uneven_spacing_is_named_with_both_numbers(tmp_path):
    paths = [write_slice(tmp_path, n, 2.0 * n + (1.5 if n > 5 else 0)) for n in range(10)]

    image = read_image(paths)

    assert "2.00 mm and 3.50 mm" in next(note.message for note in image.notes if note.code == "spacing_uneven")


def test_an_identical_double_is_shown_once(tmp_path):
    paths = [write_slice(tmp_path, n, n) for n in range(4)]
    paths.append(write_slice(tmp_path, 50, 2, SOPInstanceUID=f"{UID_ROOT}.9.2"))

    image = read_image(paths)

    assert image.n_slices == 4
    assert _codes(image) == ["slice_doubled"]


def test_two_different_slices_at_one_place_are_refused(tmp_path):
    paths = [write_slice(tmp_path, n, n) for n in range(4)]
    other = np.full((4, 6), 9, np.int16)
    paths.append(write_slice(tmp_path, 50, 2, PixelData=other.tobytes()))

    with pytest.raises(IncompleteSeries, match="different pixels"):
        read_image(paths)


def test_gantry_tilt_is_named_in_degrees(tmp_path):
    tilt = math.radians(15)
    cosines = [1, 0, 0, 0, round(math.cos(tilt), 6), round(-math.sin(tilt), 6)]
    paths = [write_slice(tmp_path, n, 2.0 * n, ImageOrientationPatient=cosines) for n in range(5)]

    image = read_image(paths)

    assert "15.0 degrees" in next(note.message for note in image.notes if note.code == "gantry_tilt")


def test_one_uid_for_many_places_is_refused(tmp_path):
    paths = [write_slice(tmp_path, n, n, SOPInstanceUID="1.2.3") for n in range(4)]

    with pytest.raises(IncompleteSeries, match="only 1 SOP Instance UIDs"):
        read_image(paths)


def test_mixed_pixel_spacing_is_refused_with_both_values(tmp_path):
    paths = [write_slice(tmp_path, n, n, PixelSpacing=[n // 2 + 1, 1]) for n in range(4)]

    with pytest.raises(IncompleteSeries, match=r"1\\1 / 2\\1"):
        read_image(paths)


def test_a_cut_off_slice_refuses_the_series_and_is_named(tmp_path):
    paths = [write_slice(tmp_path, n, n) for n in range(4)]
    paths[2].write_bytes(paths[2].read_bytes()[:-10])

    with pytest.raises(UnreadableFile, match=rf"{paths[2].name}.*38 bytes, 48 are needed"):
        read_image(paths)


def test_slices_without_positions_are_shown_with_a_warning(tmp_path):
    paths = [write_slice(tmp_path, n, n, ImagePositionPatient=None) for n in range(3)]

    image = read_image(paths)

    assert "positions_missing" in _codes(image)
    assert image.geometry.affine is None


def test_scan_parts_localizer_and_volume(tmp_path):
    for n in range(3):
        write_slice(tmp_path, n, n)
    write_slice(
        tmp_path, 9, 0, ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"], ImageOrientationPatient=[0, 1, 0, 0, 0, -1]
    )

    found = scan_folder(tmp_path).series

    assert sorted(len(series.paths) for series in found) == [1, 3]
    assert {note.code for series in found for note in series.notes} == {"series_split"}


def test_scan_never_merges_two_patients(tmp_path):
    for n in range(4):
        write_slice(tmp_path, n, n, PatientID="P1" if n < 2 else "P2")

    found = scan_folder(tmp_path).series

    assert sorted(series.identity.patient_id for series in found) == ["P1", "P2"]


def test_scan_parts_time_points_at_the_same_places(tmp_path):
    for n in range(6):
        write_slice(tmp_path, n, n % 3, TemporalPositionIdentifier=n // 3 + 1)

    found = scan_folder(tmp_path).series

    assert [len(series.paths) for series in found] == [3, 3]
    assert all(read_image(series.paths).n_slices == 3 for series in found)


def test_films_of_one_series_are_single_images(tmp_path):
    for n in range(2):
        write_slice(tmp_path, n, n, modality="DX", Modality="DX")

    assert [series.n_frames for series in scan_folder(tmp_path).series] == [1, 1]


def test_scan_opens_doubles_that_nothing_tells_apart_one_by_one(tmp_path):
    for n in range(4):
        write_slice(tmp_path, n, n % 2)

    found = scan_folder(tmp_path).series

    assert [len(series.paths) for series in found] == [1, 1, 1, 1]
    assert {note.code for series in found for note in series.notes} == {"series_ambiguous"}

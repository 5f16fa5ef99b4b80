"""Four-dimensional series and enhanced objects: each time, echo or b-value is a volume of its own, with its name."""

import numpy as np
import pydicom
import pytest

from medmm.core.words import Words
from medmm.imaging.dimensions import name_value
from medmm.imaging.pixel_stack import take_frames
from medmm.imaging.reader import read_image, read_series
from medmm.imaging.reformat import Plane, orthogonal
from medmm.imaging.scan import scan_folder
from tests.imaging.builders import write_slice
from tests.imaging.enhanced import Frame, write_enhanced


def _opened(folder):
    found = scan_folder(folder).series
    return {summary.header.series_description: read_series(summary) for summary in found}


def _filled(value):
    return np.full((4, 6), value, np.int16).tobytes()


def _values(image):
    return image.stored[:, 0, 0].tolist()


def test_b_values_of_one_object_open_as_volumes_of_their_own(tmp_path):
    frames = [Frame(z=3.0 * n, value=100 * k + n, b=b) for n in range(4) for k, b in enumerate((0, 1000, 50))]
    write_enhanced(tmp_path / "a", frames)

    opened = _opened(tmp_path)

    assert {name: _values(image) for name, image in opened.items()} == {
        "DTI (b 0)": [0, 1, 2, 3],
        "DTI (b 50)": [200, 201, 202, 203],
        "DTI (b 1000)": [100, 101, 102, 103],
    }
    for image in opened.values():
        assert image.geometry.spacing_mm == pytest.approx((3.0, 2.0, 2.0))
        assert orthogonal(image, Plane.CORONAL).n_slices == 4
        assert "b 0, b 50, b 1000" in image.notes[-1].message


def test_slices_of_a_part_are_sorted_by_place_and_know_their_frames(tmp_path):
    frames = [Frame(z=-3.0 * n, value=10 * t + n, time=t) for t in (1, 2) for n in range(3)]
    write_enhanced(tmp_path / "a", frames)

    second = _opened(tmp_path)["DTI (time 2)"]

    assert _values(second) == [22, 21, 20]
    assert [instance.frame for instance in second.instances] == [5, 4, 3]
    assert [instance.position_mm for instance in second.instances] == [-6, -3, 0]


def test_gradients_part_only_the_b_values_that_have_several(tmp_path):
    directions = [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0)]
    frames = [Frame(z=n, value=n, b=0) for n in range(3)]
    frames += [
        Frame(z=n, value=10 * k + n, b=700, gradient=way) for k, way in enumerate(directions, 1) for n in range(3)
    ]
    write_enhanced(tmp_path / "a", frames)

    opened = _opened(tmp_path)

    assert {name: _values(image) for name, image in opened.items()} == {
        "DTI (b 0)": [0, 1, 2],
        "DTI (b 700, gradient 0/1/0)": [20, 21, 22],
        "DTI (b 700, gradient 1/0/0)": [10, 11, 12],
    }


def test_times_and_echoes_together(tmp_path):
    frames = [
        Frame(z=n, value=100 * t + int(echo) + n, time=t, echo_ms=echo)
        for t in (1, 2) for echo in (10.0, 30.0) for n in range(3)
    ]  # fmt: skip
    write_enhanced(tmp_path / "a", frames)

    opened = _opened(tmp_path)

    assert list(opened) == [
        f"DTI (time {t}, TE {echo} ms)" for t in (1, 2) for echo in (10, 30)
    ]  # fmt: skip
    assert _values(opened["DTI (time 2, TE 30 ms)"]) == [230, 231, 232]


def test_stacks_with_their_own_turn_are_parted_and_named(tmp_path):
    coronal = (1.0, 0, 0, 0, 0, -1.0)
    frames = [Frame(z=n, value=n, stack="1") for n in range(3)]
    frames += [Frame(z=n, value=10 + n, stack="2", orientation=coronal) for n in range(3)]
    write_enhanced(tmp_path / "a", frames)

    assert [summary.frames for summary in scan_folder(tmp_path).series] == [(0, 1, 2), (3, 4, 5)]


def test_two_stacks_of_one_turn_are_parted_by_their_id(tmp_path):
    frames = [Frame(z=n + 100 * (stack == "L5"), value=n, stack=stack) for stack in ("L4", "L5") for n in range(3)]
    write_enhanced(tmp_path / "a", frames)

    assert list(_opened(tmp_path)) == ["DTI (stack L4)", "DTI (stack L5)"]


def test_a_dimension_that_only_its_index_tells_is_named_by_its_pointer(tmp_path):
    frames = [Frame(z=n, value=10 * k + n, index=(n + 1, k)) for n in range(3) for k in (1, 2)]
    write_enhanced(tmp_path / "a", frames, dimensions=["InStackPositionNumber", "FlipAngle"])

    opened = _opened(tmp_path)

    assert list(opened) == ["DTI (FlipAngle 1)", "DTI (FlipAngle 2)"]
    assert _values(opened["DTI (FlipAngle 2)"]) == [20, 21, 22]


def test_one_place_at_many_times_stays_one_image_to_play(tmp_path):
    path = write_enhanced(tmp_path / "a", [Frame(z=0, value=t, time=t) for t in range(6)])

    assert [summary.frames for summary in scan_folder(tmp_path).series] == [()]
    assert _values(read_image(path)) == [0, 1, 2, 3, 4, 5]


def test_frames_at_one_place_that_nothing_tells_apart_stay_as_stored(tmp_path):
    write_enhanced(tmp_path / "a", [Frame(z=n, value=n) for n in (0, 1, 2, 0, 1, 2)])

    assert [summary.frames for summary in scan_folder(tmp_path).series] == [()]


def test_a_volume_in_one_object_is_not_parted(tmp_path):
    write_enhanced(tmp_path / "a", [Frame(z=n, value=n, time=n, b=n) for n in range(5)])

    assert [summary.frames for summary in scan_folder(tmp_path).series] == [()]


def test_single_files_are_named_by_what_tells_them_apart(tmp_path):
    for n in range(6):
        write_slice(tmp_path, n, n % 3, EchoTime=20 * (n // 3 + 1), EchoNumbers=None, SeriesDescription="T2")

    assert list(_opened(tmp_path)) == ["T2 (TE 20 ms)", "T2 (TE 40 ms)"]


def test_phases_are_counted_at_each_place_where_trigger_times_differ_between_slices(tmp_path):
    for n in range(9):
        z, phase = n % 3, n // 3
        write_slice(tmp_path, n, z, TriggerTime=30.0 * phase + z, SeriesDescription="cine")

    opened = _opened(tmp_path)

    assert list(opened) == ["cine (phase 1)", "cine (phase 2)", "cine (phase 3)"]
    assert [instance.instance_number for instance in opened["cine (phase 2)"].instances] == [3, 4, 5]


def test_single_images_of_one_place_are_a_film_in_the_order_of_their_times(tmp_path):
    paths = [write_slice(tmp_path, n, 0, TriggerTime=100.0 * (n * 3 % 5), PixelData=_filled(n)) for n in range(5)]

    found = scan_folder(tmp_path).series
    film = read_image(paths)

    assert [len(summary.paths) for summary in found] == [5]
    assert [instance.instance_number for instance in film.instances] == [0, 2, 4, 1, 3]
    assert film.geometry.affine is None
    assert film.geometry.row_direction == "L"
    assert "5 images of one place" in film.notes[-1].message


def test_two_images_of_one_place_and_time_are_no_film(tmp_path):
    for n in range(2):
        write_slice(tmp_path, n, 0, AcquisitionTime="120000", PixelData=_filled(n))

    assert [len(summary.paths) for summary in scan_folder(tmp_path).series] == [1, 1]


def test_a_series_without_uid_is_held_together_by_its_frame_of_reference(tmp_path):
    for n in range(4):
        write_slice(tmp_path, n, n, SeriesInstanceUID="", FrameOfReferenceUID=f"1.2.{n // 3}")

    assert sorted(len(summary.paths) for summary in scan_folder(tmp_path).series) == [1, 3]


@pytest.mark.parametrize(
    ("group", "creator", "element", "vr", "value"),
    [
        (0x0043, "GEMS_PARM_01", 0x39, "IS", [1_000_000_700, 8, 0, 0]),
        (0x0019, "SIEMENS MR HEADER", 0x0C, "IS", 700),
        (0x2001, "Philips Imaging DD 001", 0x03, "FL", 700.0),
        (0x2001, "Philips Imaging DD 001", 0x03, "UN", b"\x00\x00\x2f\x44"),
        (0x0043, "GEMS_PARM_01", 0x39, "UN", b"700\\8\\0\\0 "),
    ],
)
def test_b_values_of_private_elements_part_what_nothing_else_does(tmp_path, group, creator, element, vr, value):
    for n in range(6):
        path = write_slice(tmp_path, n, n % 3, modality="MR", Modality="MR", SeriesDescription="DWI")
        ds = pydicom.dcmread(path)
        nothing = {"IS": 0, "FL": 0.0, "UN": b"0 "}[vr]
        ds.private_block(group, creator, create=True).add_new(element, vr, value if n > 2 else nothing)
        ds.save_as(path)

    assert list(_opened(tmp_path)) == ["DWI (b 0)", "DWI (b 700)"]


def test_real_diffusion_is_parted_by_its_private_b_value(shared_data):
    opened = _opened(shared_data / "dicom" / "mr_series" / "diffusion_ge")

    assert [name.strip() for name in opened] == ["(b 0)", "(b 1000)"]
    assert all(image.n_slices == 4 and image.geometry.affine is not None for image in opened.values())


def test_the_name_of_a_stack_can_be_said_in_another_language(shared_data):
    names = list(_opened(shared_data / "dicom" / "mr_series" / "diffusion_ge"))

    assert all(isinstance(name, Words) for name in names)
    assert [name.values["part"].values["part_0"].template for name in names] == ["b {value}", "b {value}"]


def test_names_say_what_a_value_is():
    assert name_value("DiffusionBValue", "1000.0") == "b 1000"
    assert name_value("AcquisitionTime", "143042.10") == "at 14:30:42"
    assert name_value("FrameType", "ORIGINAL\\PRIMARY\\DIFFUSION\\ADC") == "diffusion adc"
    assert name_value("ConvolutionKernel", "B30f") == "kernel B30f"
    assert name_value("DiffusionGradientOrientation", "0.70710678\\-0.70710678\\0") == "gradient 0.71/-0.71/0"


def test_frames_are_put_in_order_without_a_second_array():
    stored = np.arange(7)[:, None, None] * np.ones((7, 2, 3), int)
    order = [3, 0, 6, 2, 4, 1, 5]

    ordered = take_frames(stored, list(order))

    assert ordered[:, 0, 0].tolist() == order
    assert np.shares_memory(ordered, stored)


def test_real_enhanced_objects_are_volumes(shared_data):
    folder = shared_data / "dicom" / "enhanced_mf"
    expected = {"011-0001.img": (25, 3.3), "6_1.dcm": (6, 2.4), "mf.dcm": (3, 2.5)}

    for name, (n_slices, spacing_mm) in expected.items():
        image = read_image(folder / name)
        assert image.n_slices == n_slices
        assert image.geometry.spacing_mm[0] == pytest.approx(spacing_mm, abs=0.01)
        assert orthogonal(image, Plane.SAGITTAL).geometry.column_direction.startswith("F")

"""What a folder holds, by content, with a reason for every file that is skipped."""

import os
import time

import numpy as np
import pytest
from PIL import Image
from pydicom.uid import ExplicitVRLittleEndian, RLELossless

from medmm.core.errors import Cancelled
from medmm.core.progress import CancelToken
from medmm.imaging.scan import growing_scan, scan_folder
from tests.imaging.builders import make_data_set, write_data_set, write_image, write_slice
from tests.imaging.document_builders import make_reference, write_key_objects, write_pdf, write_report

RAMP = np.arange(48, dtype=np.uint16).reshape(6, 8)


def test_files_are_told_apart_by_content_at_any_depth(tmp_path):
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    film = write_image(deep / "film.txt", RAMP)
    Image.new("L", (4, 4)).save(tmp_path / "picture.csv", format="PNG")
    (tmp_path / "note.dcm").write_text("cough and fever")

    found = scan_folder(tmp_path)

    assert found.images == ((film,), (tmp_path / "picture.csv",))
    assert found.others == (tmp_path / "note.dcm",)
    assert found.skipped == ()


def test_objects_that_are_no_images_are_skipped_with_words(tmp_path):
    spectrum = make_data_set(RAMP, SOPClassUID="1.2.840.10008.5.1.4.1.1.4.2", PixelData=None, Rows=None, Columns=None)
    write_data_set(tmp_path / "x", spectrum)

    found = scan_folder(tmp_path)

    assert [(file.code, "MR spectroscopy" in file.reason) for file in found.skipped] == [("dicom_not_image", True)]


def test_reports_key_objects_and_documents_are_kept_apart_from_images(tmp_path):
    write_image(tmp_path / "film", RAMP)
    write_report(tmp_path / "sr")
    write_key_objects(tmp_path / "ko", make_reference("1.2.9", (3,)))
    write_pdf(tmp_path / "pdf", b"%PDF-1.7")

    found = scan_folder(tmp_path)

    assert [(document.kind.value, document.title) for document in found.documents] == [
        ("key_objects", "For Teaching"), ("pdf", "Discharge letter"), ("report", "Chest report"),
    ]  # fmt: skip
    assert (found.skipped, len(found.series)) == ((), 1)


def test_a_damaged_file_is_skipped_and_the_rest_goes_on(tmp_path):
    write_image(tmp_path / "good", RAMP)
    write_image(tmp_path / "bad", RAMP, Rows=None)
    (tmp_path / "empty").touch()

    found = scan_folder(tmp_path)

    assert len(found.series) == 1
    assert {file.path.name: file.code for file in found.skipped} == {"bad": "unreadable_file", "empty": "empty_file"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_links_and_pipes_are_never_opened(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    write_image(outside / "film", RAMP)
    (inside / "link").symlink_to(outside / "film")
    (inside / "loop").symlink_to(inside)
    os.mkfifo(inside / "pipe")
    start = time.monotonic()

    found = scan_folder(inside)

    assert time.monotonic() - start < 2
    assert found.images == ()
    assert [file.code for file in found.skipped] == ["symbolic_link", "symbolic_link", "not_regular"]


def test_a_single_file_can_be_scanned(tmp_path):
    film = write_image(tmp_path / "film", RAMP)

    assert scan_folder(film).images == ((film,),)


def test_scan_stops_when_cancelled(tmp_path):
    write_image(tmp_path / "film", RAMP)
    cancel = CancelToken()
    cancel.set()

    with pytest.raises(Cancelled):
        scan_folder(tmp_path, cancel=cancel)


def test_summary_counts_slices_without_reading_pixels(tmp_path):
    paths = [write_slice(tmp_path, n, n) for n in range(3)]

    series = scan_folder(tmp_path).series[0]

    assert (series.n_frames, series.rows, series.cols) == (3, 4, 6)
    assert set(series.paths) == set(paths)
    assert series.header.modality == "CT"


def test_a_growing_scan_reports_each_series_as_it_grows(tmp_path):
    for number in range(4):
        write_slice(tmp_path, number, 2.0 * number)

    reports = [*growing_scan([tmp_path], every_s=0)]

    assert [len(report.series[0].paths) for report in reports] == [1, 2, 3, 4, 4]
    assert reports[-1] == scan_folder(tmp_path)


def test_a_growing_scan_stops_when_cancelled(tmp_path):
    for number in range(3):
        write_slice(tmp_path, number, 2.0 * number)
    cancel = CancelToken()
    reports = growing_scan([tmp_path], every_s=0, cancel=cancel)
    next(reports)
    cancel.set()

    with pytest.raises(Cancelled):
        next(reports)


def test_a_number_whose_bytes_do_not_fit_its_kind_stops_nothing(tmp_path):
    path = write_slice(tmp_path, 1, 0.0, PixelPaddingValue=258)
    stored = path.read_bytes()
    assert stored.count(b"\x28\x00\x20\x01SS\x02\x00") == 1
    path.write_bytes(stored.replace(b"\x28\x00\x20\x01SS\x02\x00", b"\x28\x00\x20\x01FD\x02\x00"))

    assert len(scan_folder(tmp_path).series) == 1


@pytest.mark.parametrize(("syntax", "n_warmed"), [(RLELossless, 1), (ExplicitVRLittleEndian, 0)])
def test_decoders_get_ready_once_a_scan_meets_compressed_pixels(tmp_path, monkeypatch, syntax, n_warmed):
    warmed = []
    monkeypatch.setattr("medmm.imaging.scan.warm_up", lambda: warmed.append(1))
    for number in range(2):
        ds = make_data_set(RAMP, SOPInstanceUID=f"1.2.{number}")
        if syntax == RLELossless:
            ds.compress(syntax, generate_instance_uid=False)
        write_data_set(tmp_path / str(number), ds)

    scan_folder(tmp_path)

    assert len(warmed) == n_warmed

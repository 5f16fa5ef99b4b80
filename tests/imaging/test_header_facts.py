"""What a header says for the corners."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image

from medmm.core.quality import Severity
from medmm.core.resources import resource
from medmm.imaging.reader import read_image
from tests.imaging.builders import write_image

RAMP = np.arange(24, dtype=np.uint16).reshape(4, 6)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"LossyImageCompression": "00"}, ""),
        ({"LossyImageCompression": "01"}, "lossy"),
        ({"LossyImageCompression": "01", "LossyImageCompressionRatio": 12}, "lossy 12:1"),
        (
            {
                "LossyImageCompression": "01",
                "LossyImageCompressionRatio": [10, 3.5],
                "LossyImageCompressionMethod": ["ISO_10918_1", "ISO_15444_1"],
            },
            "lossy 10:1 JPEG → 3.5:1 JPEG 2000",
        ),
        ({"LossyImageCompression": "01", "LossyImageCompressionMethod": "OWN"}, "lossy OWN"),
    ],
)
def test_every_step_of_loss_is_named(tmp_path: Path, values: dict[str, object], expected: str) -> None:
    assert read_image(write_image(tmp_path / "x", RAMP, **values)).header.lossy == expected


def test_study_contrast_and_thickness_are_read(tmp_path: Path) -> None:
    header = read_image(
        write_image(tmp_path / "x", RAMP, StudyID="4711", ContrastBolusAgent="IODINE", SliceThickness="2.500000")
    ).header

    assert (header.study_id, header.contrast, header.slice_thickness) == ("4711", "IODINE", "2.5")


@pytest.mark.parametrize(("name", "expected"), [("x.jpg", "lossy JPEG"), ("x.png", "")])
def test_a_picture_says_whether_it_lost_something(tmp_path: Path, name: str, expected: str) -> None:
    Image.fromarray(RAMP.astype(np.uint8)).save(tmp_path / name)

    assert read_image(tmp_path / name).header.lossy == expected


@pytest.mark.parametrize(
    ("keyword", "code"),
    [
        ("StudyInstanceUID", "required_missing"),
        ("SeriesInstanceUID", "required_missing"),
        ("SOPClassUID", "required_missing"),
        ("SOPInstanceUID", "required_missing"),
        ("Modality", "required_missing"),
        ("PatientName", "required_missing"),
        ("SamplesPerPixel", "required_missing"),
        ("PixelRepresentation", "required_missing"),
        ("RescaleSlope", "rescale_incomplete"),
        ("RescaleIntercept", "rescale_incomplete"),
        ("", ""),
    ],
)
def test_a_film_that_lacks_what_every_image_states_says_so(tmp_path: Path, keyword: str, code: str) -> None:
    film = pydicom.dcmread(resource("samples", "chest_pneumonia") / "chest.dcm")
    if keyword:
        delattr(film, keyword)
    film.save_as(tmp_path / "film.dcm")

    notes = read_image(tmp_path / "film.dcm").notes

    assert [note.code for note in notes if note.severity is Severity.WARNING] == [code][: len(keyword)]
    assert all(keyword in note.message for note in notes if note.code == "required_missing")


def test_an_empty_name_is_none_that_is_missing(tmp_path: Path) -> None:
    film = pydicom.dcmread(resource("samples", "chest_pneumonia") / "chest.dcm")
    film.PatientName = ""
    film.save_as(tmp_path / "film.dcm")

    assert [note for note in read_image(tmp_path / "film.dcm").notes if note.severity is Severity.WARNING] == []


def test_file_meta_information_of_another_object_is_told(tmp_path: Path) -> None:
    film = pydicom.dcmread(resource("samples", "chest_pneumonia") / "chest.dcm")
    film.file_meta.MediaStorageSOPInstanceUID = "1.2.4"
    film.save_as(tmp_path / "other.dcm", enforce_file_format=False)

    assert [note.code for note in read_image(tmp_path / "other.dcm").notes] == ["uids_differ"]


@pytest.mark.parametrize(("n_more", "codes"), [(0, []), (1, []), (3, ["pixel_data_long"])])
def test_more_pixel_data_than_the_image_needs_is_told_but_for_the_padding(
    tmp_path: Path, n_more: int, codes: list[str]
) -> None:
    odd = np.arange(15, dtype=np.uint8).reshape(3, 5)
    path = write_image(tmp_path / "x", odd)
    film = pydicom.dcmread(path)
    film.PixelData = odd.tobytes() + bytes(n_more)
    film.save_as(path)

    image = read_image(path)

    assert [note.code for note in image.notes if note.code.startswith("pixel_data")] == codes
    assert np.array_equal(image.stored[0], odd)

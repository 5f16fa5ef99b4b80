"""A slice is found again by what it is, not by where it lies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from medmm.core.image import StudyHeader
from medmm.core.measurement import SlicePlace
from medmm.imaging.slice_place import is_computed, place_of, stated_slice
from tests.imaging.builders import make_image

STACK = np.arange(24, dtype=np.int16).reshape(2, 3, 4)


def test_a_dicom_slice_is_named_by_its_uid_frame_study_and_series() -> None:
    image = replace(make_image(STACK), header=StudyHeader(study_uid="1.5", series_uid="1.6"))

    place = place_of(image, 1)

    assert (place.sop_instance_uid, place.frame, place.study_uid, place.series_uid) == ("1.1", 1, "1.5", "1.6")
    assert place.document == "1.5"


def test_a_picture_is_named_by_its_pixels() -> None:
    def picture(stored: np.ndarray) -> object:
        image = make_image(stored)
        return place_of(replace(image, instances=(replace(image.instances[0], sop_instance_uid=""),)), 0)

    first = picture(STACK[0])

    assert first == picture(STACK[0].copy())
    assert first != picture(STACK[1])
    assert first != picture(STACK[0].reshape(4, 3))


def test_a_picture_is_kept_by_itself_and_a_slice_with_its_study() -> None:
    ct, loose = replace(make_image(STACK), header=StudyHeader(study_uid="1.5")), make_image(STACK)

    assert [place_of(image, 1).document for image in (ct, loose)] == ["1.5", "1.1"]


def test_a_slice_is_found_by_what_the_image_states() -> None:
    image = make_image(STACK)

    assert stated_slice(image, place_of(image, 1)) == 1
    assert stated_slice(image, SlicePlace("1.1", 0)) is None


def test_a_plane_of_a_study_without_uid_is_computed_and_a_picture_is_not() -> None:
    picture = make_image(STACK)
    picture = replace(picture, instances=tuple(replace(one, sop_instance_uid="") for one in picture.instances))

    assert not is_computed(place_of(picture, 0))
    assert is_computed(place_of(replace(picture, header=StudyHeader(study_uid="1.5")), 0))

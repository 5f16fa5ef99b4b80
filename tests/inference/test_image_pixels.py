"""Real pixels of the shipped samples, and what is done to them: each fault is told by its own code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from medmm.core.image import MedicalImage
from medmm.core.quality import Severity
from medmm.core.resources import resource
from medmm.imaging.reader import read_image
from medmm.inference.film_look import LOOKS, look_at
from medmm.inference.film_text import count_letters
from medmm.inference.image_gate import choose_image, refuse_image
from medmm.inference.image_pixels import check_look, clipped_share, display_sample, field_share
from tests.inference.builders import make_case
from tests.inference.film_faults import Pixels, framed, washed_out, written_over

SAMPLES = ("chest_pneumonia", "chest_chinese", "chest_no_vitals")


@pytest.fixture(scope="module", params=SAMPLES)
def film(request: pytest.FixtureRequest) -> MedicalImage:
    folder = resource("samples", request.param)
    return read_image(next(path for path in sorted(folder.iterdir()) if path.suffix == ".dcm"))


def with_pixels(film: MedicalImage, change: Callable[[Pixels], Pixels]) -> MedicalImage:
    return replace(film, stored=np.ascontiguousarray(change(film.stored[0]))[None])


def two_toned(pixels: Pixels) -> Pixels:
    return np.where(pixels < np.median(pixels), pixels.min(), pixels.max())


def lost_in_a_frame(pixels: Pixels) -> Pixels:
    return framed(framed(pixels))


REFUSED: dict[str, tuple[Callable[[Pixels], Pixels], str]] = {
    "quarter turn": (np.rot90, "image_rotated"),
    "upside down": (lambda pixels: pixels[::-1, ::-1], "image_rotated"),
    "negative": (lambda pixels: pixels.max() - pixels, "image_inverted"),
    "one side only": (lambda pixels: pixels[:, : pixels.shape[1] * 3 // 5], "image_cropped"),
    "two tones": (two_toned, "image_blank"),
    "wide frame": (lost_in_a_frame, "image_mostly_empty"),
}
WARNED: dict[str, tuple[Callable[[Pixels], Pixels], str]] = {
    "frame": (framed, "image_mostly_empty"),
    "washed out": (washed_out, "image_saturated"),
    "legend": (written_over, "image_burnt_in_text"),
}


def test_a_sound_film_is_refused_for_nothing_and_warned_of_nothing(film: MedicalImage) -> None:
    assert refuse_image(film) is None
    assert check_look(film).is_sound


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_worth_no_more_than_no_film_is_refused_with_its_code(film: MedicalImage, fault: str) -> None:
    change, code = REFUSED[fault]
    refusal = refuse_image(with_pixels(film, change))
    assert refusal is not None
    assert refusal.code == code


@pytest.mark.parametrize("fault", WARNED)
def test_what_is_worth_more_than_no_film_is_read_with_a_warning(film: MedicalImage, fault: str) -> None:
    change, code = WARNED[fault]
    look = check_look(with_pixels(film, change))
    assert look.refusal is None
    assert not look.is_sound
    assert code in {note.code for note in look.remarks if note.severity is Severity.WARNING}


def test_a_sound_film_is_taken_before_one_that_is_warned_of(film: MedicalImage) -> None:
    case = replace(make_case(images=(with_pixels(film, framed), film)), index_time=None)
    assert choose_image(case) == 1
    assert choose_image(replace(case, images=case.images[:1])) == 0


def test_monochrome_1_is_looked_at_as_it_is_meant(film: MedicalImage) -> None:
    negative = with_pixels(film, lambda pixels: pixels.max() + pixels.min() - pixels)
    turned = replace(negative, photometric_interpretation="MONOCHROME1")
    assert refuse_image(turned) is None


def test_a_mirrored_film_is_still_one(film: MedicalImage) -> None:
    # Dextrocardia is rare and real; a film must not be refused for it.
    assert refuse_image(with_pixels(film, lambda pixels: pixels[:, ::-1])) is None


def test_shares_of_looks_add_up_to_one_and_do_not_depend_on_size_or_contrast(film: MedicalImage) -> None:
    display = display_sample(film)

    look = look_at(display)

    assert set(look.share) == set(LOOKS)
    assert sum(look.share.values()) == pytest.approx(1.0)
    assert look_at(0.3 + 0.2 * display[::2, ::2]).upright == pytest.approx(look.upright, abs=0.2)


def test_field_and_clipped_shares_are_those_of_a_picture_that_was_made() -> None:
    display = np.zeros((200, 100), dtype=np.float32)
    display[50:150, 20:80] = np.linspace(0.1, 0.9, 6000, dtype=np.float32).reshape(100, 60)
    assert field_share(display) == pytest.approx(0.5 * 0.6)
    ramp = np.tile(np.linspace(0.1, 0.9, 64, dtype=np.float32), (64, 1))
    ramp[:, :16] = 0.0
    # A quarter at black, and one column of the ramp at its brightest.
    assert clipped_share(ramp) == pytest.approx(17 / 64)


def test_letters_are_counted_in_rows_and_a_lone_marker_is_none() -> None:
    blank = np.full((300, 400), 0.2, dtype=np.float32)
    row = blank.copy()
    for k in range(7):
        row[50:62, 40 + 14 * k : 43 + 14 * k] = 1.0
        row[50:53, 40 + 14 * k : 48 + 14 * k] = 1.0
    marker = blank.copy()
    marker[50:70, 40:43] = marker[67:70, 40:52] = 1.0

    assert (count_letters(blank), count_letters(row), count_letters(marker)) == (0, 7, 0)
    assert count_letters(1.0 - row) == 7


def test_white_letters_of_a_negative_are_black_on_grey_and_found(film: MedicalImage) -> None:
    """As on one in ten simulated films: written into the pixels first, shown through MONOCHROME1."""
    negative = with_pixels(film, lambda pixels: written_over(pixels.max() + pixels.min() - pixels))
    look = check_look(replace(negative, photometric_interpretation="MONOCHROME1"))
    assert "image_burnt_in_text" in {note.code for note in look.remarks}

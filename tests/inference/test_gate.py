"""The gate: every bad input has its own code, and none reaches the model."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from medmm.core.case import Case
from medmm.core.image import MedicalImage
from medmm.core.quality import InputKind
from medmm.inference.gate import check_inputs, choose_image, choose_measurements, choose_notes
from medmm.inference.image_pixels import structure_share
from medmm.inference.note_gate import guess_language
from tests.inference.builders import NOON, chest_pixels, make_case, make_image, make_note, make_spec, make_vitals


def codes(case: Case, kind: InputKind) -> tuple[bool, set[str]]:
    use = check_inputs(case, make_spec())[kind]
    assert all(note.kind is kind and note.message.endswith(".") for note in use.gate)
    return use.used, {note.code for note in use.gate}


def noise() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 4096, (300, 260)).astype(np.uint16)


def saturated() -> np.ndarray:
    pixels = chest_pixels()
    low, high = np.percentile(pixels, (25, 60))
    return np.where(pixels < low, 0, np.where(pixels > high, 4095, pixels)).astype(np.uint16)


BAD_IMAGES: dict[str, MedicalImage] = {
    "image_is_volume": make_image(np.stack([chest_pixels()] * 3), modality="CT"),
    "image_wrong_modality": make_image(modality="US"),
    "image_wrong_body_part": make_image(body_part="HAND"),
    "image_not_frontal": make_image(view_position="LL"),
    "image_polarity_missing": replace(make_image(), photometric_interpretation=""),
    "image_too_small": make_image(chest_pixels(60, 60)),
    "image_wrong_shape": make_image(chest_pixels(400, 120)),
    "image_blank": make_image(np.full((300, 260), 700, dtype=np.uint16)),
    "image_not_greyscale": make_image(np.random.default_rng(0).integers(0, 255, (1, 300, 260, 3)).astype(np.uint8)),
    "image_after_index_time": make_image(study_time="120001"),
}


@pytest.mark.parametrize("code", BAD_IMAGES)
def test_bad_image_is_refused_with_its_own_code(code: str) -> None:
    assert codes(make_case(images=(BAD_IMAGES[code],)), InputKind.IMAGE) == (False, {code})


def test_a_washed_out_film_is_read_with_a_warning() -> None:
    assert codes(make_case(images=(make_image(saturated()),)), InputKind.IMAGE) == (True, {"image_saturated"})


def test_pure_noise_shows_nothing() -> None:
    assert codes(make_case(images=(make_image(noise()),)), InputKind.IMAGE) == (False, {"image_blank"})


def test_structure_share_is_near_zero_for_noise_and_high_for_a_film() -> None:
    # Averaging 64 independent pixels divides their variance by 64.
    assert structure_share(noise().astype(np.float32)) == pytest.approx(1 / 64, abs=0.01)
    assert structure_share(chest_pixels().astype(np.float32)) > 0.9


def test_lateral_film_without_view_is_known_by_its_series_description() -> None:
    image = make_image(view_position="", series_description="Thorax lateral")
    assert codes(make_case(images=(image,)), InputKind.IMAGE) == (False, {"image_not_frontal"})


def test_film_taken_at_the_index_time_is_used() -> None:
    assert codes(make_case(images=(make_image(study_time="120000"),)), InputKind.IMAGE) == (True, set())


def test_acquisition_time_counts_before_study_time() -> None:
    image = make_image(study_time="120002", acquisition_datetime="20240305115958.5")
    assert codes(make_case(images=(image,)), InputKind.IMAGE) == (True, set())


@pytest.mark.parametrize(
    "header",
    [
        {"acquisition_datetime": "202403051201+0100"},
        {"study_date": "2024.03.05", "study_time": "12:00:01"},
        {"study_time": "1201"},
        {"study_date": "20240306", "study_time": ""},
    ],
)
def test_a_late_film_is_refused_however_its_time_is_written(header: dict[str, str]) -> None:
    case = make_case(images=(make_image(**header),))
    assert codes(case, InputKind.IMAGE) == (False, {"image_after_index_time"})


def test_a_film_of_days_before_is_used_with_a_warning() -> None:
    assert codes(make_case(images=(make_image(study_date="20240301"),)), InputKind.IMAGE) == (
        True,
        {"image_not_current"},
    )
    assert codes(make_case(images=(make_image(study_date="20240304"),)), InputKind.IMAGE) == (True, set())


def test_first_usable_image_is_chosen_and_said() -> None:
    case = make_case(images=(make_image(view_position="LL"), make_image(view_position="AP")))
    assert choose_image(case) == 1
    assert codes(case, InputKind.IMAGE) == (True, {"image_chosen"})


def test_picture_without_header_is_used_with_remarks() -> None:
    case = make_case(images=(make_image(modality="", body_part="", view_position="", study_date="", study_time=""),))
    assert codes(case, InputKind.IMAGE) == (True, {"image_view_not_stated", "image_without_header"})


def test_grey_picture_stored_as_rgb_is_used() -> None:
    grey = (chest_pixels() // 16).astype(np.uint8)
    case = make_case(images=(make_image(np.stack([grey] * 3, axis=-1)[None]),))
    assert codes(case, InputKind.IMAGE)[0]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("note_empty", " \n\t "),
        ("note_too_short", "cough"),
        ("note_language", "患者发热、咳嗽三天，无胸痛。"),
        ("note_language", "Der Patient ist seit drei Tagen krank und hat Husten mit Auswurf, kein Fieber."),
    ],
)
def test_bad_note_is_refused_with_its_own_code(code: str, text: str) -> None:
    assert codes(make_case(notes=(make_note(text),)), InputKind.NOTE) == (False, {code})


def test_note_written_after_the_index_time_is_left_out() -> None:
    late = make_note(written_at=NOON + timedelta(minutes=1))
    assert codes(make_case(notes=(late,)), InputKind.NOTE) == (False, {"note_after_index_time"})


def test_one_good_note_among_bad_ones_is_chosen() -> None:
    case = make_case(notes=(make_note(""), make_note()))
    assert choose_notes(case) == (1,)
    assert codes(case, InputKind.NOTE) == (True, {"note_empty"})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Fever and cough for 3 days. No chest pain.", "en"),
        ("SOB, CXR pending, r/o PNA", ""),
        ("Le patient est toussant avec une fièvre depuis trois jours", "fr"),
        ("Paciente con tos y fiebre desde hace tres días, sin dolor", "es"),
        ("発熱と咳があります", "ja"),
        ("患者发热、咳嗽三天", "zh"),
        ("Пациент с кашлем", "other"),
    ],
)
def test_language_is_guessed_from_script_and_common_words(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_vitals_after_the_index_time_are_left_out_and_listed() -> None:
    case = make_case(vitals=(make_vitals(("heart_rate", 90.0, 1.0), ("heart_rate", 140.0, -0.5)),))
    used, found = codes(case, InputKind.VITALS)
    assert used
    assert "vitals_after_index_time" in found
    assert [m.value for m in choose_measurements(case, ("heart_rate",))] == [90.0]


def test_vitals_from_long_before_are_not_used() -> None:
    case = make_case(vitals=(make_vitals(("heart_rate", 90.0, 49.0)),))
    assert codes(case, InputKind.VITALS) == (False, {"vitals_outside_window"})


def test_only_impossible_vitals_are_not_used() -> None:
    vitals = make_vitals(("heart_rate", 900.0, 1.0), implausible=frozenset({"heart_rate"}))
    used, found = codes(make_case(vitals=(vitals,)), InputKind.VITALS)
    assert not used
    assert found == {"vitals_implausible", "vitals_all_implausible"}


def test_unknown_vitals_are_not_used() -> None:
    assert codes(make_case(vitals=(make_vitals(("weight_kg", 80.0, 1.0)),)), InputKind.VITALS) == (
        False,
        {"vitals_empty"},
    )


def test_missing_inputs_are_named() -> None:
    uses = check_inputs(make_case(images=(), notes=(), vitals=()), make_spec())
    assert {kind.value: [note.code for note in use.gate] for kind, use in uses.items()} == {
        "image": ["no_image"],
        "note": ["no_note"],
        "vitals": ["no_vitals"],
        "audio": [],
    }


def test_an_input_that_the_model_does_not_take_is_spoken_of_only_where_there_is_one() -> None:
    spec = replace(make_spec(), input_kinds=(InputKind.IMAGE, InputKind.NOTE), vitals=None)

    assert [note.code for note in check_inputs(make_case(), spec)[InputKind.VITALS].gate] == ["not_in_model"]
    assert check_inputs(make_case(vitals=()), spec)[InputKind.VITALS].gate == ()


def test_input_left_out_on_request_says_so() -> None:
    case = make_case(without=frozenset({InputKind.NOTE}))
    assert codes(case, InputKind.NOTE) == (False, {"left_out_by_choice"})


def test_times_with_and_without_zone_are_compared_as_wall_clocks() -> None:
    from datetime import UTC

    case = replace(make_case(), index_time=NOON.replace(tzinfo=UTC))
    assert len(choose_measurements(case, ("heart_rate", "temperature_c"))) == 3

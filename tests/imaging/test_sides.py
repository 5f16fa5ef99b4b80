"""Names of sides of people and animals, and films that state none or nonsense."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from medmm.imaging.geometry import orientation_letters
from medmm.imaging.reader import read_image
from medmm.imaging.sides import on_four_legs, opposite, stated_side
from tests.imaging.builders import write_image, write_slice

RAMP = np.arange(24, dtype=np.uint16).reshape(4, 6)


@pytest.mark.parametrize(("side", "expected"), [("L", "R"), ("LA", "RP"), ("LECR", "RTCD"), ("DI", "PR"), ("", "")])
def test_the_opposite_side_of_people_and_animals(side: str, expected: str) -> None:
    assert opposite(side) == expected


@pytest.mark.parametrize(
    ("text", "is_animal", "expected"),
    [
        ("L", False, "L"),
        (" pf ", False, "PF"),
        ("LE", True, "LE"),
        # Lateral and rostral of an animal look like left and right of a person.
        ("L", True, ""),
        ("X", False, ""),
        ("UNKNOWN", False, ""),
    ],
)
def test_what_is_no_side_is_not_taken_for_one(text: str, is_animal: bool, expected: str) -> None:
    assert stated_side(text, is_animal=is_animal) == expected


def test_a_film_with_a_senseless_orientation_states_no_side(tmp_path: Path) -> None:
    geometry = read_image(write_image(tmp_path / "x", RAMP, PatientOrientation=["XX", "F"])).geometry

    assert (geometry.row_direction, geometry.column_direction) == ("", "F")


def test_a_film_of_an_animal_keeps_its_names_through_turns(tmp_path: Path) -> None:
    path = write_image(tmp_path / "x", RAMP, PatientOrientation=["CD", "V"], AnatomicalOrientationType="QUADRUPED")

    letters = orientation_letters(read_image(path).geometry, quarter_turns=1)

    assert (letters.left, letters.top, letters.right, letters.bottom) == ("V", "CR", "D", "CD")


def test_a_slice_of_an_animal_is_named_on_four_legs(tmp_path: Path) -> None:
    path = write_slice(tmp_path, 1, 0.0, AnatomicalOrientationType="QUADRUPED")

    geometry = read_image(path).geometry

    assert (geometry.row_direction, geometry.column_direction) == ("LE", "D")
    assert on_four_legs("LPH") == "LEDCR"

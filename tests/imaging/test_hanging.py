"""Which protocol a study gets and what goes where."""

from __future__ import annotations

import pytest

from medmm.core.hanging import Candidate, Cell, HangingProtocol
from medmm.core.image import StudyHeader
from medmm.imaging.geometry import plane_of
from medmm.imaging.hanging import choose_hanging, hang, view_of
from medmm.workflow.hanging import load_protocols


def film(view: str = "", *, prior: int = 0, modality: str = "DX", side: str = "", text: str = "") -> Candidate:
    part = "BREAST" if modality == "MG" else "CHEST"
    header = StudyHeader(modality=modality, body_part=part, view_position=view, laterality=side,
                         series_description=text)  # fmt: skip
    return Candidate(header, prior=prior)


def stack(plane: str, *, prior: int = 0) -> Candidate:
    return Candidate(StudyHeader(modality="CT", body_part="CHEST"), plane, prior)


def hung(*candidates: Candidate) -> tuple[str, tuple[int, int], tuple[int | None, ...]] | None:
    found = choose_hanging(load_protocols().protocols, candidates)
    return None if found is None else (found.protocol.name, found.protocol.shape, found.places)


def test_a_chest_pair_with_priors_stands_above_them() -> None:
    found = hung(film("LL"), film("PA"), film("PA", prior=1), film("LL", prior=1))

    assert found == ("Chest: frontal and lateral, priors below", (2, 2), (1, 0, 2, 3))


def test_a_frontal_prior_alone_leaves_the_place_of_its_lateral_empty() -> None:
    found = hung(film("PA"), film("RL"), film("AP", prior=1))

    assert found is not None
    assert found[1:] == ((2, 2), (0, 1, 2, None))


def test_a_chest_pair_without_priors_stands_side_by_side() -> None:
    assert hung(film("LL"), film("AP")) == ("Chest: frontal and lateral", (1, 2), (1, 0))


def test_one_film_needs_no_protocol() -> None:
    assert hung(film("PA")) is None


def test_the_newest_prior_is_taken_not_an_older_one() -> None:
    found = hung(film("PA"), film("PA", prior=2), film("PA", prior=1))

    assert found is not None
    assert found[2] == (0, 2)


def test_four_mammograms_stand_right_beside_left_cc_above_mlo() -> None:
    found = hung(*(film(v, modality="MG", side=s) for v, s in (("MLO", "L"), ("CC", "L"), ("MLO", "R"), ("CC", "R"))))

    assert found is not None
    assert found[2] == (3, 1, 2, 0)


def test_three_planes_of_ct_get_a_viewport_each() -> None:
    found = hung(stack("sagittal"), stack("axial"), stack("coronal"))

    assert found is not None
    assert found[2] == (1, 2, 0, None)


def test_no_image_is_hung_twice() -> None:
    protocol = HangingProtocol("two", ("DX",), (1, 2), (Cell(), Cell()))

    assert hang(protocol, [film("PA")]) is None
    assert hang(protocol, [film("PA"), film("PA")]) is not None


@pytest.mark.parametrize(
    ("view", "text", "expected"),
    [
        ("PA", "", "PA"),
        ("LATERAL", "", "LAT"),
        ("", "Chest Lat", "LAT"),
        ("", "THORAX p.a.", ""),
        ("", "W033 Chest PA and LAT", ""),
        ("", "platform", ""),
    ],
)
def test_the_projection_is_what_is_stated_or_the_one_word_that_names_it(view: str, text: str, expected: str) -> None:
    assert view_of(film(view, text=text).header) == expected


@pytest.mark.parametrize(
    ("orientation", "plane"),
    [
        ((1, 0, 0, 0, 1, 0), "axial"),
        ((1, 0, 0, 0, 0, -1), "coronal"),
        ((0, 1, 0, 0, 0, -1), "sagittal"),
        ((1, 0, 0, 0, 0.94, -0.34), "axial"),
        ((), ""),
    ],
)
def test_a_plane_is_named_by_its_normal(orientation: tuple[float, ...], plane: str) -> None:
    assert plane_of(orientation) == plane

"""Films: lesions change the picture where the boxes say, and the chest is laid out as a chest is."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from medmm.simulate.boxes import find_boxes
from medmm.simulate.film import FilmPlan, make_film_frame, plan_film, render_film
from medmm.simulate.frame import Plane
from medmm.simulate.lungs import lung_air
from medmm.simulate.streams import open_stream
from medmm.simulate.truth import FINDINGS, Truth, draw_truth

ROWS = 288
PAINTED = [name for name in FINDINGS if name != "cardiomegaly"]


def make_truth(*present: str) -> Truth:
    found = MappingProxyType({name: name in present for name in FINDINGS})
    drawn = draw_truth(open_stream(1, 1, "truth"))
    return replace(drawn, present=found, scar=False, film_silent=False, age=60)


def at(frame_value: Plane, plan: FilmPlan, x: float, y: float) -> float:
    frame = make_film_frame(plan, ROWS)
    col = int((x - frame.left_mm) / frame.spacing_mm)
    row = int((y - frame.top_mm) / frame.spacing_mm)
    return float(frame_value[row - 3 : row + 4, col - 3 : col + 4].mean())


@pytest.mark.parametrize("finding", PAINTED)
@pytest.mark.parametrize("index", [0, 1])
def test_box_lies_over_the_change(finding: str, index: int) -> None:
    truth = make_truth(finding)
    plan = plan_film(21, index, truth)

    change = np.abs(render_film(plan, ROWS) - render_film(plan, ROWS, plan.lesions.without(finding)))
    box = find_boxes(plan, truth, ROWS)[finding]

    inside = change[box.row0 : box.row1, box.col0 : box.col1]
    outside = change.copy()
    outside[box.row0 : box.row1, box.col0 : box.col1] = 0
    n_outside = change.size - inside.size
    assert inside.mean() > 3 * outside.sum() / n_outside
    # The strongest change of all lies in the box.
    assert np.quantile(inside, 0.99) > 2 * np.quantile(outside, 0.99)


def test_cardiomegaly_widens_the_heart_beyond_half_the_thorax() -> None:
    big = plan_film(21, 3, make_truth("cardiomegaly")).anatomy
    normal = plan_film(21, 3, make_truth()).anatomy

    assert big.heart_ratio > 0.54 > 0.51 > normal.heart_ratio
    assert big.half_width == normal.half_width


def test_absent_findings_have_no_box() -> None:
    truth = make_truth("nodule")

    assert set(find_boxes(plan_film(21, 2, truth), truth, ROWS)) == {"nodule"}


def test_heart_apex_is_on_the_patients_left_and_liver_on_the_right() -> None:
    plan = plan_film(21, 4, make_truth("cardiomegaly"))
    film = render_film(plan, ROWS)
    anatomy = plan.anatomy

    # x grows to the patient's left, which is at the viewer's right (PatientOrientation L\\F).
    level = anatomy.lung_height - 30
    left, right = at(film, plan, 0.55 * anatomy.half_width, level), at(film, plan, -0.75 * anatomy.half_width, level)
    assert left > right + 0.1


def test_lungs_are_darker_than_mediastinum_and_belly() -> None:
    plan = plan_film(21, 5, make_truth())
    film = render_film(plan, ROWS)
    half, height = plan.anatomy.half_width, plan.anatomy.lung_height

    lung = min(at(film, plan, side * 0.72 * half, 0.55 * height) for side in (-1, 1))
    assert lung < at(film, plan, 0, 0.7 * height) - 0.2
    assert lung < at(film, plan, -0.5 * half, height + 60) - 0.2


def test_size_changes_the_sampling_and_not_the_chest() -> None:
    plan = plan_film(21, 6, make_truth())
    small, large = make_film_frame(plan, 144), make_film_frame(plan, 576)

    assert (large.rows, large.cols) == (576, 512)
    assert large.rows * large.spacing_mm == pytest.approx(small.rows * small.spacing_mm, abs=0.05)
    air = [lung_air(frame, plan.anatomy, 1).sum() * frame.spacing_mm**2 for frame in (small, large)]
    assert air[0] == pytest.approx(air[1], rel=0.02)

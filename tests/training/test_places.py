"""Boxes on their way into the loss, and what the loss makes of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from medmm.training.patients import find_patients
from medmm.training.reading import Reading

pytestmark = pytest.mark.slow


def test_a_box_of_stored_pixels_lies_where_the_image_says() -> None:
    from medmm.training.places import draw_masks

    # A pixel is two stored rows high and four stored columns wide; the first begins at row 10, column -8.
    reading = Reading(np.zeros((8, 8), np.uint8), (0, 8, 0, 8), grid=(2.0, 10.0, 4.0, -8.0))

    masks = draw_masks(reading, [(12, 4, 17, 8), None])

    expected = np.zeros((8, 8), np.float32)
    expected[1:3, 3] = 1
    expected[3, 3] = 0.5
    np.testing.assert_allclose(masks[0], expected)
    assert not masks[1].any()


def test_masks_are_turned_and_zoomed_with_the_film() -> None:
    import torch

    from medmm.training.augment import make_augment
    from medmm.training.augment_config import AugmentConfig

    config = AugmentConfig.model_validate(
        {
            "rotate": {"chance": 1.0, "radians": 0.4},
            "zoom": {"chance": 1.0, "least": 0.8, "most": 1.2},
            "contrast": {"chance": 1.0, "gamma": [0.5, 0.6]},
            "noise": {"chance": 0.0},
        }
    )
    film = torch.zeros(1, 64, 64)
    film[0, 10:20, 40:52] = 1
    augment, alone = make_augment(3, config), make_augment(3, config)

    for _ in range(5):
        moved = augment(torch.cat([film, film]))
        # A gamma below 1 raises what lies between 0 and 1 and leaves the two where they are.
        assert torch.equal(moved[0] == 0, moved[1] == 0)
        assert bool((moved[0] >= moved[1] - 1e-6).all())
        assert torch.equal(moved[:1], alone(film)), "a film is changed in the same way with masks and without"


def test_the_loss_falls_where_evidence_moves_into_the_box() -> None:
    import torch

    from medmm.training.places import place_loss

    masks = torch.zeros(1, 2, 8, 8)
    masks[0, 0, 4:, :4] = 1
    weights, over = torch.tensor([[1.0, 0.0]]), torch.tensor(1.0)
    even = torch.zeros(1, 2, 2, 2)
    inside, outside = even.clone(), even.clone()
    inside[0, 0, 1, 0], outside[0, 0, 0, 1] = 5, 5

    def loss(local: torch.Tensor) -> float:
        return float(place_loss(local, masks, weights, over))

    assert loss(even) == pytest.approx(np.log(4), rel=1e-4)
    assert loss(inside) < 0.03
    assert loss(outside) > 5
    unseen = torch.zeros(1, 2, 8, 8)
    assert float(place_loss(outside, unseen, weights, over)) == 0, "a box that was turned out of the picture"


def test_boxes_of_a_cohort_lie_where_the_anatomy_is(tmp_path: Path) -> None:
    """Read from a cohort on disk and through cropping and resampling."""
    from medmm.simulate.cohort import simulate_cohort
    from medmm.training.config import SplitConfig
    from medmm.training.examples import Example, make_batch
    from medmm.training.read_patient import read_patient
    from tests.models.builders import make_spec

    simulate_cohort(
        tmp_path / "c",
        n_patients=24,
        seed=3,
        inputs=frozenset({InputKind.IMAGE}),
        progress=no_progress,
        cancel=CancelToken(),
    )
    split = SplitConfig(train=0.7, validation=0.1, calibration=0.1, test=0.1)
    rows = find_patients(tmp_path / "c", ["pleural_effusion", "cardiomegaly"], split, domain="simulated")
    spec = make_spec(size=96)
    readings = [read_patient(row, spec.image) for row in rows]
    examples = [Example(row, reading) for row, reading in zip(rows, readings, strict=True)]

    places = make_batch(examples, spec, with_places=True).places

    assert places is not None
    for row, masks, known in zip(rows, places.masks, places.known, strict=True):
        assert known.tolist() == [box is not None for box in row.boxes]
        for mask, box in zip(masks, row.boxes, strict=True):
            assert (mask.sum() > 0) == (box is not None)
    fluid = places.masks[:, 0][places.known[:, 0]].mean(dim=0)
    heart = places.masks[:, 1][places.known[:, 1]].mean(dim=0)
    # Fluid gathers at the bottom of the lungs, the heart lies in the middle.
    assert float(fluid[48:].sum()) > 3 * float(fluid[:48].sum())
    assert float(heart[:, 24:72].sum()) > 0.8 * float(heart.sum())

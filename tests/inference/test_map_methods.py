"""Ways to draw a map: what changes nothing is zero, and a map adds up to what it is made of."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from medmm.core.quality import InputKind
from medmm.inference.gradcam import head_gradcam
from medmm.inference.map_methods import MAP_METHODS, MapSubject, cell_slices, draw_maps, move
from medmm.models.encoded import Encoded

GRID = (4, 4)
SIZE = (32, 32)


class Quadrants(nn.Module):
    """A network of one film whose answer is plain: two channels, of bright and of dark, averaged over 8 x 8 pixels."""

    def fuse(self, z: dict[InputKind, Tensor], present: Tensor) -> Tensor:
        """Two findings: one rises with bright, one with dark."""
        return z[InputKind.IMAGE] * torch.tensor([3.0, -2.0])


def encode(image: Tensor) -> Encoded:
    """Pool bright and dark parts apart; z is their mean, as in our encoders."""
    parts = torch.cat([image.relu(), -(-image).relu()], dim=1)
    maps = nn.functional.avg_pool2d(parts, 8)
    return Encoded(z=maps.mean(dim=(2, 3)), maps=maps)


def subject_of(image: Tensor) -> MapSubject:
    found = encode(image)
    assert found.maps is not None
    return MapSubject(
        {InputKind.IMAGE: found.z}, torch.ones(len(image), 1, dtype=torch.bool), image, found.maps, encode
    )


def film_with(*places: tuple[int, int, float]) -> Tensor:
    """Grey but for whole cells of a value."""
    image = torch.zeros(1, 1, *SIZE)
    for row, col, value in places:
        image[0, 0, 8 * row : 8 * row + 8, 8 * col : 8 * col + 8] = value
    return image


@pytest.mark.parametrize("name", MAP_METHODS)
def test_every_method_finds_the_cell_that_matters_and_leaves_the_others_at_zero(name: str) -> None:
    drawn = draw_maps(name, Quadrants(), subject_of(film_with((1, 2, 4.0))), findings=(0, 1))

    finer = MAP_METHODS[name].finer
    assert drawn.shape == (1, 2, 4 * finer, 4 * finer)
    rows, cols = torch.where(drawn[0, 0] == drawn[0, 0].max())
    assert set((rows // finer).tolist()) == {1}
    assert set((cols // finer).tolist()) == {2}
    far = drawn[0, 0].clone()
    far[finer * 1 - finer // 2 : finer * 2 + finer // 2, finer * 2 - finer // 2 : finer * 3 + finer // 2] = 0
    assert far.max() == 0
    # The other finding is asked about dark, of which there is none.
    assert drawn[0, 1].max() == 0


@pytest.mark.parametrize("name", MAP_METHODS)
def test_cases_of_a_batch_and_findings_do_not_mix(name: str) -> None:
    first, second = film_with((0, 0, 4.0), (3, 3, -3.0)), film_with((2, 1, 2.0))
    both = draw_maps(name, Quadrants(), subject_of(torch.cat([first, second])), findings=(0, 1))

    for row, film in enumerate((first, second)):
        for place, finding in enumerate((0, 1)):
            alone = draw_maps(name, Quadrants(), subject_of(film), findings=(finding,))
            assert torch.allclose(both[row, place], alone[0, 0], atol=1e-7)


def test_occlusion_gives_each_cell_what_hiding_it_costs() -> None:
    # 3 (channel weight) x value x 1 cell of 16: 0.75 for 4, 0.375 for 2; the dark cell holds the other finding.
    drawn = draw_maps(
        "occlusion", Quadrants(), subject_of(film_with((0, 1, 4.0), (3, 2, 2.0), (2, 2, -4.0))), findings=(0, 1)
    )

    expected = torch.zeros(2, *GRID)
    expected[0, 0, 1], expected[0, 3, 2], expected[1, 2, 2] = 0.75, 0.375, 0.5
    assert torch.allclose(drawn[0], expected, atol=1e-6)


def test_the_mean_of_shifts_adds_up_like_grad_cam_on_a_finer_grid() -> None:
    subject = subject_of(film_with((1, 1, 4.0)))
    plain = head_gradcam(Quadrants(), subject.z, subject.present, subject.maps, findings=(0,))

    drawn = draw_maps("shifted_gradcam", Quadrants(), subject, findings=(0,))

    assert drawn.shape[2:] == (8, 8)
    assert float(drawn.sum()) == pytest.approx(float(plain.sum()), rel=1e-5)
    # The inner quarter of the bright cell is covered by all four positions, a corner beside it by one with a quarter.
    assert float(drawn.max()) == pytest.approx(float(plain.max()) / 4, rel=0.6)


def test_moving_drops_what_leaves_and_brings_in_zero() -> None:
    values = torch.arange(1.0, 10.0).view(1, 3, 3)

    assert move(values, (1, 0)).tolist() == [[[0, 0, 0], [1, 2, 3], [4, 5, 6]]]
    assert move(values, (0, -1)).tolist() == [[[2, 3, 0], [5, 6, 0], [8, 9, 0]]]


def test_cells_cover_every_pixel_once_in_the_order_of_the_grid() -> None:
    hits = torch.zeros(7, 10)
    cells = list(cell_slices((7, 10), (2, 3)))
    for cell in cells:
        hits[cell] += 1

    assert len(cells) == 6
    assert hits.min() == hits.max() == 1
    assert cells[1] == (slice(0, 3), slice(3, 6))


def test_an_unknown_method_is_named() -> None:
    with pytest.raises(ValueError, match="edges"):
        draw_maps("edges", Quadrants(), subject_of(film_with()), findings=(0,))

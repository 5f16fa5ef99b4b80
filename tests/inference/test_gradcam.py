"""Head-only Grad-CAM: the same map as with hooks, at the right place, without traces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from medmm.core.image import Window
from medmm.core.quality import InputKind
from medmm.inference.gradcam import head_gradcam, rank_agreement, to_heatmap
from medmm.inference.model_input import PreparedImage
from medmm.inference.prepare_image import fit_image
from medmm.models.spec import ImageSpec
from tests.inference.builders import chest_pixels, make_case, make_image, make_predictor

GRID = 8


def hottest_place(image: PreparedImage) -> tuple[tuple[float, float], tuple[float, float]]:
    """The corners, in stored pixels, of the grid cell that holds the brightest pixel."""
    rows, cols = image.pixels.shape
    cells = image.pixels.reshape(rows // GRID, GRID, cols // GRID, GRID).max(axis=(1, 3))
    heatmap = to_heatmap(cells.astype(np.float32), image)
    row, col = np.unravel_index(np.argmax(heatmap.values), heatmap.values.shape)
    first = heatmap.to_stored @ (row, col, 1.0)
    last = heatmap.to_stored @ (row + 1, col + 1, 1.0)
    return (min(first[0], last[0]), max(first[0], last[0])), (min(first[1], last[1]), max(first[1], last[1]))


@pytest.mark.parametrize("place", [(40, 30), (150, 200), (299, 101), (401, 330), (7, 350)])
@pytest.mark.parametrize("border", [0, 60])
def test_marker_pixel_lies_in_the_hottest_cell_after_crop_and_resize(place: tuple[int, int], border: int) -> None:
    # A black collimated border is cropped; the field is padded to a square and shrunk by more than four.
    row, col = place[0] + border, place[1] + border
    pixels = np.zeros((420 + 2 * border, 360 + 2 * border), dtype=np.uint16)
    y, x = np.mgrid[:420, :360]
    pixels[border : border + 420, border : border + 360] = 1000 + 300 * ((y // 2 + x // 2) % 2)
    pixels[row, col] = 60000
    film = replace(make_image(pixels), windows=(Window(2000.0, 4000.0),))
    image = fit_image(film, ImageSpec(rows=96, cols=96))
    assert image.seen_box == (border, border, border + 420, border + 360)

    (row0, row1), (col0, col1) = hottest_place(image)

    assert row0 <= row + 0.5 < row1
    assert col0 <= col + 0.5 < col1


@pytest.mark.parametrize("name", ["as it is", "transposed", "flipped rows", "flipped cols", "quarter turn"])
def test_marker_pixel_comes_back_through_transpose_and_flips(name: str) -> None:
    stored = np.zeros((64, 48), dtype=np.float32)
    stored[50, 9] = 1.0
    rows, cols = stored.shape
    seen, matrix = {
        "as it is": (stored, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        "transposed": (stored.T, [[0, 1, 0], [1, 0, 0], [0, 0, 1]]),
        "flipped rows": (stored[::-1], [[-1, 0, rows], [0, 1, 0], [0, 0, 1]]),
        "flipped cols": (stored[:, ::-1], [[1, 0, 0], [0, -1, cols], [0, 0, 1]]),
        "quarter turn": (np.rot90(stored), [[0, 1, 0], [-1, 0, cols], [0, 0, 1]]),
    }[name]
    image = PreparedImage(np.ascontiguousarray(seen), np.array(matrix, dtype=float), (0, 0, rows, cols))

    (row0, row1), (col0, col1) = hottest_place(image)

    assert (row0, row1, col0, col1) == (48, 56, 8, 16)


def test_rank_agreement_of_equal_opposite_and_constant_maps() -> None:
    ramp = np.arange(9, dtype=np.float32).reshape(3, 3)
    assert rank_agreement(ramp, 5 * ramp**3) == pytest.approx(1.0)
    assert rank_agreement(ramp, -ramp) == pytest.approx(-1.0)
    assert rank_agreement(ramp, np.ones_like(ramp)) == 0.0
    # Ties take their mean rank: [1, 2.5, 2.5, 4] against [1, 2, 3, 4] gives 9.5 / sqrt(4.5 * 5) * ... = 0.9487.
    tied = rank_agreement(np.float32([[0, 1, 1, 2]]), np.float32([[0, 1, 2, 3]]))
    assert tied == pytest.approx(4.5 / np.sqrt(4.5 * 5.0))


@pytest.mark.slow
def test_map_equals_grad_cam_with_hooks_and_leaves_no_gradient() -> None:
    from monai.visualize import GradCAM

    predictor = make_predictor()
    inputs = [predictor.prepare(make_case(images=(make_image(chest_pixels(seed=s)),))).model_input for s in (1, 2)]
    predictions = predictor.predict_batch(inputs)
    z = {kind: torch.cat([p.z[kind] for p in predictions]) for kind in predictions[0].kinds}
    present = torch.cat([p.present for p in predictions])
    maps = torch.cat([p.maps for p in predictions])

    own = head_gradcam(predictor.net, z, present, maps, findings=(0, 1, 2))

    assert all(parameter.grad is None for parameter in predictor.net.parameters())
    assert own.max() > 0
    alone = head_gradcam(predictor.net, {k: v[1:] for k, v in z.items()}, present[1:], maps[1:], findings=(2,))
    assert torch.allclose(alone[0, 0], own[1, 2], atol=1e-7)

    class ImageOnly(torch.nn.Module):
        """The net as a function of the image alone, which is all that MONAI's class can call."""

        def __init__(self, case: int) -> None:
            super().__init__()
            self.net = predictor.net
            self.case = slice(case, case + 1)

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            encoded = self.net.encoders["image"](image)
            others = {kind: vector[self.case] for kind, vector in z.items()}
            return self.net.fuse({**others, InputKind.IMAGE: encoded.z}, present[self.case])

    predictor.net.requires_grad_(True)
    for case in (0, 1):
        cam = GradCAM(
            ImageOnly(case), "net.encoders.image.activation", upsampler=lambda size: lambda x: x,
            postprocessing=lambda x: x,
        )  # fmt: skip
        image = torch.from_numpy(inputs[case].image.pixels)[None, None]
        for finding in range(3):
            hooked = cam(image, class_idx=finding)[0, 0]
            assert torch.allclose(own[case, finding], torch.as_tensor(hooked), atol=1e-6)

"""How much a heat map moves when the image moves a little: an unstable map is no location."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from medmm.core.quality import InputKind
from medmm.inference.gradcam import head_gradcam, rank_agreement
from medmm.inference.model_input import ModelInput, PreparedImage
from medmm.inference.prediction import Prediction
from medmm.inference.predictor import Predictor

# A few pixels of a 160 to 224 pixel input: far less than one cell of the map.
SHIFTS = ((4, 3), (-3, -4))


def map_stability(
    predictor: Predictor,
    model_input: ModelInput,
    prediction: Prediction,
    *,
    findings: Sequence[int],
    values: NDArray[np.float32],
) -> tuple[float, ...]:
    """Give for each finding's map its mean rank correlation with the maps of slightly shifted images.

    values: [n, h, w], the maps of `findings`. Returns 1 where the order of the cells stays, 0 without any relation.
    """
    image = model_input.image
    assert image is not None
    only_image = tuple(kind is InputKind.IMAGE for kind in predictor.spec.input_kinds)
    moved = [ModelInput(only_image, image=_shift(image, down, right)) for down, right in SHIFTS]
    agreements = []
    for encoded in predictor.encode(moved):
        assert encoded.maps is not None
        z = {**prediction.z, **encoded.z}
        maps = head_gradcam(predictor.net, z, prediction.present, encoded.maps, findings=findings)[0].numpy()
        agreements.append([rank_agreement(own, other) for own, other in zip(values, maps, strict=True)])
    return tuple(float(mean) for mean in np.mean(agreements, axis=0))


def _shift(image: PreparedImage, down: int, right: int) -> PreparedImage:
    pixels = np.zeros_like(image.pixels)
    rows, cols = pixels.shape[-2:]
    source = image.pixels[..., max(0, -down) : rows - max(0, down), max(0, -right) : cols - max(0, right)]
    pixels[..., max(0, down) : rows + min(0, down), max(0, right) : cols + min(0, right)] = source
    return replace(image, pixels=pixels)

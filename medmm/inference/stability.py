"""How much a heat map moves when the image moves a little: an unstable map is no location."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medmm.inference.gradcam import rank_agreement
from medmm.inference.map_methods import MapSubject, draw_maps, moved
from medmm.models.case_net import CaseNet

# A few pixels of a 160 to 224 pixel input: far less than one cell of the map.
SHIFTS = ((4, 3), (-3, -4))


def map_stability(
    net: CaseNet, method: str, subject: MapSubject, *, findings: Sequence[int], values: NDArray[np.float32]
) -> tuple[float, ...]:
    """Give for each finding's map its mean rank correlation with the maps of slightly shifted images.

    subject: one case; values: [n, h, w], its maps of `findings`, or [n, d, h, w].
    Returns 1 where the order of the cells stays, 0 without any relation.
    """
    agreements = []
    for down_right in SHIFTS:
        still = (0,) * (subject.image.dim() - 4)
        other = moved(subject, (*still, *down_right))
        maps = draw_maps(method, net, other, findings=findings)[0].numpy()
        agreements.append([rank_agreement(mine, theirs) for mine, theirs in zip(values, maps, strict=True)])
    return tuple(float(mean) for mean in np.mean(agreements, axis=0))

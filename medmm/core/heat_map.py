"""Where on an image, and when in a recording, a finding's logit comes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.words import NOTHING, Words

# Rank correlation under small shifts below which a map says nothing about a place.
MIN_STABILITY = 0.5
# Part of a map's weight beyond the body that is more than the edge of coarse cells.
MAX_OUTSIDE = 0.5
GRADCAM = "Grad-CAM (fusion head)"


@dataclass(frozen=True)
class HeatMap:
    """Where on an image a finding's logit comes from, at its native grid, with the grid's place in the stored image.

    values: [grid rows, grid cols] >= 0, in logits: how much each cell adds to the finding's logit;
    to_stored: [3, 3] homogeneous matrix from grid (row, col, 1), where cell (i, j) covers i..i+1 by j..j+1,
    to (row, col, 1) in pixels of the stored image's slice `slice_index` of images[`image_index`];
    seen_box: (row0, col0, row1, col1) in stored pixels, what the network saw;
    scale_logits: top of the colour bar, the same for every finding and case of a model, never the map's own maximum;
    stability: mean rank correlation with the maps of slightly shifted images, None where it was not tested;
    is_tested: the method passed the tests of the bundle for this finding, False where the bundle has none for it;
    hits: share of the test cases of this finding whose hottest cell touched it, None where that is not known;
    outside: share of the weight that lies beyond the body, None where the body was not looked for.
    """

    values: NDArray[np.float32]
    to_stored: NDArray[np.float64]
    seen_box: tuple[float, float, float, float]
    method: str = GRADCAM
    image_index: int = 0
    slice_index: int = 0
    stability: float | None = None
    scale_logits: float = 0.5
    is_tested: bool = False
    hits: float | None = None
    outside: float | None = None

    @property
    def lies_outside(self) -> bool:
        """Tell whether most of the evidence lies beyond the body: a marker, a collar, the edge of the film."""
        return self.outside is not None and self.outside > MAX_OUTSIDE

    @property
    def warning(self) -> Words:
        """Warn of evidence beyond the body, empty where there is none."""
        if not self.lies_outside or self.outside is None:
            return NOTHING
        return Words(
            "Evidence lies outside the anatomy: {percent:.0f} % of the map's weight is beyond the body.",
            percent=100 * self.outside,
        )

    @property
    def is_reliable(self) -> bool:
        """Tell whether the map held still enough to be drawn; one that was not tested counts as reliable."""
        return self.stability is None or self.stability >= MIN_STABILITY

    @property
    def refusal(self) -> Words:
        """Say why the map may not be drawn, empty when it may."""
        if self.is_reliable:
            return NOTHING
        return Words(
            "No reliable location (stability {stability:.2f}, at least {needed:.2f} needed).",
            stability=self.stability,
            needed=MIN_STABILITY,
        )


@dataclass(frozen=True)
class SoundMap:
    """When (and, where the model reads bands, at which pitch) a recording adds to the finding's logit.

    values: [bands, moments] >= 0, in logits; moment k covers k * seconds_per_moment to (k + 1) * seconds_per_moment of
    audio[recording_index]; bands_hz: lowest and highest frequency of each band, from low to high.
    """

    values: NDArray[np.float32]
    seconds_per_moment: float
    bands_hz: tuple[tuple[float, float], ...]
    recording_index: int = 0
    method: str = GRADCAM

    @property
    def per_second(self) -> NDArray[np.float32]:
        """Weights [bands, moments] in logits a second, as if every band of the moment weighed like this one.

        Their mean over the bands is what the moment adds, whatever the grid: maps of all models share one scale.
        """
        n_bands = np.float32(len(self.values))
        return self.values * (n_bands / np.float32(self.seconds_per_moment))

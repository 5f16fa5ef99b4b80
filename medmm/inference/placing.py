"""Where a stretch of stored pixels comes to lie on an axis of the model's input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class AxisPlace:
    """Stored pixels first..last are resampled to n pixels, which lie in the middle of `size` pixels, cut or padded."""

    first: int
    last: int
    n: int
    size: int

    @property
    def taken(self) -> slice:
        """Those of the n pixels that have room."""
        start = max(0, -self._start)
        return slice(start, start + min(self.n, self.size))

    @property
    def filled(self) -> slice:
        """Those of the `size` pixels that are filled."""
        start = max(0, self._start)
        return slice(start, start + min(self.n, self.size))

    @property
    def factor(self) -> float:
        """Stored pixels per pixel of the model; exact, for n is rounded for each axis apart."""
        return (self.last - self.first) / self.n

    @property
    def offset(self) -> float:
        """The stored place of the input's edge; pixel i covers i..i+1 on both sides."""
        return self.first - self._start * self.factor

    @property
    def seen(self) -> tuple[float, float]:
        """The stored stretch that the network sees."""
        if self.n <= self.size:
            return float(self.first), float(self.last)
        return self.offset, self.offset + self.size * self.factor

    @property
    def _start(self) -> int:
        return (self.size - self.n) // 2


def to_stored_matrix(axes: Sequence[AxisPlace]) -> NDArray[np.float64]:
    """Give the matrix from places in the model's input to stored places, both with a last 1."""
    matrix = np.diag([*(axis.factor for axis in axes), 1.0])
    matrix[:-1, -1] = [axis.offset for axis in axes]
    return matrix

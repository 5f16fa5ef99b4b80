"""A stack of planes that is read like an array [planes, rows, cols] and computed plane by plane when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray


class PlaneStack:
    """Stands in for `MedicalImage.stored` where all planes at once would need many times the volume's memory.

    The last plane is kept. An integer gives a plane, a range of planes or `numpy.asarray` computes each of them.
    """

    ndim = 3

    def __init__(
        self, shape: tuple[int, int, int], dtype: np.dtype[np.generic], make: Callable[[int], NDArray[np.generic]]
    ) -> None:
        self.shape, self.dtype, self._make = shape, dtype, make
        self._last: tuple[int, NDArray[np.generic]] | None = None

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: Any) -> NDArray[np.generic]:
        which, rest = (key[0], key[1:]) if isinstance(key, tuple) else (key, ())
        if isinstance(which, slice):
            planes = [self._plane(index) for index in range(*which.indices(len(self)))]
            block = np.stack(planes) if planes else np.empty((0, *self.shape[1:]), self.dtype)
            return block[:, *rest] if rest else block
        plane = self._plane(range(len(self))[which])
        return plane[rest] if rest else plane

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[np.generic]:
        return np.asarray(self[:], dtype=dtype)

    def _plane(self, index: int) -> NDArray[np.generic]:
        if self._last is None or self._last[0] != index:
            self._last = (index, self._make(index))
        return self._last[1]

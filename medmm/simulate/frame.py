"""The film's pixel grid in millimetres of the patient."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]
COLS_PER_ROW = 8 / 9  # 512 columns for 576 rows


@dataclass(frozen=True)
class Frame:
    """Pixel grid: x grows to the patient's left (viewer's right), y downwards from the lung apices."""

    rows: int
    cols: int
    spacing_mm: float
    left_mm: float
    top_mm: float

    @property
    def x(self) -> Plane:
        """Column centres in mm, [1, cols]."""
        return (self.left_mm + (np.arange(self.cols, dtype=np.float32) + 0.5) * self.spacing_mm)[None, :]

    @property
    def y(self) -> Plane:
        """Row centres in mm, [rows, 1]."""
        return (self.top_mm + (np.arange(self.rows, dtype=np.float32) + 0.5) * self.spacing_mm)[:, None]


def make_frame(rows: int, *, height_mm: float, centre_mm: float, top_mm: float) -> Frame:
    """Lay a grid of `rows` rows over a field `height_mm` high whose middle column lies at `centre_mm`."""
    cols = round(rows * COLS_PER_ROW)
    spacing = round(height_mm / rows, 4)
    return Frame(rows, cols, spacing, centre_mm - cols * spacing / 2, top_mm)


def as_plane(values: npt.ArrayLike) -> Plane:
    """Hold values as float32."""
    return np.asarray(values, dtype=np.float32)


def ramp(values: npt.ArrayLike, start: Plane | float, end: Plane | float) -> Plane:
    """Rise smoothly from 0 at `start` to 1 at `end` (cubic)."""
    t = as_plane(np.clip((as_plane(values) - start) / (end - start), 0.0, 1.0))
    return as_plane(t * t * (3 - 2 * t))

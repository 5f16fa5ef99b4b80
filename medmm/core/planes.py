"""What a file lays over its own pixels: bitmaps and shutters, as frozen values in pixels of the stored image."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]


@dataclass(frozen=True)
class Overlay:
    """A bitmap over one frame (PS3.3 C.9.2).

    origin: (row, column) of its first bit in the image, counted from 0, may be negative;
    packed: its rows one after the other, each padded to whole bytes, highest bit first.
    """

    rows: int
    cols: int
    packed: bytes
    origin: tuple[int, int] = (0, 0)
    group: int = 0x6000
    is_region: bool = False
    label: str = ""

    @property
    def bits(self) -> NDArray[np.bool_]:
        """The bitmap, [rows, cols]."""
        lines = np.frombuffer(self.packed, np.uint8).reshape(self.rows, -1)
        return np.unpackbits(lines, axis=1, count=self.cols).astype(bool)


def make_overlay(bits: NDArray[np.bool_], **facts: object) -> Overlay:
    """Pack a bitmap [rows, cols] into an overlay; facts: its other fields."""
    rows, cols = bits.shape
    return Overlay(rows, cols, np.packbits(bits, axis=1).tobytes(), **facts)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Circle:
    """A circle by its centre (row, column) and its radius in pixels along a row; pixels counted from 1."""

    row: float
    col: float
    radius: float


@dataclass(frozen=True)
class Shutter:
    """What hides the outside of an image (PS3.3 C.7.6.11); of several shapes only what all of them leave is seen.

    rectangle: first and last column, first and last row that are seen, counted from 1;
    polygon: its corners as (row, column), counted from 1; bitmap: hides where it is set (C.7.6.15);
    p_value: grey of what is hidden, 0 black to 65,535 white.
    """

    rectangle: tuple[int, int, int, int] | None = None
    circle: Circle | None = None
    polygon: tuple[Point, ...] = ()
    bitmap: Overlay | None = None
    p_value: int = 0


class GraphicKind(StrEnum):
    """What is drawn (PS3.3 C.10.5.1.2); TEXT stands in a box."""

    POINT = "POINT"
    POLYLINE = "POLYLINE"
    INTERPOLATED = "INTERPOLATED"
    CIRCLE = "CIRCLE"
    ELLIPSE = "ELLIPSE"
    TEXT = "TEXT"


@dataclass(frozen=True)
class Graphic:
    """One thing drawn over the image.

    points: (column, row) in pixels, the outer corner of the first pixel being (0, 0); with is_relative, parts of the
    area displayed instead. polyline and interpolated: corners; circle: centre and a point on it; ellipse: both ends of
    the long axis, then of the short one; text: upper left and lower right corner of its box, none where it has only an
    anchor. anchor: the point that a text is about, and whether a line leads there; color: "#rrggbb", empty for usual.
    """

    kind: GraphicKind
    points: tuple[Point, ...]
    is_relative: bool = False
    is_filled: bool = False
    text: str = ""
    alignment: str = "LEFT"
    anchor: Point | None = None
    is_anchor_relative: bool = False
    has_leader: bool = False
    color: str = ""


@dataclass(frozen=True)
class Area:
    """The part of an image that is to fill the view, by its edges in pixels of the image.

    magnification: pixels of the screen for one of the image, None for as large as fits.
    """

    left: float
    top: float
    right: float
    bottom: float
    magnification: float | None = None


@dataclass(frozen=True)
class Planes:
    """Everything that lies over one slice or frame; graphics in the order to draw them; area None: all of it."""

    overlays: tuple[Overlay, ...] = ()
    shutter: Shutter | None = None
    graphics: tuple[Graphic, ...] = ()
    area: Area | None = None


NO_PLANES = Planes()

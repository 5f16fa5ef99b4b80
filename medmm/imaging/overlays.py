"""Overlay planes, groups 60xx (PS3.3 C.9.2): from their own element, or from bits that the pixels leave unused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.planes import Overlay, make_overlay
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.prescan import EXPLICIT_BE, NATIVE
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.tags import TAG_TROUBLE

GROUPS = range(0x6000, 0x6020, 2)
ROWS, COLS, N_FRAMES, KIND, ORIGIN, FIRST_FRAME = 0x0010, 0x0011, 0x0015, 0x0040, 0x0050, 0x0051
BITS_ALLOCATED, BIT_POSITION, LABEL, BITS = 0x0100, 0x0102, 0x1500, 0x3000
Bits = NDArray[np.bool_]


@dataclass(frozen=True)
class OverlayPlane:
    """One group: a bitmap for every frame from first_frame on, or one bitmap for all frames (first_frame None)."""

    bitmaps: tuple[Overlay, ...]
    first_frame: int | None = None

    def of_frame(self, frame: int) -> Overlay | None:
        """Give the bitmap over a frame, None where the group leaves it free."""
        if self.first_frame is None:
            return self.bitmaps[0]
        place = frame - self.first_frame
        return self.bitmaps[place] if 0 <= place < len(self.bitmaps) else None


def overlay_groups(data_set: Any) -> tuple[int, ...]:
    """List the overlay groups of a data set."""
    found = {tag >> 16 for tag in map(int, data_set.keys())}
    return tuple(group for group in GROUPS if group in found)


def read_overlays(facts: InstanceFacts) -> tuple[tuple[OverlayPlane, ...], tuple[int, ...]]:
    """Read the overlays of one object once more from disk; second, the groups that cannot be shown."""
    import pydicom

    if not facts.overlay_groups:
        return (), ()
    with quiet():
        data_set = pydicom.dcmread(facts.path, force=True, stop_before_pixels=not _has_embedded(facts.path))
        found = {group: _read_group(data_set, group, facts) for group in facts.overlay_groups}
    planes = tuple(plane for plane in found.values() if plane is not None)
    return planes, tuple(group for group, plane in found.items() if plane is None)


def overlay_planes(data_set: Any, facts: InstanceFacts | None = None) -> tuple[OverlayPlane, ...]:
    """Give the overlays that a data set carries in elements of its own, e.g. those of a presentation state."""
    found = (_read_group(data_set, group, facts) for group in overlay_groups(data_set))
    return tuple(plane for plane in found if plane is not None)


def _has_embedded(path: Path) -> bool:
    import pydicom

    header = pydicom.dcmread(path, force=True, stop_before_pixels=True)
    return any((group, BITS) not in header for group in overlay_groups(header))


def _read_group(data_set: Any, group: int, facts: InstanceFacts | None) -> OverlayPlane | None:
    try:
        if (group, BITS) in data_set:
            bits = _own_bits(data_set, group)
        else:
            bits = _embedded_bits(data_set, group, facts) if facts is not None else None
    except TAG_TROUBLE:
        return None
    if bits is None:
        return None
    row, col = (*_numbers(data_set, group, ORIGIN), 1, 1)[:2]
    bitmaps = tuple(
        make_overlay(
            frame,
            origin=(row - 1, col - 1),
            group=group,
            is_region=str(_value(data_set, group, KIND) or "").strip() == "R",
            label=str(_value(data_set, group, LABEL) or "").strip(),
        )
        for frame in bits
    )
    first = _number(data_set, group, FIRST_FRAME)
    return OverlayPlane(bitmaps, None if len(bitmaps) == 1 and first is None else (first or 1) - 1)


def _own_bits(data_set: Any, group: int) -> Bits | None:
    rows, cols = _number(data_set, group, ROWS), _number(data_set, group, COLS)
    n_frames = _number(data_set, group, N_FRAMES) or 1
    element = data_set[group, BITS]
    stored: bytes = element.value or b""
    n_bits = (rows or 0) * (cols or 0) * n_frames
    if not rows or not cols or min(rows, cols, n_frames) < 0 or n_bits > 8 * len(stored):
        return None
    packed = np.frombuffer(stored, np.uint8)
    if element.VR == "OW" and not _is_little(data_set):
        packed = packed[: len(packed) // 2 * 2].reshape(-1, 2)[:, ::-1].ravel()
    # The first pixel is the lowest bit of the first byte (PS3.5 8.1.2); frames follow without padding.
    bits = np.unpackbits(packed, bitorder="little", count=n_bits)
    return bits.astype(bool).reshape(n_frames, rows, cols)


def _embedded_bits(data_set: Any, group: int, facts: InstanceFacts) -> Bits | None:
    """Take one bit of every stored word (retired in PS3.5 2006, still met)."""
    layout, position = facts.layout, _number(data_set, group, BIT_POSITION)
    allocated = _number(data_set, group, BITS_ALLOCATED)
    syntax = facts.header.transfer_syntax_uid
    if position is None or allocated != layout.bits_allocated or allocated not in (8, 16):
        return None
    high = int(data_set.get("HighBit", layout.bits_stored - 1))
    is_unused = position > high or position <= high - layout.bits_stored
    if not is_unused or position >= allocated or layout.samples != 1 or syntax not in NATIVE:
        return None
    kind = np.dtype(f"{'>' if syntax == EXPLICIT_BE else '<'}u{allocated // 8}")
    words = np.frombuffer(data_set.PixelData, kind, count=layout.n_frames * layout.rows * layout.cols)
    bits: Bits = (words >> position & 1).astype(bool)
    return bits.reshape(layout.n_frames, layout.rows, layout.cols)


def _is_little(data_set: Any) -> bool:
    return data_set.original_encoding[1] is not False


def _value(data_set: Any, group: int, element: int) -> Any:
    found = data_set.get((group, element))
    return None if found is None else found.value


def _numbers(data_set: Any, group: int, element: int) -> tuple[int, ...]:
    value = _value(data_set, group, element)
    if value is None or value == "":
        return ()
    return tuple(int(part) for part in value) if hasattr(value, "__iter__") else (int(value),)


def _number(data_set: Any, group: int, element: int) -> int | None:
    return next(iter(_numbers(data_set, group, element)), None)

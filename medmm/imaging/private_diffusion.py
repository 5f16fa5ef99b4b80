"""b-value and gradient where a maker keeps them in private elements only; read when nothing else tells slices apart."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path
from typing import Any

from medmm.imaging.dimensions import GRADIENT, Values
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.tags import TAG_TROUBLE

# Group, private creator, element (conformance statements of the makers).
B_VALUES = (
    (0x0043, "GEMS_PARM_01", 0x39), (0x0019, "SIEMENS MR HEADER", 0x0C), (0x2001, "Philips Imaging DD 001", 0x03),
)  # fmt: skip
GRADIENTS = (
    (0x0019, "GEMS_ACQU_01", (0xBB, 0xBC, 0xBD)), (0x0019, "SIEMENS MR HEADER", (0x0E,)),
    (0x2005, "Philips MR Imaging DD 001", (0xB0, 0xB1, 0xB2)),
)  # fmt: skip
# GE adds this to b-values that it wants rounded by nobody.
GE_OFFSET = 1_000_000_000
N_REMEMBERED = 20_000
MANUFACTURER = (0x0008, 0x0070)
# How each creator's maker calls itself: anonymisers may drop creators and leave their elements, as a rule at block 10.
MAKERS = {"GEMS": "GE", "SIEMENS": "SIEMENS", "Philips": "PHILIPS"}


def read_private_diffusion(path: Path) -> Values:
    """Give b-value and gradient direction as far as the file states them privately; empty where it is unreadable."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        return ()


# A growing scan groups the same files again and again.
@lru_cache(N_REMEMBERED)
def _read(path: Path, _modified_ns: int) -> Values:
    import pydicom
    from pydicom.errors import InvalidDicomError

    wanted: list[Any] = [(group, 0x1000 + element) for group, _, element in B_VALUES]
    wanted += [(group, 0x1000 + element) for group, _, elements in GRADIENTS for element in elements]
    wanted += [(group, 0x0010 + block) for group in {group for group, _ in wanted} for block in range(4)]
    wanted.append(MANUFACTURER)
    with quiet():
        try:
            data_set = pydicom.dcmread(path, force=True, stop_before_pixels=True, specific_tags=wanted)
        except (*TAG_TROUBLE, InvalidDicomError):
            return ()
        b_value = _b_value(data_set)
        return (("DiffusionBValue", b_value), (GRADIENT, _gradient(data_set))) if b_value else ()


def _b_value(data_set: Any) -> str:
    for group, creator, element in B_VALUES:
        found = _numbers(data_set, group, creator, element)
        if found:
            return f"{found[0] % GE_OFFSET:g}"
    return ""


def _gradient(data_set: Any) -> str:
    for group, creator, elements in GRADIENTS:
        found = [number for element in elements for number in _numbers(data_set, group, creator, element)]
        if len(found) == 3:
            return "\\".join(f"{number:g}" for number in found)
    return ""


def _numbers(data_set: Any, group: int, creator: str, element: int) -> tuple[float, ...]:
    try:
        value = _element(data_set, group, creator, element).value
        if isinstance(value, bytes):
            value = _of_unknown(value)
        many = value if not isinstance(value, (str, int, float)) else [value]
        return tuple(float(part) for part in many)
    except TAG_TROUBLE:
        return ()


def _element(data_set: Any, group: int, creator: str, element: int) -> Any:
    has_creators = any((group, 0x10 + block) in data_set for block in range(4))
    maker = next(word for start, word in MAKERS.items() if creator.startswith(start))
    if not has_creators and str(data_set.get("Manufacturer", "")).upper().startswith(maker):
        return data_set[group, 0x1000 + element]
    return data_set.private_block(group, creator)[element]


def _of_unknown(value: bytes) -> list[Any]:
    # Implicit transfer syntaxes lose the VR: text as GE and Siemens write it, else one float of Philips.
    text = value.strip(b" \0")
    if text and all(byte in b"0123456789.+-eE\\ " for byte in text):
        return text.decode("ascii").split("\\")
    return [*struct.unpack("<f", value)] if len(value) == 4 else []

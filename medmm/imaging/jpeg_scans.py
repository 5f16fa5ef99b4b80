"""Mend scan headers that an early encoder of 12-bit JPEG wrote wrongly, so that strict decoders take them."""

from __future__ import annotations

import re

# Processes 1, 2 and 4: the only ones of DCT coding that DICOM has, all sequential (PS3.5 A.4.1).
SEQUENTIAL = frozenset({"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"})
# Start of scan with 1 to 4 components, its length, and a spectral selection from 0 to 0 (ISO 10918-1 B.2.3).
_EMPTY_SELECTION = re.compile(
    rb"\xff\xda\x00(?:\x08\x01.{2}|\x0a\x02.{4}|\x0c\x03.{6}|\x0e\x04.{8})\x00\x00\x00", re.DOTALL
)
ALL_COEFFICIENTS = b"\x00\x3f\x00"


def mend_scans(stored: bytes, transfer_syntax: str) -> bytes:
    """Give encapsulated pixel data whose sequential scans select all coefficients, as they must; else unchanged.

    A selection of the first coefficient alone exists in progressive coding only; in entropy-coded data the marker
    cannot occur, for every 0xFF there is followed by 0x00 or a restart marker.
    """
    if transfer_syntax not in SEQUENTIAL:
        return stored
    return _EMPTY_SELECTION.sub(lambda found: found.group()[:-3] + ALL_COEFFICIENTS, stored)

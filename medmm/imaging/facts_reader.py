"""Read the headers of many files: quickly where they are plain, by pre-scan and pydicom where they are not."""

from __future__ import annotations

import contextlib
import struct
from collections import OrderedDict

from medmm.imaging.dicom import read_facts
from medmm.imaging.element_walk import LONG_VRS
from medmm.imaging.facts import InstanceFacts, PixelPlace
from medmm.imaging.header_runs import SERIES_UID, Followed, HeaderRuns
from medmm.imaging.limits import MAX_FILE_BYTES
from medmm.imaging.object_facts import build_facts
from medmm.imaging.prescan import EXPLICIT_LE, IMPLICIT_LE, PreScan, program_kind
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.quick_tags import ItemsWanted, QuickTags
from medmm.imaging.quick_walk import MAX_HEAD_BYTES, Doubt, quick_walk
from medmm.imaging.sniff import FileHead, read_head

N_SERIES = 32
LAST_META_TAG, OFFSET_TABLE = 0x0002FFFF, 0x7FE00001
# The headers of a series differ in length by less than this.
HINT_SLACK = 256
SERIES_UID_HEAD = struct.pack("<HH", SERIES_UID >> 16, SERIES_UID & 0xFFFF)
JPEG_FAMILY, RLE = "1.2.840.10008.1.2.4.", "1.2.840.10008.1.2.5"
# The pre-scan knows no other long VRs in file meta information.
ODD_META_VRS = LONG_VRS - {b"OB", b"OW", b"UN", b"SQ", b"UT"}


class FactsReader:
    """Reads one file after the other and remembers the headers of the series that it met last.

    n_quick, n_slow: how many files were read which way.
    """

    def __init__(self) -> None:
        self._runs: OrderedDict[bytes, HeaderRuns] = OrderedDict()
        self._hint_at = 0
        self.n_quick = self.n_slow = 0

    def read(self, head: FileHead) -> InstanceFacts:
        """Read the header of a DICOM image; what it gives and raises is what `read_facts` gives and raises."""
        try:
            facts = self._read_quickly(head)
        except (Doubt, struct.error):
            self.n_slow += 1
            return read_facts(head.path)
        self.n_quick += 1
        return facts

    def _read_quickly(self, head: FileHead) -> InstanceFacts:
        if not head.first.startswith(b"DICM", 128) or head.size > MAX_FILE_BYTES:
            raise Doubt
        try:
            return self._facts(head)
        except struct.error:
            if len(head.first) == head.size:
                raise
            return self._facts(read_head(head.path, MAX_HEAD_BYTES))

    def _facts(self, head: FileHead) -> InstanceFacts:
        runs, followed = self._follow(head)
        if not runs.has_items:
            try:
                return _build(head, runs, followed)
            except ItemsWanted:
                runs.has_items = True
        with quiet():
            return _build(head, runs, followed)

    def _follow(self, head: FileHead) -> tuple[HeaderRuns, Followed]:
        key = self._series_hint(head.first)
        if key in self._runs:
            with contextlib.suppress(Doubt):
                self._runs.move_to_end(key)
                return self._runs[key], self._runs[key].follow(head.first, head.size)
        elements = quick_walk(head.first, head.size)
        if not elements or any(element.tag <= LAST_META_TAG and element.vr in ODD_META_VRS for element in elements):
            raise Doubt
        runs = self._runs[key] = HeaderRuns(head.first, elements)
        if len(self._runs) > N_SERIES:
            self._runs.popitem(last=False)
        return runs, runs.follow(head.first, head.size)

    def _series_hint(self, first: bytes) -> bytes:
        # Only a hint: `follow` doubts every header that is not of the series.
        at = first.find(SERIES_UID_HEAD, max(0, self._hint_at - HINT_SLACK))
        at = at if at >= 0 else first.find(SERIES_UID_HEAD)
        if not 0 <= at < len(first) - 8:
            return b""
        self._hint_at = at
        length = first[at + 6] if first.startswith(b"UI", at + 4) else first[at + 4]
        return first[at + 8 : at + 8 + length]


def _build(head: FileHead, runs: HeaderRuns, followed: Followed) -> InstanceFacts:
    tags = QuickTags(runs, followed.changing)
    syntax = tags.text("TransferSyntaxUID")
    if syntax not in (EXPLICIT_LE, IMPLICIT_LE, RLE) and not syntax.startswith(JPEG_FAMILY):
        raise Doubt
    scanned = PreScan(
        syntax,
        is_stated=True,
        is_clean=True,
        preamble_kind=program_kind(head.first),
        pixel_place=_pixel_place(runs, followed, head.size),
        pixel_bytes=followed.pixels.end - followed.pixels.start if followed.pixels and followed.pixels.end >= 0 else -1,
    )
    return build_facts(head.path, tags, tags, scanned)


def _pixel_place(runs: HeaderRuns, followed: Followed, size: int) -> PixelPlace | None:
    pixels = followed.pixels
    if pixels is None or OFFSET_TABLE in runs.repeated or OFFSET_TABLE in followed.changing:
        return None
    if pixels.end < 0:
        return PixelPlace(pixels.start, -1)
    # Whatever follows the pixels, or is missing of them, is for pydicom to judge.
    return PixelPlace(pixels.start, pixels.end - pixels.start) if pixels.end == size else None

"""Read one DICOM object: its facts, and its pixels when they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from medmm.core.errors import UnreadableFile
from medmm.core.words import Words
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.object_facts import build_facts
from medmm.imaging.pixels import decode_pixels
from medmm.imaging.prescan import NATIVE, PreScan, prescan
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.tags import TAG_TROUBLE, Tags


def read_facts(path: Path) -> InstanceFacts:
    """Read the header of a DICOM image.

    Raises UnreadableFile for damaged files, UnsupportedImage for objects that are no image.
    """
    scanned = prescan(path)
    with quiet():
        return _facts(path, _data_set(path, with_pixels=False), scanned)


def read_instance(path: Path) -> tuple[InstanceFacts, NDArray[Any]]:
    """Read header and pixels: [frames, rows, cols] as stored, or [frames, rows, cols, 3] uint8 RGB.

    Raises as `read_facts`, and when the pixels are short, too large or cannot be decoded.
    """
    scanned = prescan(path)
    with quiet():
        data_set = _data_set(path, with_pixels=True)
        facts = _facts(path, data_set, scanned)
        stored = decode_pixels(data_set, facts, scanned.transfer_syntax)
    return facts, stored


def needs_own_process(facts: InstanceFacts) -> bool:
    """Tell whether decoding runs native code on untrusted bytes, or pydicom on odd ones."""
    is_native = facts.header.transfer_syntax_uid in NATIVE
    return not (is_native and facts.is_clean) or facts.layout.photometric_interpretation == "PALETTE COLOR"


def _data_set(path: Path, *, with_pixels: bool) -> Any:
    import pydicom
    from pydicom.errors import InvalidDicomError

    try:
        # force: files without preamble or file meta were recognised by `sniff`.
        data_set = pydicom.dcmread(path, force=True, stop_before_pixels=not with_pixels)
    except (*TAG_TROUBLE, InvalidDicomError, MemoryError, OSError) as error:
        raise UnreadableFile(
            Words("{name!r} is a damaged DICOM file: {value}", name=path.name, value=error or type(error).__name__),
            Words("Copy it again from its source."),
            path,
        ) from error
    if with_pixels and not len(data_set):
        # pydicom gives an empty data set when the last element breaks off (here: encapsulated pixels without an end).
        raise UnreadableFile(
            Words("{name!r} is cut off: its pixel data breaks off", name=path.name),
            Words("Copy it again from its source."),
            path,
        )
    return data_set


def _facts(path: Path, data_set: Any, scanned: PreScan) -> InstanceFacts:
    return build_facts(path, Tags(data_set), Tags(getattr(data_set, "file_meta", None) or {}), scanned)

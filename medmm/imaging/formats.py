"""Which formats are read, and that the files of one image are all of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from medmm.core.errors import IncompleteSeries, UnsupportedImage
from medmm.core.words import Words
from medmm.imaging.sniff import FileKind, file_kind

READABLE = (FileKind.DICOM, FileKind.PNG, FileKind.JPEG)


def require_one_format(paths: Sequence[Path]) -> FileKind:
    """Give the format of the files.

    Raises UnsupportedImage for one that is not read, IncompleteSeries where they differ.
    """
    kinds = {path: file_kind(path) for path in paths}
    odd = next((path for path, kind in kinds.items() if kind not in READABLE), None)
    if odd is not None:
        known = ", ".join(kind.value.upper() for kind in READABLE)
        raise UnsupportedImage(
            Words(
                "{odd!r} is no image that MedMM reads ({n_bytes:,} bytes of another format)",
                odd=odd.name,
                n_bytes=odd.stat().st_size,
            ),
            Words("Known by their content: {known}.", known=known),
            odd,
        )
    if len(set(kinds.values())) > 1:
        raise IncompleteSeries(
            Words(
                "the {n_paths} files are of different formats: {found}",
                n_paths=len(paths),
                found=", ".join(sorted(set(kinds.values()))),
            ),
            Words("Open them one by one."),
            paths[0],
        )
    return kinds[paths[0]]

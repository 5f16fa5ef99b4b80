"""Which formats are read, and that the files of one image are all of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from medmm.core.errors import IncompleteSeries, UnsupportedImage
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
            f"{odd.name!r} is no image that MedMM reads ({odd.stat().st_size:,} bytes of another format)",
            f"Known by their content: {known}.",
            odd,
        )
    if len(set(kinds.values())) > 1:
        raise IncompleteSeries(
            f"the {len(paths)} files are of different formats: {', '.join(sorted(set(kinds.values())))}",
            "Open them one by one.",
            paths[0],
        )
    return kinds[paths[0]]

"""Read an image by its content: one table of readers, one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from medmm.core.errors import IncompleteSeries
from medmm.core.image import MedicalImage, SeriesSummary
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.imaging.arrival import Arrival
from medmm.imaging.formats import require_one_format
from medmm.imaging.limits import TIME_LIMIT_S
from medmm.imaging.picture import read_picture
from medmm.imaging.sniff import FileKind, file_kind
from medmm.imaging.volume import read_volume, stream_volume

Reader = Callable[[Sequence[Path], Sequence[int], float, CancelToken], MedicalImage]


def _read_dicom(paths: Sequence[Path], frames: Sequence[int], time_limit_s: float, cancel: CancelToken) -> MedicalImage:
    return read_volume(paths, frames=frames, time_limit_s=time_limit_s, cancel=cancel)


def _read_picture(
    paths: Sequence[Path], frames: Sequence[int], time_limit_s: float, cancel: CancelToken
) -> MedicalImage:
    if len(paths) > 1:
        raise IncompleteSeries(
            Words(
                "{n_paths} pictures form no series: {one!r} and {other!r}",
                n_paths=len(paths),
                one=paths[0].name,
                other=paths[1].name,
            ),
            Words("Open them one by one."),
        )
    return read_picture(paths[0])


READERS: dict[FileKind, Reader] = {
    FileKind.DICOM: _read_dicom,
    FileKind.PNG: _read_picture,
    FileKind.JPEG: _read_picture,
}


def read_image(
    paths: Path | Sequence[Path],
    *,
    frames: Sequence[int] = (),
    cancel: CancelToken | None = None,
    time_limit_s: float = TIME_LIMIT_S,
) -> MedicalImage:
    """Read a picture, a DICOM object, some frames of one (`frames`, from 0), or the objects of one stack.

    Compressed pixels are decoded in a child process that is killed after time_limit_s per file.
    Raises UnreadableFile, UnsupportedImage or IncompleteSeries with one sentence and what to do.
    """
    found, kind = _first_kind(paths)
    return READERS[kind](found, frames, time_limit_s, cancel or CancelToken())


def read_series(summary: SeriesSummary, *, cancel: CancelToken | None = None) -> MedicalImage:
    """Read what the scan summed up, under its name there and with what the scan saw of it.

    Raises as `read_image`.
    """
    image = read_image(summary.paths, frames=summary.frames, cancel=cancel)
    header = replace(image.header, series_description=summary.header.series_description)
    return replace(image, header=header).with_notes(*(note for note in summary.notes if note not in image.notes))


def stream_image(
    paths: Path | Sequence[Path],
    *,
    frames: Sequence[int] = (),
    cancel: CancelToken | None = None,
    time_limit_s: float = TIME_LIMIT_S,
) -> Iterator[Arrival]:
    """Read what `read_image` reads and tell each slice as it comes; the last arrival is whole and passed all checks.

    Raises as `read_image`, and Cancelled between slices; what arrived before that is to be thrown away.
    """
    found, kind = _first_kind(paths)
    if kind is FileKind.DICOM:
        yield from stream_volume(found, frames=frames, time_limit_s=time_limit_s, cancel=cancel or CancelToken())
    else:
        yield Arrival(READERS[kind](found, frames, time_limit_s, cancel or CancelToken()), (0,), is_whole=True)


def _first_kind(paths: Path | Sequence[Path]) -> tuple[list[Path], FileKind]:
    found = [paths] if isinstance(paths, Path) else list(paths)
    if not found:
        raise ValueError("reading an image needs at least one path")
    # Of a DICOM series each head is read once, with its facts; whatever else is among it is met there.
    kind = file_kind(found[0])
    return found, kind if kind is FileKind.DICOM else require_one_format(found)

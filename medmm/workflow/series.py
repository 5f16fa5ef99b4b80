"""Read the pixels of one series when they are wanted: all of them, or the middle slice for a thumbnail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from medmm.core.errors import InputError, UnsupportedImage
from medmm.core.identity import PatientIdentity
from medmm.core.image import MedicalImage, SeriesSummary, StudyHeader
from medmm.core.progress import CancelToken
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.workflow.machine_memory import available_bytes

if TYPE_CHECKING:
    from medmm.imaging.arrival import Arrival

# Of a larger multi-frame object only the frame in the middle is read for a thumbnail, if that is not larger itself.
MAX_THUMBNAIL_BYTES = 64 << 20
# What decoding needs besides the pixels themselves (RELIABILITY.md G2), and what the rest of the machine keeps.
DECODING_FACTOR = 1.2
KEPT_FREE_BYTES = 200 << 20


def read_series(summary: SeriesSummary, *, cancel: CancelToken | None = None) -> MedicalImage:
    """Read all slices of a series, with what the scan and the reading found odd about it.

    Raises UnsupportedImage with both numbers when the machine has not enough memory left, InputError for bad files.
    """
    from medmm.imaging import reader

    _require_memory(summary)
    return reader.read_series(summary, cancel=cancel)


def stream_series(summary: SeriesSummary, *, cancel: CancelToken | None = None) -> Iterator[Arrival]:
    """Read a series as `read_series` does, and tell its slices as they come; the last arrival is whole."""
    from medmm.imaging.reader import stream_image

    _require_memory(summary)
    known: tuple[MedicalImage, MedicalImage] | None = None
    for arrival in stream_image(summary.paths, frames=summary.frames, cancel=cancel):
        if arrival.is_whole:
            yield replace(arrival, image=_named(summary, arrival.image))
            continue
        # One image object for one array: who shows it must not take each arrival for another image.
        if known is None or known[0] is not arrival.image:
            part = _one_of(summary) if arrival.is_preview else Words("The slices of this series are still being read.")
            known = (arrival.image, _named(summary, arrival.image, part))
        yield replace(arrival, image=known[1])


def _named(summary: SeriesSummary, image: MedicalImage, part: Words | None = None) -> MedicalImage:
    """Give what has come with the series' own name, with its remarks; part: the words for what is not all of it."""
    header = replace(image.header, series_description=summary.header.series_description)
    notes = [note for note in summary.notes if note not in image.notes]
    if part is not None:
        notes.insert(0, QualityNote("still_reading", part, Severity.WARNING, InputKind.IMAGE))
    return replace(image, header=header).with_notes(*notes)


def _one_of(summary: SeriesSummary) -> Words:
    return Words("One slice of {n_frames} is shown while the others are being read.", n_frames=summary.n_frames)


def read_middle(summary: SeriesSummary, *, cancel: CancelToken | None = None) -> MedicalImage | None:
    """Read what a thumbnail shows: one slice from the middle; None where it cannot be had alone or at all."""
    from medmm.imaging.reader import read_image

    try:
        if len(summary.paths) == 1 and summary.n_bytes > MAX_THUMBNAIL_BYTES:
            return _read_middle_frame(summary, cancel or CancelToken())
        path = summary.paths[len(summary.paths) // 2]
        image = read_image(path, frames=summary.frames, cancel=cancel)
        return _named(summary, image, _one_of(summary) if image.n_slices < summary.n_frames else None)
    except InputError:
        return None  # the series itself will say what is wrong with it, once it is asked for


def _read_middle_frame(summary: SeriesSummary, cancel: CancelToken) -> MedicalImage | None:
    from medmm.imaging.volume import read_frame

    frames = summary.frames or range(summary.n_frames)
    if len(frames) < 2:
        return None
    middle = frames[len(frames) // 2]
    image = read_frame(summary.paths[0], middle, most_bytes=MAX_THUMBNAIL_BYTES, cancel=cancel)
    return image and _named(summary, image, _one_of(summary))


def picture_series(path: Path) -> SeriesSummary:
    """Describe a PNG or JPEG as a series of one; its size is not known before it is read."""
    return SeriesSummary(
        header=StudyHeader(),
        identity=PatientIdentity(source=f"image {path.name}"),
        paths=(path,),
        n_frames=1,
        rows=0,
        cols=0,
    )


def _require_memory(summary: SeriesSummary) -> None:
    from medmm.imaging.limits import megabytes

    left = available_bytes()
    needed = int(summary.n_bytes * DECODING_FACTOR)
    if left is not None and needed > left - KEPT_FREE_BYTES:
        raise UnsupportedImage(
            Words(
                "this series of {n_frames} slices needs {needed} of memory; {left} are left on this machine",
                n_frames=summary.n_frames,
                needed=megabytes(needed),
                left=megabytes(max(left, 0)),
            ),
            Words("Close other patients or programs, then choose the series once more."),
            summary.paths[0],
        )

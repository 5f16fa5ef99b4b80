"""PNG and JPEG pictures through Pillow: named formats only, no guessing, with a cap on pixels."""

from __future__ import annotations

import struct
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import UnreadableFile, UnsupportedImage
from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader
from medmm.core.quality import InputKind, QualityNote
from medmm.core.words import NOTHING, Words
from medmm.imaging.limits import MAX_PICTURE_PIXELS
from medmm.imaging.sniff import FileKind, file_kind, open_regular

FORMATS = ("PNG", "JPEG")


def read_picture(path: Path) -> MedicalImage:
    """Read a picture: grey as stored (8 or 16 bits), colour as RGB; grey stored as RGB becomes grey.

    Raises UnreadableFile when it is damaged, UnsupportedImage when it is too large.
    """
    stored, notes = _pixels(path)
    # A JPEG has always lost something; how much, nobody knows afterwards.
    lossy = Words("lossy {steps}", steps="JPEG") if file_kind(path) is FileKind.JPEG else NOTHING
    photometric = "RGB" if stored.ndim == 3 else "MONOCHROME2"
    return MedicalImage(
        stored=stored[None],
        identity=PatientIdentity(source=f"image {path.name}"),
        header=StudyHeader(lossy=lossy),
        geometry=ImageGeometry(),
        instances=(ImageInstance("", path),),
        photometric_interpretation=photometric,
        bits_stored=8 * stored.dtype.itemsize,
        notes=notes,
    )


def _pixels(path: Path) -> tuple[NDArray[Any], tuple[QualityNote, ...]]:
    from PIL import Image

    with open_regular(path) as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(stream, formats=FORMATS) as picture:
                _check_size(path, picture.size)
                return _decoded(picture)
        except Image.DecompressionBombError as error:
            raise _too_large(path, Words("{error}", error=error)) from error
        # Pillow raises SyntaxError for broken PNG chunks.
        except (OSError, ValueError, SyntaxError, EOFError, struct.error, MemoryError) as error:
            raise UnreadableFile(
                Words("{name!r} is a damaged picture: {error}", name=path.name, error=error),
                Words("Copy it again from its source."),
                path,
            ) from error


def _decoded(picture: Any) -> tuple[NDArray[Any], tuple[QualityNote, ...]]:
    # Exif orientation turns what a camera took; a radiograph has none, so the stored pixels are the truth.
    if picture.mode.startswith("I"):
        return np.clip(np.asarray(picture, dtype=np.int64), 0, 65535).astype(np.uint16), ()
    if picture.mode in ("L", "1"):
        return np.asarray(picture.convert("L")), ()
    notes = []
    if "A" in picture.getbands() or "transparency" in picture.info:
        notes.append(
            QualityNote("transparency_dropped", Words("The picture's transparency was dropped."), kind=InputKind.IMAGE)
        )
    rgb = np.asarray(picture.convert("RGB"))
    is_grey = bool((rgb[..., 0] == rgb[..., 1]).all() and (rgb[..., 0] == rgb[..., 2]).all())
    return (np.ascontiguousarray(rgb[..., 0]) if is_grey else rgb), tuple(notes)


def _check_size(path: Path, size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PICTURE_PIXELS:
        raise _too_large(
            path,
            Words(
                "{cols:,} x {rows:,} pixels, at most {limit:,} are opened",
                cols=size[0],
                rows=size[1],
                limit=MAX_PICTURE_PIXELS,
            ),
        )


def _too_large(path: Path, reason: Words) -> UnsupportedImage:
    return UnsupportedImage(
        Words("{name!r} is too large: {reason}", name=path.name, reason=reason),
        Words("Scale the picture down and open it again."),
        path,
    )

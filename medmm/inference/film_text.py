"""Words that are burnt into a film: letters stand in rows, which ribs, clips and side markers do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words

# Letters of a legend are 6 to 40 pixels high at this size.
TEXT_SIDE = 600
HEIGHTS, MAX_WIDTH = (5, 40), 40
FILL = (0.15, 0.9)
# Letters are written in the brightest or the darkest value of a film, and differ from the mean around them. On a
# negative (MONOCHROME1) what was written in white is looked at in black on grey: the step may be small.
AT_LIMIT, CONTRAST, AROUND = 0.04, 0.06, 31
MIN_IN_ROW = 4
# One row of a few letters is a marker ("PORTABLE"); many letters are a legend that a model can learn to read.
SUSPECT_LETTERS, MANY_LETTERS = 6, 25


@dataclass(frozen=True)
class _Blob:
    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


def count_letters(display: NDArray[np.float32]) -> int:
    """Count what stands in rows like letters: bright on dark, or dark on bright; display values [rows, cols]."""
    # Loaded where it is used: scipy.ndimage takes a tenth of a second, and a case without a film needs none.
    from scipy import ndimage

    above = display - ndimage.uniform_filter(display, AROUND)
    bright = (above > CONTRAST) & (display > display.max() - AT_LIMIT)
    dark = (above < -CONTRAST) & (display < display.min() + AT_LIMIT)
    return max(_in_rows(_letters(bright)), _in_rows(_letters(dark)))


def remark_on_text(n_letters: int) -> tuple[QualityNote, ...]:
    """Warn of a film that is written over; tell of a few letters, which may name the patient; else nothing."""
    if n_letters < SUSPECT_LETTERS:
        return ()
    if n_letters >= MANY_LETTERS:
        message = Words(
            "Text is burnt into the film ({n_letters} letters); a model may read it instead of the lungs.",
            n_letters=n_letters,
        )
        return (QualityNote("image_burnt_in_text", message, Severity.WARNING, InputKind.IMAGE),)
    message = Words(
        "About {n_letters} letters seem to be burnt into the film; look whether they name the patient.",
        n_letters=n_letters,
    )
    return (QualityNote("image_text_suspected", message, Severity.INFO, InputKind.IMAGE),)


def _letters(mask: NDArray[np.bool_]) -> list[_Blob]:
    from scipy import ndimage

    labels, _ = ndimage.label(mask)
    found = []
    for number, place in enumerate(ndimage.find_objects(labels), start=1):
        blob = _Blob(place[0].start, place[1].start, place[0].stop, place[1].stop)
        width = blob.right - blob.left
        if not HEIGHTS[0] <= blob.height <= HEIGHTS[1] or width > MAX_WIDTH:
            continue
        fill = float((labels[place] == number).mean())
        if FILL[0] <= fill <= FILL[1] or width <= 3:
            found.append(blob)
    return found


def _in_rows(blobs: list[_Blob]) -> int:
    return sum(len(row) for row in _rows(sorted(blobs, key=lambda blob: blob.left)) if len(row) >= MIN_IN_ROW)


def _rows(blobs: list[_Blob]) -> Iterator[list[_Blob]]:
    """Put blobs, from left to right, into rows of like height, base and distance."""
    rows: list[list[_Blob]] = []
    for blob in blobs:
        row = next((row for row in rows if _follows(row[-1], blob)), None)
        if row is None:
            rows.append([blob])
        else:
            row.append(blob)
    return iter(rows)


def _follows(last: _Blob, blob: _Blob) -> bool:
    height = max(last.height, blob.height)
    is_like = min(last.height, blob.height) >= 0.6 * height
    is_level = abs(last.bottom - blob.bottom) <= 0.25 * height
    return is_like and is_level and -0.2 * height <= blob.left - last.right <= 1.6 * height

"""What the pixels of an image give away, whatever its header says: too small, blank, washed out, turned, no chest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import MedicalImage
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.imaging.windowing import to_display
from medmm.inference.film_look import CUT, INVERTED, INVERTED_TURNED, LATERAL, TURNED, look_at
from medmm.inference.film_text import TEXT_SIDE, count_letters, remark_on_text
from medmm.inference.image_steps import MIN_CONTRAST, exposed_field
from medmm.inference.plane_steps import to_gray

MIN_SIDE = 96
MAX_ASPECT = 2.0
MIN_LEVELS = 12
MIN_STRUCTURE = 0.15
MAX_COLOUR = 24.0
SAMPLE_SIDE = 192
# Share of the exposed field at black or white, as it is looked at. Chosen on clean films, see bench_gates.py.
# A film beyond the first is read and nothing is decided from it; one beyond the second is hardly a picture.
MAX_CLIPPED, MAX_READ_CLIPPED = 0.35, 0.95
LIMIT_BAND = 0.004
# The film must fill this share of the picture, or of what is left when its borders are trimmed: preparation trims them
# too, by 30 % on each side at most (image_steps.MAX_TRIM).
MIN_FIELD = 0.5
EMPTY = "image_mostly_empty"
# Below this share an upright frontal chest film is not believed. 2 of 100 sound films fall below, see bench_gates.py.
MIN_UPRIGHT = 0.2
Pixels = NDArray[np.float32]


@dataclass(frozen=True)
class Look:
    """refusal: the first reason why an image must not be read, None when it may; remarks: for one that may."""

    refusal: QualityNote | None = None
    remarks: tuple[QualityNote, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Tell whether there is nothing to warn of."""
        return self.refusal is None and all(note.severity is Severity.INFO for note in self.remarks)


def check_look(image: MedicalImage) -> Look:
    """Look whether what is shown may be read as a frontal chest film.

    Refused is what is worth no more to the network than no film; what is worth more is read with a warning. Which is
    which was measured, see tests/benchmarks/bench_demotion.py.
    """
    display = display_sample(image)
    if float(display.std()) < MIN_CONTRAST:
        return Look()  # nothing to look at under this window: preparation says so
    found = [*_on_field(display), *_on_clipped(display), *_on_likeness(display)]
    refusals = [note for note, is_refusal in found if is_refusal]
    remarks = tuple(note for note, _ in found)
    if refusals:
        # A border that could not be trimmed makes a film look like none: the border is what is wrong then.
        return Look(remarks[0] if remarks[0].code == EMPTY else refusals[0])
    n_letters = count_letters(display_sample(image, side=TEXT_SIDE))
    return Look(None, (*remarks, *remark_on_text(n_letters)))


def display_sample(image: MedicalImage, *, side: int = SAMPLE_SIDE) -> Pixels:
    """Give every k-th pixel of a film as it is meant to be looked at: grey, float32 in [0, 1], bright bones.

    side: what the shorter side keeps at least, where the film has as much.
    """
    step = max(1, min(image.size) // side)
    fewer = replace(image, stored=image.stored[:1, ::step, ::step])
    return to_gray(to_display(fewer, 0))


def structure_share(grey: Pixels) -> float:
    """Share of the variance that survives averaging over 8 x 8 blocks: near 0 for noise, above 0.5 for a film."""
    rows, cols = grey.shape[0] // 8 * 8, grey.shape[1] // 8 * 8
    blocks = grey[:rows, :cols].reshape(rows // 8, 8, cols // 8, 8).mean(axis=(1, 3))
    total = float(grey.var())
    return float(blocks.var()) / total if total > 0 else 0.0


def field_share(display: Pixels) -> float:
    """Share of a picture that its exposed field takes, padding and collimated borders left out."""
    return float(_varies(display).mean() * _varies(display.T).mean())


def clipped_share(display: Pixels) -> float:
    """Share of the exposed field that is shown black or white, or at the darkest and brightest value that it has."""
    row0, col0, row1, col1 = exposed_field(display)
    field = display[row0:row1, col0:col1]
    limits = (0.0, 1.0), (float(field.min()), float(field.max()))
    return max(float(np.mean((field <= low + LIMIT_BAND) | (field >= high - LIMIT_BAND))) for low, high in limits)


def _varies(lines: Pixels) -> NDArray[np.bool_]:
    low, high = np.percentile(lines, (2, 98), axis=1)
    varies: NDArray[np.bool_] = (high - low) > 0.04
    return varies


def refuse_stored(image: MedicalImage) -> QualityNote | None:
    """Give the first reason by size and stored values: too small, too oblong, in colour, blank."""
    rows, cols = image.size
    if min(rows, cols) < MIN_SIDE:
        return _note(
            "image_too_small",
            Words(
                "The image is {cols} x {rows} pixels; at least {min_side} on each side are needed.",
                cols=cols,
                rows=rows,
                min_side=MIN_SIDE,
            ),
        )
    if max(rows, cols) > MAX_ASPECT * min(rows, cols):
        return _note(
            "image_wrong_shape",
            Words("The image is {cols} x {rows} pixels; no frontal chest film is that oblong.", cols=cols, rows=rows),
        )
    step = max(1, min(image.size) // SAMPLE_SIDE)
    sample = image.stored[0, ::step, ::step].astype(np.float32)
    if image.is_color and _colourfulness(sample) > MAX_COLOUR:
        return _note("image_not_greyscale", Words("The image is in colour; a radiograph has grey values only."))
    return _refuse_grey(to_gray(sample))


def _refuse_grey(grey: Pixels) -> QualityNote | None:
    n_levels = len(np.unique(grey))
    if n_levels < MIN_LEVELS or structure_share(grey) < MIN_STRUCTURE:
        return _note(
            "image_blank",
            Words("The image shows nothing: {n_levels} grey levels without any structure.", n_levels=n_levels),
        )
    return None


# A remark, and whether the image must not be read for it.
Finding = tuple[QualityNote, bool]


def _on_clipped(display: Pixels) -> Iterator[Finding]:
    clipped = clipped_share(display)
    if clipped <= MAX_CLIPPED:
        return
    message = Words(
        "{at_limits:.0f} of 100 pixels are at the darkest or brightest value; "
        "the exposure carries too little information to decide anything.",
        at_limits=100 * clipped,
    )
    yield _note("image_saturated", message), clipped > MAX_READ_CLIPPED


def _on_field(display: Pixels) -> Iterator[Finding]:
    share = field_share(display)
    if share >= MIN_FIELD:
        return
    row0, col0, row1, col1 = exposed_field(display)
    is_trimmed = field_share(display[row0:row1, col0:col1]) >= MIN_FIELD
    message = Words("Only {share:.0f} of 100 pixels are exposed; the rest is an empty border.", share=100 * share)
    yield _note(EMPTY, message), not is_trimmed


def _on_likeness(display: Pixels) -> Iterator[Finding]:
    look = look_at(display)
    if look.upright >= MIN_UPRIGHT:
        return
    code, message = _FAULTS.get(look.likeliest_fault, _NO_CHEST)
    yield _note(code, message), True


_TURNED = "image_rotated", Words("The film seems to lie on its side or upside down; turn it upright and save it again.")
_NEGATIVE = "image_inverted", Words("Black and white seem to be exchanged: the lungs are bright.")
_CUT = "image_cropped", Words("The film seems to be cut: it does not show both lungs as a whole.")
_SIDEWAYS = (
    "image_looks_lateral",
    Words("The film looks like a lateral one; the model reads frontal films (PA, AP)."),
)
_NO_CHEST = "image_not_chest", Words("The picture does not look like a frontal chest film, whatever its header says.")
_FAULTS: dict[str, tuple[str, Words]] = {
    **dict.fromkeys(TURNED, _TURNED),
    **dict.fromkeys((INVERTED, *INVERTED_TURNED), _NEGATIVE),
    CUT: _CUT,
    LATERAL: _SIDEWAYS,
}


def _colourfulness(rgb: Pixels) -> float:
    # 95th percentile, so that a coloured stamp in one corner does not refuse a grey film.
    return float(np.percentile(rgb.max(axis=2) - rgb.min(axis=2), 95))


def _note(code: str, message: Words) -> QualityNote:
    return QualityNote(code, message, Severity.WARNING, InputKind.IMAGE)

"""What the corners say: pure text from the image, the view and the pointer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from medmm.core.identity import display_name
from medmm.core.image import LookupTable, MedicalImage, Window
from medmm.core.quality import Severity
from medmm.imaging.crosshair import place_words
from medmm.imaging.pixel_sample import sample_pixel
from ui import theme
from ui.language import mark, told, tr
from ui.state.measurement_words import sample_text
from ui.state.view_state import ViewState
from ui.viewer.layer_text import layer_words, presentation_words
from ui.viewer.outlined_text import cut, plain
from ui.viewer.render import SQUARE_PIXELS_FROM, current_voi
from ui.viewer.slice_pixels import SlicePixels

RESEARCH_USE = mark("RESEARCH USE ONLY")
# Ranks: which lines stay as the view shrinks or the user asks for less.
# FIXED stays even when the user hides the corner texts.
FIXED, ALWAYS, USUAL, DETAIL = -1, 0, 1, 2
MAX_WARNINGS = 2
# A sigmoid rounds to the darkest and brightest of 256 greys this many widths from its centre: ln(509) / 4.
SIGMOID_REACH = 1.558
GEOMETRY_CODES = frozenset(
    {
        "slices_missing", "spacing_uneven", "spacing_missing", "gantry_tilt", "tilt_resampled", "slice_doubled",
        "series_split", "series_ambiguous", "positions_missing", "frames_not_one_volume", "frames_repeat_places",
        "geometry_invalid",
    }
)  # fmt: skip
SIDES = {"L": mark("left"), "R": mark("right"), "B": mark("both sides"), "U": ""}
MONTHS = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"),
    mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip


# ACR-NEMA wrote dates with dots and times with colons (PS3.5 6.2, notes on DA and TM).
_old_date = re.compile(r"\d{4}\.\d{2}\.\d{2}").fullmatch
_moment = re.compile(r"(?P<date>\d{8}|\d{4}\.\d{2}\.\d{2})(?P<time>[\d:]*).*").fullmatch


@dataclass(frozen=True)
class Line:
    """One line of a corner; the lowest rank stays longest."""

    text: str
    rank: int = DETAIL
    color: str = theme.TEXT


@dataclass(frozen=True)
class Corners:
    """The lines of the four corners, each from top to bottom."""

    top_left: tuple[Line, ...]
    top_right: tuple[Line, ...]
    bottom_left: tuple[Line, ...]
    bottom_right: tuple[Line, ...]


@dataclass(frozen=True)
class Situation:
    """What the corners say beyond the image: magnification, pointer (row, col) or None, and the model's line.

    key_line: what marks the slice as a key image, empty for nothing.
    """

    magnification: float
    pointer: tuple[int, int] | None
    ai_line: str
    key_line: str = ""


def write_corners(view: ViewState, pixels: SlicePixels, situation: Situation) -> Corners:
    """Give the lines of all four corners, empty ones left out."""
    image = pixels.image
    return Corners(
        top_left=_filled(_patient(image)),
        top_right=_filled((Line(situation.key_line, FIXED, theme.WARNING), *_study(image))),
        bottom_left=_filled((*_place(view, situation), *_values(view, pixels, situation), *_warnings(image))),
        bottom_right=_filled((*_series(image, pixels.slice_index), *fixed_lines(situation.ai_line))),
    )


def write_unread(view: ViewState, situation: Situation) -> Corners:
    """Give the lines of a slice whose pixels have not come yet: whose it is, which one, and what is known of it."""
    image = view.image
    assert image is not None, "a slice of an image"
    return Corners(
        top_left=_filled(_patient(image)),
        top_right=_filled(_study(image)),
        bottom_left=_filled((Line(_frame_words(view), USUAL), *_warnings(image))),
        bottom_right=_filled((*_series(image, view.slice_index), *fixed_lines(situation.ai_line))),
    )


def fixed_lines(ai_line: str) -> tuple[Line, ...]:
    """Give the two lines that never go away."""
    ai = Line(tr("AI: {model}").format(model=plain(ai_line) or tr("no model")), FIXED)
    return ai, Line(tr(RESEARCH_USE), FIXED, theme.WARNING)


def to_date(value: str) -> str:
    """Write a DICOM date with the month as a word; anything else stays as it is."""
    if _old_date(value):
        value = value.replace(".", "")
    if len(value) == 8 and value.isascii() and value.isdigit() and 1 <= int(value[4:6]) <= 12:
        month = tr(MONTHS[int(value[4:6]) - 1])
        return tr("{day} {month} {year}").format(day=int(value[6:]), month=month, year=value[:4])
    return value


def to_time(value: str) -> str:
    """Write a DICOM time as hours and minutes."""
    value = value.replace(":", "")
    return f"{value[:2]}:{value[2:4]}" if len(value) >= 4 and value[:4].isdigit() else value


def window_text(voi: Window | LookupTable) -> str:
    """Write a window or a VOI LUT as the corner shows it."""
    if isinstance(voi, LookupTable):
        return cut(f"VOI LUT {voi.explanation}")
    digits = 0 if abs(voi.width) >= 20 else 2
    numbers = f"W {voi.width:.{digits}f}  L {voi.center:.{digits}f}"
    # The same two numbers look otherwise through a sigmoid; the word is the file's own (PS3.3 C.11.2.1.3).
    curve = voi.function if voi.function == "SIGMOID" else ""
    return "  ".join(part for part in (numbers, cut(voi.explanation), curve) if part)


def is_outside(voi: Window | LookupTable, value_range: tuple[float, float]) -> bool:
    """Tell whether a window shows none of the data: all black or all white."""
    low, high = voi_ends(voi)
    return low > value_range[1] or high < value_range[0]


def voi_ends(voi: Window | LookupTable) -> tuple[float, float]:
    """Give the values at which a window or a VOI LUT stops telling darker from brighter."""
    if isinstance(voi, LookupTable):
        return float(voi.first), float(voi.first + len(voi.values) - 1)
    reach = voi.width * (SIGMOID_REACH if voi.function == "SIGMOID" else 0.5)
    return voi.center - reach, voi.center + reach


def probe_text(pixels: SlicePixels, pointer: tuple[int, int]) -> str:
    """Write the value under the pointer with its unit, what is stored where that differs, and its place."""
    image, index = pixels.image, pixels.slice_index
    row, col = pointer
    place = tr("row {row}  col {col}").format(row=row, col=col)
    return f"{sample_text(sample_pixel(image, index, row, col), image, index)}   {place}"


def _patient(image: MedicalImage) -> Iterable[Line]:
    identity = image.identity
    yield Line(cut(display_name(identity.name)), ALWAYS)
    yield Line(cut(_joined(_named(tr("ID {value}"), identity.patient_id), identity.sex)), USUAL)
    yield Line(_named(tr("born {value}"), cut(to_date(identity.birth_date))), DETAIL)


def _study(image: MedicalImage) -> Iterable[Line]:
    header = image.header
    found = _moment(header.acquisition_datetime)
    acquired = f"{to_date(found['date'])}  {to_time(found['time'])}" if found else ""
    studied = f"{to_date(header.study_date)}  {to_time(header.study_time)}"
    yield Line(cut(header.institution), DETAIL)
    yield Line(cut(header.study_description), DETAIL)
    yield Line(cut(_named(tr("study {value}"), header.study_id)), DETAIL)
    yield Line(cut(_named(tr("acc {value}"), header.accession_number)), DETAIL)
    # Without its date a prior looks like the present: nine viewports say it too.
    yield Line(cut(acquired or studied), ALWAYS)


def _series(image: MedicalImage, slice_index: int) -> Iterable[Line]:
    header = image.header
    side = SIDES.get(header.laterality)
    yield Line(cut(_named(tr("series {value}"), header.series_number)), DETAIL)
    yield Line(cut(told(header.series_description)), DETAIL)
    yield Line(cut(_named(tr("contrast {value}"), header.contrast)), DETAIL)
    yield Line(_slice_place(image, slice_index), DETAIL)
    words = tr(side) if side else header.laterality if side is None else ""
    yield Line(cut(_joined(header.modality, header.body_part, header.view_position, words)), USUAL)
    yield Line(plain(image.plane_words), USUAL)


def _slice_place(image: MedicalImage, slice_index: int) -> str:
    """Write how thick the slice is, and where it lies along the normal unless its number says so already."""
    position = image.instances[slice_index].position_mm if image.geometry.affine is None else None
    thick = _named(tr("thickness {value} mm"), cut(image.header.slice_thickness))
    lies = _named(tr("location {value} mm"), "" if position is None else f"{position:.1f}")
    return "  ".join(part for part in (thick, lies) if part)


def _place(view: ViewState, situation: Situation) -> Iterable[Line]:
    turns = [tr("turned {degrees}°").format(degrees=90 * view.orientation.turns)] * bool(view.orientation.turns)
    turns += [tr("mirrored")] * view.orientation.is_mirrored + [tr("inverted")] * view.is_inverted
    zoom = tr("zoom {times}x").format(times=f"{situation.magnification:.2f}")
    look = tr("single pixels") if situation.magnification >= SQUARE_PIXELS_FROM else tr("smoothed")
    for words in presentation_words(view.shown, to_date):
        yield Line(words, USUAL, theme.WARNING)
    for words in layer_words(view):
        yield Line(words, DETAIL)
    place = place_words(view.image, view.slice_index) if view.image is not None and view.n_slices > 1 else ""
    yield Line(f"{_frame_words(view)}   {place}".strip(), USUAL)
    yield Line("  ".join([zoom, look, *turns]), DETAIL)


def _frame_words(view: ViewState) -> str:
    """Number the slice or frame, its own number from the file in brackets; empty where there is only one."""
    assert view.image is not None, "nothing to number"
    number = view.image.instances[view.slice_index].instance_number
    is_multiframe = view.image.instances[0].path == view.image.instances[-1].path
    counted = f"{view.slice_index + 1} / {view.n_slices}"
    if view.n_slices < 2:
        return ""
    if is_multiframe and view.image.geometry.affine is None:
        return tr("frame {counted}").format(counted=counted)
    if is_multiframe or number is None:
        return tr("slice {counted}").format(counted=counted)
    return tr("slice [{number}] {counted}").format(number=number, counted=counted)


def _values(view: ViewState, pixels: SlicePixels, situation: Situation) -> Iterable[Line]:
    if situation.pointer is not None:
        yield Line(probe_text(pixels, situation.pointer), DETAIL)
    if pixels.image.is_color:
        return
    voi = current_voi(view, pixels)
    if is_outside(voi, pixels.value_range):
        yield Line(f"{window_text(voi)}   {tr('outside the data')}", ALWAYS, theme.WARNING)
    else:
        yield Line(window_text(voi), USUAL)
        yield Line(_clipped_words(pixels, voi, is_swapped=pixels.image.is_inverted != view.is_inverted), DETAIL)


def _clipped_words(pixels: SlicePixels, voi: Window | LookupTable, *, is_swapped: bool) -> str:
    """Say how much of the slice the window shows all black and all white: differences there are not seen."""
    values = pixels.sampled_values
    if values.size == 0:
        return ""
    low, high = voi_ends(voi)
    shares = [float(np.mean(values < low)), float(np.mean(values > high))]
    black, white = (f"{100 * share:.0f}" for share in (reversed(shares) if is_swapped else shares))
    return tr("clipped: {black} % black, {white} % white").format(black=black, white=white)


def _warnings(image: MedicalImage) -> Iterable[Line]:
    found = [note for note in image.notes if note.severity is not Severity.INFO]
    # Where pixels do not lie where one would think comes first, and stays whatever the user hides.
    found.sort(key=lambda note: note.code not in GEOMETRY_CODES)
    for note in found[:MAX_WARNINGS]:
        rank = FIXED if note.code in GEOMETRY_CODES else USUAL
        yield Line(plain(told(note.message)), rank, theme.STOP if note.severity is Severity.STOP else theme.WARNING)
    if len(found) > MAX_WARNINGS:
        yield Line(tr("and {n} more remarks").format(n=len(found) - MAX_WARNINGS), DETAIL, theme.WARNING)
    yield Line(plain(told(image.header.lossy)), FIXED, theme.WARNING)


def _named(words: str, value: str) -> str:
    return words.format(value=value) if value else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _filled(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.text)

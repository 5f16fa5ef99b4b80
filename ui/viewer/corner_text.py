"""What the corners say: pure text from the image, the view and the pointer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medmm.core.identity import display_name
from medmm.core.image import LookupTable, MedicalImage, Window
from medmm.core.quality import Severity
from medmm.imaging.crosshair import place_words
from ui import theme
from ui.state.view_state import ViewState
from ui.viewer.layer_text import layer_words, presentation_words
from ui.viewer.outlined_text import cut, plain
from ui.viewer.render import current_voi
from ui.viewer.slice_pixels import SlicePixels

RESEARCH_USE = "RESEARCH USE ONLY"
# Ranks: which lines stay as the view shrinks or the user asks for less.
ALWAYS, USUAL, DETAIL = 0, 1, 2
MAX_WARNINGS = 2
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Line:
    """One line of a corner; rank 0 stays longest."""

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
    """What the corners say beyond the image: magnification, pointer (row, col) or None, and the model's line."""

    magnification: float
    pointer: tuple[int, int] | None
    ai_line: str


def write_corners(view: ViewState, pixels: SlicePixels, situation: Situation) -> Corners:
    """Give the lines of all four corners, empty ones left out."""
    image = pixels.image
    return Corners(
        top_left=_filled(_patient(image)),
        top_right=_filled(_study(image)),
        bottom_left=_filled((*_place(view, situation), *_values(view, pixels, situation), *_warnings(image))),
        bottom_right=_filled((*_series(image), *fixed_lines(situation.ai_line))),
    )


def fixed_lines(ai_line: str) -> tuple[Line, ...]:
    """Give the two lines that never go away."""
    ai = Line(f"AI: {plain(ai_line)}" if ai_line else "AI: no model", ALWAYS)
    return ai, Line(RESEARCH_USE, ALWAYS, theme.WARNING)


def to_date(value: str) -> str:
    """Write a DICOM date with the month as a word; anything else stays as it is."""
    if len(value) == 8 and value.isascii() and value.isdigit() and 1 <= int(value[4:6]) <= 12:
        return f"{int(value[6:])} {MONTHS[int(value[4:6]) - 1]} {value[:4]}"
    return value


def to_time(value: str) -> str:
    """Write a DICOM time as hours and minutes."""
    return f"{value[:2]}:{value[2:4]}" if len(value) >= 4 and value[:4].isdigit() else value


def window_text(voi: Window | LookupTable) -> str:
    """Write a window or a VOI LUT as the corner shows it."""
    if isinstance(voi, LookupTable):
        return cut(f"VOI LUT {voi.explanation}")
    digits = 0 if abs(voi.width) >= 20 else 2
    return f"W {voi.width:.{digits}f}  L {voi.center:.{digits}f}  {cut(voi.explanation)}".rstrip()


def is_outside(voi: Window | LookupTable, value_range: tuple[float, float]) -> bool:
    """Tell whether a window shows none of the data: all black or all white."""
    if isinstance(voi, LookupTable):
        return voi.first > value_range[1] or voi.first + len(voi.values) - 1 < value_range[0]
    return voi.center - voi.width / 2 > value_range[1] or voi.center + voi.width / 2 < value_range[0]


def probe_text(pixels: SlicePixels, pointer: tuple[int, int]) -> str:
    """Write the value under the pointer with its unit and place."""
    row, col = pointer
    place = f"   row {row}  col {col}"
    if pixels.image.is_color:
        red, green, blue = (int(part) for part in pixels.stored[row, col])
        return f"RGB {red} {green} {blue}{place}"
    value = pixels.value_at(row, col)
    if value is None:
        return f"padding{place}"
    number = f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}"
    return f"{number} {unit_of(pixels.image)}".rstrip() + place


def unit_of(image: MedicalImage) -> str:
    """Give the unit of the modality values, empty where the file states none."""
    return plain(image.header.units)


def _patient(image: MedicalImage) -> Iterable[Line]:
    identity = image.identity
    yield Line(cut(display_name(identity.name)), ALWAYS)
    yield Line(cut(_joined(f"ID {identity.patient_id}" * bool(identity.patient_id), identity.sex)), USUAL)
    yield Line(f"born {cut(to_date(identity.birth_date))}" * bool(identity.birth_date), DETAIL)


def _study(image: MedicalImage) -> Iterable[Line]:
    header = image.header
    yield Line(cut(header.institution), DETAIL)
    yield Line(cut(header.study_description), DETAIL)
    yield Line(cut(f"acc {header.accession_number}" * bool(header.accession_number)), DETAIL)
    yield Line(cut(f"{to_date(header.study_date)}  {to_time(header.study_time)}"), USUAL)


def _series(image: MedicalImage) -> Iterable[Line]:
    header = image.header
    yield Line(cut(f"series {header.series_number}" * bool(header.series_number)), DETAIL)
    yield Line(cut(header.series_description), DETAIL)
    side = {"L": "left", "R": "right", "B": "both sides", "U": ""}.get(header.laterality, header.laterality)
    yield Line(cut(_joined(header.modality, header.body_part, header.view_position, side)), USUAL)


def _place(view: ViewState, situation: Situation) -> Iterable[Line]:
    turns = [f"turned {90 * view.orientation.turns}°"] * bool(view.orientation.turns)
    turns += ["mirrored"] * view.orientation.is_mirrored
    for words in presentation_words(view.shown, to_date):
        yield Line(words, USUAL, theme.WARNING)
    for words in layer_words(view):
        yield Line(words, DETAIL)
    if view.n_slices > 1:
        place = place_words(view.image, view.slice_index) if view.image is not None else ""
        yield Line(f"slice {view.slice_index + 1} / {view.n_slices}   {place}".rstrip(), USUAL)
    yield Line("  ".join([f"zoom {situation.magnification:.2f}x", *turns, *["inverted"] * view.is_inverted]), DETAIL)


def _values(view: ViewState, pixels: SlicePixels, situation: Situation) -> Iterable[Line]:
    if situation.pointer is not None:
        yield Line(probe_text(pixels, situation.pointer), DETAIL)
    if pixels.image.is_color:
        return
    voi = current_voi(view, pixels)
    if is_outside(voi, pixels.value_range):
        yield Line(f"{window_text(voi)}   outside levels", ALWAYS, theme.STOP)
    else:
        yield Line(window_text(voi), USUAL)


def _warnings(image: MedicalImage) -> Iterable[Line]:
    found = [note for note in image.notes if note.severity is not Severity.INFO]
    for note in found[:MAX_WARNINGS]:
        yield Line(plain(note.message), USUAL, theme.STOP if note.severity is Severity.STOP else theme.WARNING)
    if len(found) > MAX_WARNINGS:
        yield Line(f"and {len(found) - MAX_WARNINGS} more remarks", DETAIL, theme.WARNING)
    if image.header.lossy:
        yield Line(plain(image.header.lossy), USUAL, theme.WARNING)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _filled(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.text)

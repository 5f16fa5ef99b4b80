"""Sort slices by their position along the normal, never by InstanceNumber, and name every irregularity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import IncompleteSeries
from medmm.core.image import ImageGeometry
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.imaging.facts import FrameFacts, InstanceFacts, Vector
from medmm.imaging.geometry import direction_letters, make_affine, slice_normal
from medmm.imaging.parting import film_order
from medmm.imaging.sides import on_four_legs

# Positions measured from ImagePositionPatient alone; 1 % or 0.05 mm is rounding (RELIABILITY, row 10).
TOLERANCE_SHARE, TOLERANCE_MM = 0.01, 0.05
SAME_PLACE_MM = 0.01
# Above this share of missing slices a stack misleads more than it shows.
MAX_MISSING_SHARE = 0.10
TILT_DEGREES = 0.5


@dataclass(frozen=True)
class Slice:
    """One frame of one object at its place; distance_mm along the normal, None where unknown."""

    facts: InstanceFacts
    frame: int
    distance_mm: float | None = None

    @property
    def place(self) -> FrameFacts:
        """Give the facts of this frame."""
        return self.facts.frames[self.frame]


@dataclass(frozen=True)
class SliceOrder:
    """Slices in the order to show, their geometry, and pairs at one place that must prove to be equal."""

    slices: tuple[Slice, ...]
    geometry: ImageGeometry
    twins: tuple[tuple[Slice, Slice], ...] = ()
    notes: tuple[QualityNote, ...] = ()


def order_slices(series: Sequence[InstanceFacts], frames: Sequence[int] = ()) -> SliceOrder:
    """Sort the frames of one stack; `frames` chooses those of one multi-frame object, all where it is empty.

    Raises IncompleteSeries when one UID stands for several places, or too many slices are missing.
    """
    slices = [Slice(facts, frame) for facts in series for frame in frames or range(len(facts.frames))]
    first = slices[0].place
    is_placed = all(part.place.position and part.place.orientation for part in slices)
    if not is_placed or not _is_parallel(slices):
        return _unplaced(slices)
    normal = slice_normal(first.orientation)
    placed = [Slice(part.facts, part.frame, float(np.dot(part.place.position, normal))) for part in slices]
    placed.sort(key=lambda part: (part.distance_mm or 0.0, part.facts.sop_instance_uid, part.frame))
    single, twins = _without_twins(placed)
    film = film_order(series) if len(single) == 1 and twins else None
    if film is not None and len({facts.sop_instance_uid for facts in film}) == len(film):
        return _film([Slice(facts, 0) for facts in film])
    if twins and len(series) == 1:
        # Time points or echoes inside one object: its own order is the only true one.
        return _unplaced(slices, reason="frames_repeat_places")
    _require_own_uids(single)
    return _placed(single, twins, normal)


def _placed(slices: list[Slice], twins: list[tuple[Slice, Slice]], normal: NDArray[np.float64]) -> SliceOrder:
    notes = [
        _note(
            "slice_doubled",
            Words("{n_twins} slices lie where another one lies; identical ones are shown once.", n_twins=len(twins)),
        )
    ]
    notes = notes if twins else []
    first, spacing = slices[0].place, slices[0].place.spacing
    step, step_notes, is_even = _step(slices, normal)
    notes += step_notes
    pair = (spacing.rows_mm, spacing.cols_mm)
    affine = make_affine(first.orientation, first.position, step, pair) if is_even and not math.isnan(pair[0]) else None
    between = float(np.dot(step, normal)) if is_even and len(slices) > 1 else math.nan
    geometry = ImageGeometry(
        spacing_mm=(between, *pair),
        spacing_label=spacing.label,
        affine=affine,
        row_direction=_side(slices[0], first.orientation[:3]),
        column_direction=_side(slices[0], first.orientation[3:]),
        frame_of_reference_uid=slices[0].facts.frame_of_reference_uid,
    )
    return SliceOrder(tuple(slices), geometry, tuple(twins), (*notes, *_spacing_notes(slices)))


def _step(slices: list[Slice], normal: NDArray[np.float64]) -> tuple[NDArray[np.float64], list[QualityNote], bool]:
    # (way from slice to slice, remarks, whether all steps are equal)
    if len(slices) == 1:
        return normal * (slices[0].facts.slice_thickness_mm or 1.0), [], True
    distances = np.array([part.distance_mm for part in slices])
    gaps = np.diff(distances)
    notes, is_even = _check_gaps(slices, gaps)
    way = (np.asarray(slices[-1].place.position) - np.asarray(slices[0].place.position)) / (len(slices) - 1)
    tilt = math.degrees(math.acos(min(1.0, abs(float(np.dot(way, normal))) / float(np.linalg.norm(way)))))
    if tilt > TILT_DEGREES:
        notes.append(
            _note("gantry_tilt", Words("The slices are sheared by {tilt:.1f} degrees (gantry tilt).", tilt=tilt))
        )
    return way, notes, is_even


def _check_gaps(slices: list[Slice], gaps: NDArray[np.float64]) -> tuple[list[QualityNote], bool]:
    usual, least, most = float(np.median(gaps)), float(gaps.min()), float(gaps.max())
    if least < SAME_PLACE_MM:
        beside = int(np.argmin(gaps))
        names = f"{slices[beside].facts.path.name!r} and {slices[beside + 1].facts.path.name!r}"
        raise IncompleteSeries(
            Words(
                "{names} lie beside each other in one plane ({least:.2f} mm apart along the normal)",
                names=names,
                least=least,
            ),
            Words("This is no stack of slices; open the files one by one."),
            slices[beside].facts.path,
        )
    tolerance = max(TOLERANCE_SHARE * usual, TOLERANCE_MM)
    if most - least <= 2 * tolerance:
        return [], True
    # In a stack with holes the smallest distance is the true one.
    counts = gaps / least
    n_missing = int(np.rint(counts).sum()) - len(gaps)
    at = int(np.argmax(gaps))
    where = Words(
        "between {name!r} and {next_name!r}", name=slices[at].facts.path.name, next_name=slices[at + 1].facts.path.name
    )
    is_whole = bool(np.all(np.abs(counts - np.rint(counts)) * least <= 2 * tolerance))
    if is_whole and n_missing > max(1, MAX_MISSING_SHARE * len(slices)):
        raise IncompleteSeries(
            Words(
                "{n_missing} of {n_slices} slices are missing: distances of {least:.2f} mm and {most:.2f} mm ({where})",
                n_missing=n_missing,
                n_slices=n_missing + len(slices),
                least=least,
                most=most,
                where=where,
            ),
            Words("Copy the whole series again."),
            slices[at].facts.path,
        )
    code, words = "spacing_uneven", Words("slices lie unevenly")
    if is_whole:
        code, words = "slices_missing", Words("{n_missing} slices are missing", n_missing=n_missing)
    message = Words(
        "In this series {words}: distances of {least:.2f} mm and {most:.2f} mm; nothing is measured across slices.",
        words=words,
        least=least,
        most=most,
    )
    return [_note(code, message)], False


def _without_twins(slices: list[Slice]) -> tuple[list[Slice], list[tuple[Slice, Slice]]]:
    single, twins = [slices[0]], []
    for part in slices[1:]:
        kept = single[-1]
        apart = np.subtract(part.place.position, kept.place.position)
        if float(np.linalg.norm(apart)) < SAME_PLACE_MM:
            twins.append((kept, part))
        else:
            single.append(part)
    return single, twins


def _require_own_uids(slices: list[Slice]) -> None:
    objects = {part.facts.path: part.facts.sop_instance_uid for part in slices}
    stated = [uid for uid in objects.values() if uid]
    if len(set(stated)) < len(stated):
        raise IncompleteSeries(
            Words(
                "{n_stated} slices at different places carry only {n_set} SOP Instance UIDs",
                n_stated=len(stated),
                n_set=len(set(stated)),
            ),
            Words("Export the series again from its source."),
            slices[0].facts.path,
        )


def _is_parallel(slices: list[Slice]) -> bool:
    first = slices[0].place.orientation
    others = (part.place.orientation for part in slices if part.place.orientation != first)
    return all(np.allclose(other, first, atol=2e-3) for other in others)


def _film(slices: list[Slice]) -> SliceOrder:
    message = Words(
        "{n_slices} images of one place, in the order of their times; nothing is measured across them.",
        n_slices=len(slices),
    )
    return _without_volume(slices, [QualityNote("frames_repeat_places", message, Severity.INFO, InputKind.IMAGE)])


def _unplaced(slices: list[Slice], *, reason: str = "positions_missing") -> SliceOrder:
    notes: list[QualityNote] = []
    if len({part.facts.path for part in slices}) > 1:
        slices = sorted(slices, key=lambda part: (part.facts.instance_number or 0, part.facts.path.name))
        notes.append(
            _note(
                reason,
                Words("The {n_slices} slices state no position; their order may be wrong.", n_slices=len(slices)),
            )
        )
    elif len(slices) > 1 and slices[0].place.position:
        notes.append(
            _note("frames_not_one_volume", Words("The frames do not form one volume; they are shown as stored."))
        )
    return _without_volume(slices, notes)


def _without_volume(slices: list[Slice], notes: list[QualityNote]) -> SliceOrder:
    spacing, facts = slices[0].place.spacing, slices[0].facts
    row, column = facts.patient_orientation
    orientation = slices[0].place.orientation if _is_parallel_known(slices) else ()
    if orientation:
        row, column = _side(slices[0], orientation[:3]), _side(slices[0], orientation[3:])
    geometry = ImageGeometry(
        spacing_mm=(math.nan, spacing.rows_mm, spacing.cols_mm),
        spacing_label=spacing.label,
        row_direction=row,
        column_direction=column,
        frame_of_reference_uid=facts.frame_of_reference_uid,
    )
    return SliceOrder(tuple(slices), geometry, (), (*notes, *_spacing_notes(slices)))


def _is_parallel_known(slices: list[Slice]) -> bool:
    return all(part.place.orientation for part in slices) and _is_parallel(slices)


def _side(part: Slice, direction: Vector) -> str:
    letters = direction_letters(direction)
    return on_four_legs(letters) if part.facts.is_animal else letters


def _spacing_notes(slices: list[Slice]) -> tuple[QualityNote, ...]:
    spacing = slices[0].place.spacing
    if not math.isnan(spacing.rows_mm):
        return ()
    is_measured = slices[0].facts.header.modality in ("CT", "MR", "PT")
    severity = Severity.WARNING if is_measured else Severity.INFO
    message = Words("The pixel spacing is not stated; lengths are in pixels.")
    return (QualityNote("spacing_missing", message, severity, InputKind.IMAGE),)


def _note(code: str, message: Words) -> QualityNote:
    return QualityNote(code, message, Severity.WARNING, InputKind.IMAGE)

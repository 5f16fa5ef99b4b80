"""The key images of a patient as rows: which slice, of what, marked by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medmm.core.image import SeriesSummary
from medmm.core.image_places import ImagePlace, Places, place_at
from medmm.core.key_image import KeyImage
from ui.language import told, tr
from ui.state.reference_words import place_words
from ui.viewer.outlined_text import plain

STAR = "★"


@dataclass(frozen=True)
class KeyRow:
    """One slice, however often it is marked; place: None where its series is not open."""

    title: str
    line: str
    place: ImagePlace | None


def key_rows(marks: Sequence[KeyImage], places: Places, series: Sequence[SeriesSummary]) -> tuple[KeyRow, ...]:
    """List the slices that are marked, by series and number, those that are not open last."""
    by_key = {one.key: one for one in series}
    found: dict[tuple[str, int], list[KeyImage]] = {}
    for one in marks:
        found.setdefault((one.place.sop_instance_uid, max(one.place.frame, 0)), []).append(one)
    rows = [_row(place_at(places, *key), same, by_key) for key, same in found.items()]
    return tuple(sorted(rows, key=_order))


def star_counts(rows: Sequence[KeyRow]) -> dict[str, int]:
    """Count the marked slices of each series by its key."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.place is not None:
            counts[row.place.series_key] = counts.get(row.place.series_key, 0) + 1
    return counts


def mark_words(titles: Sequence[str]) -> str:
    """Say on the image what marks a slice, empty for nothing."""
    if not titles:
        return ""
    named = ", ".join(dict.fromkeys(plain(title) or tr("key image") for title in titles))
    return f"{STAR} {named}"


def _row(place: ImagePlace | None, same: Sequence[KeyImage], by_key: dict[str, SeriesSummary]) -> KeyRow:
    who = ", ".join(dict.fromkeys(plain(one.title) or tr("marked here") for one in same))
    if place is None:
        return KeyRow(tr("an image that is not open"), who, None)
    one = by_key[place.series_key]
    what = plain(f"{one.header.modality} {told(one.header.series_description)}") or one.paths[0].name
    return KeyRow(place_words(place), " · ".join((what, who)), place)


def _order(row: KeyRow) -> tuple[bool, bool, int, str, int]:
    place = row.place
    if place is None:
        return True, True, 0, "", 0
    is_number = place.series.isascii() and place.series.isdigit()
    number = place.frame if place.is_frame else place.number or 0
    return False, not is_number, int(place.series) if is_number else 0, place.series_key, number

"""What happened to a patient and when: the studies, notes and tables of vital signs of a case in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from medmm.core.case import Case
from medmm.core.image import SeriesSummary, StudyHeader
from medmm.core.quality import InputKind
from medmm.core.record import VITAL_BY_NAME, ClinicalNote, VitalMeasurement, Vitals
from medmm.workflow.order import Moment, header_moment

_DAY = timedelta(days=1)
_ORDER = {InputKind.IMAGE: 0, InputKind.NOTE: 1, InputKind.VITALS: 2}


@dataclass(frozen=True)
class TimelineItem:
    """One study, note or table of vital signs.

    places: where it stands: numbers of its series (the case's, then those from elsewhere), of the note, of the table;
    start, end: on the clock's face, the same for a moment; a date without an hour is its whole day; None without date;
    n_parts: series of a study, times of a table; n_unusual: values outside their reference range or impossible.
    """

    kind: InputKind
    places: tuple[int, ...]
    start: datetime | None = None
    end: datetime | None = None
    has_clock: bool = True
    title: str = ""
    modality: str = ""
    uid: str = ""
    n_parts: int = 1
    n_unusual: int = 0


def timeline_of(case: Case, elsewhere: Sequence[SeriesSummary] = ()) -> tuple[TimelineItem, ...]:
    """Give everything of a patient that has a place in time, the earliest first; what has no date comes last.

    elsewhere: series of the same patient from other places that are open.
    """
    headers = [one.header for one in (*(case.series or case.images), *elsewhere)]
    items = [*_studies(headers), *_notes(case.notes), *_tables(case.vitals)]
    return tuple(sorted(items, key=lambda item: (item.start is None, item.start or datetime.min, _ORDER[item.kind])))


def newest_note(case: Case) -> int:
    """Give the number of the note to show first: the last one written by the study's time, else the last of all."""
    dated = [(note.written_at.replace(tzinfo=None), place) for place, note in enumerate(case.notes) if note.written_at]
    until = case.index_time.replace(tzinfo=None) if case.index_time else datetime.max
    known = [one for one in dated if one[0] <= until]
    return max(known or dated, default=(datetime.min, 0))[1]


def _studies(headers: Sequence[StudyHeader]) -> Iterator[TimelineItem]:
    groups: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        # Pictures that name no study are not one study together.
        groups.setdefault(header.study_uid or f"picture {place}", []).append(place)
    for places in groups.values():
        own = [headers[place] for place in places]
        start, end, has_clock = _stretch(_earliest(own))
        yield TimelineItem(
            kind=InputKind.IMAGE,
            places=tuple(places),
            start=start,
            end=end,
            has_clock=has_clock,
            title=_first(header.study_description or header.body_part.capitalize() for header in own),
            modality="/".join(dict.fromkeys(header.modality for header in own if header.modality)),
            uid=own[0].study_uid,
            n_parts=len(places),
        )


def _earliest(headers: Sequence[StudyHeader]) -> Moment | None:
    moments = [moment for moment in map(header_moment, headers) if moment is not None]
    # One series that states its hour tells when on that day.
    return min(moments, key=lambda moment: (not moment.has_clock, moment.time.replace(tzinfo=None)), default=None)


def _notes(notes: Sequence[ClinicalNote]) -> Iterator[TimelineItem]:
    for place, note in enumerate(notes):
        written = note.written_at
        # A date alone was read as its midnight; nobody writes at 00:00:00.
        moment = Moment(written, written.time() != time()) if written else None
        start, end, has_clock = _stretch(moment)
        yield TimelineItem(InputKind.NOTE, (place,), start, end, has_clock, title=note.title)


def _tables(tables: Sequence[Vitals]) -> Iterator[TimelineItem]:
    for place, table in enumerate(tables):
        times = {measurement.time.replace(tzinfo=None) for measurement in table.measurements}
        yield TimelineItem(
            kind=InputKind.VITALS,
            places=(place,),
            start=min(times, default=None),
            end=max(times, default=None),
            title=table.path.name,
            n_parts=len(times),
            n_unusual=sum(_is_unusual(measurement) for measurement in table.measurements),
        )


def _stretch(moment: Moment | None) -> tuple[datetime | None, datetime | None, bool]:
    if moment is None:
        return None, None, True
    face = moment.time.replace(tzinfo=None)
    if moment.has_clock:
        return face, face, True
    midnight = datetime.combine(face.date(), time())
    return midnight, midnight + _DAY, False


def _is_unusual(measurement: VitalMeasurement) -> bool:
    low, high = VITAL_BY_NAME[measurement.name].reference
    return not measurement.is_plausible or not low <= measurement.value <= high


def _first(words: Iterator[str]) -> str:
    return next((word for word in words if word), "")

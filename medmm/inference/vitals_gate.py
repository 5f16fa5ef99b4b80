"""Which vital signs of a case a model may read, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from medmm.core.case import Case
from medmm.core.errors import ExchangedColumns, WrongUnit
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import VITAL_BY_NAME, VitalMeasurement
from medmm.core.words import Words, in_a_row
from medmm.inference.clock import is_after, seconds_between
from medmm.inference.lost_file import is_lost
from medmm.inference.vitals_course import refuse_course

# Two days: what a ward round looks back on, and more than any training patient was measured.
WINDOW_HOURS = 48.0
SUFFIXES = frozenset({".csv", ".tsv", ".xlsx", ".parquet"})
# What a table is refused for when it is read, under a code that says more than that it could not be.
REFUSED_TABLES = frozenset({WrongUnit.code, ExchangedColumns.code})
# Zones of age of a value before the study, in hours: recent, of the same day, old.
RECENT_HOURS, ZONE_EDGES = 6.0, (-1.0, 6.0, 24.0, 48.0)


def choose_measurements(
    case: Case, names: Sequence[str], *, window_hours: float = WINDOW_HOURS
) -> tuple[VitalMeasurement, ...]:
    """Give the plausible measurements of the known vital signs in the window before the index time.

    None where their course cannot be that of one patient.
    """
    found = _in_window(case, names, window_hours)
    return () if refuse_course(found) else found


def check_vitals(
    case: Case, names: Sequence[str], *, window_hours: float = WINDOW_HOURS
) -> tuple[tuple[VitalMeasurement, ...], tuple[QualityNote, ...]]:
    """Choose the measurements to read and list what is left out."""
    known = _known(case, names)
    if not known:
        return (), (_none_at_all(case),)
    chosen = _in_window(case, names, window_hours)
    remarks = [*_late(case, known), *_implausible(known)]
    if not chosen:
        remarks.append(_why_none(case, known, window_hours))
    if refusal := refuse_course(chosen):
        return (), (*remarks, refusal)
    remarks += _age_of_newest(case, chosen)
    missing = [name for name in names if chosen and name not in {m.name for m in chosen}]
    if missing:
        remarks.append(
            _note(
                "vitals_missing",
                Words(
                    "No usable value of: {missing}.", missing=in_a_row(VITAL_BY_NAME[name].title for name in missing)
                ),
                Severity.INFO,
            )
        )
    return chosen, tuple(remarks)


def _known(case: Case, names: Sequence[str]) -> tuple[VitalMeasurement, ...]:
    return tuple(m for table in case.vitals for m in table.measurements if m.name in names)


def _in_window(case: Case, names: Sequence[str], window_hours: float) -> tuple[VitalMeasurement, ...]:
    found = [m for m in _known(case, names) if m.is_plausible and _is_in_window(m, case, window_hours)]
    # Several tables are one course; the face of the clock counts, as everywhere after the zones were settled.
    return tuple(sorted(found, key=lambda m: m.time.replace(tzinfo=None)))


def _is_in_window(measurement: VitalMeasurement, case: Case, window_hours: float) -> bool:
    if case.index_time is None:
        return True
    return 0.0 <= seconds_between(measurement.time, case.index_time) <= window_hours * 3600.0


def _age_of_newest(case: Case, chosen: Sequence[VitalMeasurement]) -> list[QualityNote]:
    """Say how old the newest value is where it is old, with how many values lie in which zone before the study."""
    if not chosen or case.index_time is None:
        return []
    hours = [seconds_between(m.time, case.index_time) / 3600 for m in chosen]
    if min(hours) <= RECENT_HOURS:
        return []
    n_zones = [sum(low < hour <= high for hour in hours) for low, high in pairwise(ZONE_EDGES)]
    return [
        _note(
            "vitals_not_recent",
            Words(
                "The newest vital sign is {newest:.0f} hours older than the index time ({n_day} values of 6 to 24 "
                "hours before, {n_old} of 24 to 48 hours).",
                newest=min(hours),
                n_day=n_zones[1],
                n_old=n_zones[2],
            ),
        )
    ]


def _none_at_all(case: Case) -> QualityNote:
    if wrong := next((file for file in case.skipped if file.code in REFUSED_TABLES), None):
        return _note(wrong.code, wrong.reason)
    if lost := next((file for file in case.skipped if is_lost(file, SUFFIXES)), None):
        return _note("vitals_unreadable", lost.reason)
    if case.vitals:
        return _note("vitals_empty", Words("The table of vital signs holds no value that the model knows."))
    return _note("no_vitals", Words("There are no vital signs in this folder."), Severity.INFO)


def _late(case: Case, known: Sequence[VitalMeasurement]) -> list[QualityNote]:
    if case.index_time is None:
        return []
    late = [m for m in known if is_after(m.time, case.index_time)]
    if not late:
        return []
    times = ", ".join(dict.fromkeys(f"{m.time:%Y-%m-%d %H:%M}" for m in late[:5]))
    more = ", ..." if len(late) > 5 else ""
    return [
        _note(
            "vitals_after_index_time",
            Words(
                "{n_late} of {n_known} values were taken after the index time "
                "{index_time:%Y-%m-%d %H:%M} and left out ({times}{more}).",
                n_late=len(late),
                n_known=len(known),
                index_time=case.index_time,
                times=times,
                more=more,
            ),
        )
    ]


def _implausible(known: Sequence[VitalMeasurement]) -> list[QualityNote]:
    wrong = [m for m in known if not m.is_plausible]
    if not wrong:
        return []
    shown = ", ".join(f"{m.name} {m.value:g}" for m in wrong[:3]) + (", ..." if len(wrong) > 3 else "")
    return [
        _note(
            "vitals_implausible",
            Words(
                "{n_wrong} of {n_known} values are impossible and left out ({shown}).",
                n_wrong=len(wrong),
                n_known=len(known),
                shown=shown,
            ),
        )
    ]


def _why_none(case: Case, known: Sequence[VitalMeasurement], window_hours: float) -> QualityNote:
    if not any(m.is_plausible for m in known):
        return _note(
            "vitals_all_implausible",
            Words("All {n_known} values of the vital signs are impossible.", n_known=len(known)),
        )
    return _note(
        "vitals_outside_window",
        Words(
            "No vital sign was taken in the {window_hours:g} hours before the index time {index_time:%Y-%m-%d %H:%M}.",
            window_hours=window_hours,
            index_time=case.index_time,
        ),
    )


def _note(code: str, message: Words, severity: Severity = Severity.WARNING) -> QualityNote:
    return QualityNote(code, message, severity, InputKind.VITALS)

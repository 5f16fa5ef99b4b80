"""Which vital signs of a case a model may read, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence

from medmm.core.case import Case
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import VITAL_BY_NAME, VitalMeasurement
from medmm.core.words import Words, in_a_row
from medmm.inference.clock import is_after, seconds_between

# Two days: what a ward round looks back on, and more than any training patient was measured.
WINDOW_HOURS = 48.0


def choose_measurements(
    case: Case, names: Sequence[str], *, window_hours: float = WINDOW_HOURS
) -> tuple[VitalMeasurement, ...]:
    """Give the plausible measurements of the known vital signs in the window before the index time."""
    return tuple(m for m in _known(case, names) if m.is_plausible and _is_in_window(m, case, window_hours))


def check_vitals(
    case: Case, names: Sequence[str], *, window_hours: float = WINDOW_HOURS
) -> tuple[tuple[VitalMeasurement, ...], tuple[QualityNote, ...]]:
    """Choose the measurements to read and list what is left out."""
    known = _known(case, names)
    if not known:
        return (), (_none_at_all(case),)
    chosen = choose_measurements(case, names, window_hours=window_hours)
    remarks = [*_late(case, known), *_implausible(known)]
    if not chosen:
        remarks.append(_why_none(case, known, window_hours))
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


def _is_in_window(measurement: VitalMeasurement, case: Case, window_hours: float) -> bool:
    if case.index_time is None:
        return True
    return 0.0 <= seconds_between(measurement.time, case.index_time) <= window_hours * 3600.0


def _none_at_all(case: Case) -> QualityNote:
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

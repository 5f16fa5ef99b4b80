"""What the table of a domain says of a case, as the records and facts that a patient folder would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from medmm.core.record import VITAL_BY_NAME, ClinicalNote, VitalMeasurement, Vitals
from medmm.training.patients import TableRecord
from medmm.training.reading import CaseFacts

# A table gives one value of each sign and no time; all of them are taken as of one moment.
SOME_TIME = datetime(2000, 1, 1)
NOTE, TABLE = Path("note.txt"), Path("vitals.csv")


def written_records(record: TableRecord) -> tuple[tuple[ClinicalNote, ...], tuple[Vitals, ...]]:
    """Give note and vital signs of a row, nothing where it has none."""
    notes = (ClinicalNote(record.note, NOTE),) if record.note.strip() else ()
    measured = tuple(
        VitalMeasurement(name, SOME_TIME, value, is_plausible=_is_plausible(name, value))
        for name, value in record.vitals
    )
    return notes, (Vitals(measured, TABLE),) if measured else ()


def _is_plausible(name: str, value: float) -> bool:
    low, high = VITAL_BY_NAME[name].plausible
    return low <= value <= high


def facts_from(facts: CaseFacts, record: TableRecord) -> CaseFacts:
    """Add what the table knows of a case to what its files say; the table goes first."""
    return replace(
        facts,
        age_years=facts.age_years if record.age_years is None else record.age_years,
        sex=record.sex or facts.sex,
        view=record.view or facts.view,
        source=record.site or facts.source,
    )

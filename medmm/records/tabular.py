"""Read a table of vital signs (CSV or TSV, long or wide) into canonical units, or refuse it with a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from medmm.core.errors import InvalidRecord
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import VITAL_SIGNS, Vitals
from medmm.core.words import Words, in_a_row
from medmm.records.clock import read_times
from medmm.records.columns import find_layout
from medmm.records.decoding import read_text
from medmm.records.owner import read_owner
from medmm.records.plausibility import check_units, mark_implausible, plausibility_notes
from medmm.records.readings import Collected, Reading, collect_readings
from medmm.records.rows import Table, parse_table
from medmm.records.vocabulary import find_sign

MAX_BYTES = 20_000_000


def read_vitals(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    encoding: str = "",
) -> Vitals:
    """Read a vitals table.

    columns: {column or measurement name in the file: our name, e.g. "temperature_c"};
    units: {column or vital sign: unit}; encoding: fallback when the table is not UTF-8/16.
    Raises UnreadableFile or InvalidRecord where the table is damaged, ambiguous or of several patients.
    """
    decoded = read_text(path, encoding=encoding, max_bytes=MAX_BYTES)
    table = parse_table(decoded.text, path)
    layout = find_layout(table, columns or {})
    identity, owner_notes = read_owner(table, layout)
    times, time_notes = read_times(table, layout)
    found = collect_readings(table, layout, times, units or {})
    if not found.readings:
        raise InvalidRecord(
            Words(
                "Vitals not used: {name} has {n_rows} rows and no value that can be read",
                name=path.name,
                n_rows=len(table.rows),
            ),
            Words("Leave the table out, or export it again with its values."),
            path,
        )
    check_units(found.readings, path)
    readings = _without_repeats(found.readings)
    unused = (*layout.unused, *sorted(found.unknown))
    declared = {*(columns or {}), *(units or {})}
    notes = (
        *owner_notes,
        *time_notes,
        *_table_notes(table, found, unused),
        *_declaration_notes(declared, table, found),
        *_repeat_notes(found.readings, readings),
        *plausibility_notes(readings),
        *_missing_notes(readings),
    )
    return Vitals(mark_implausible(readings), path, identity, decoded.sha256, notes)


def _without_repeats(readings: Sequence[Reading]) -> list[Reading]:
    kept: dict[tuple[str, datetime, float], Reading] = {}
    for found in readings:
        kept.setdefault((found.sign, found.time, found.canonical), found)
    return list(kept.values())


def _table_notes(table: Table, found: Collected, unused: Sequence[str]) -> list[QualityNote]:
    notes = []
    if not table.ends_in_newline:
        text = Words("The table does not end with a line break: its last row may be cut off.")
        notes.append(_warning("last_row_open", text))
    if found.unreadable:
        text = Words(
            "{n_unreadable} cells hold no plain number and were not used (first: {unreadable}).",
            n_unreadable=len(found.unreadable),
            unreadable=found.unreadable[0],
        )
        notes.append(_warning("value_unreadable", text))
    if found.with_comma:
        text = Words(
            "Decimal commas were read as decimal points in {with_comma}.",
            with_comma=", ".join(sorted(found.with_comma)),
        )
        notes.append(_warning("decimal_comma", text))
    if unused:
        more = Words(" and {n} more", n=len(unused) - 8) if len(unused) > 8 else ""
        text = Words(
            "Not used by MedMM: {unused}{more}.", unused=", ".join(name[:30] for name in unused[:8]), more=more
        )
        notes.append(QualityNote("columns_unused", text, Severity.INFO, InputKind.VITALS))
    return notes


def _declaration_notes(declared: set[str], table: Table, found: Collected) -> list[QualityNote]:
    labels = {*table.header, *found.unknown, *(reading.label for reading in found.readings)}
    signs = {reading.sign for reading in found.readings}
    idle = [name for name in declared - labels if (meaning := find_sign(name)) is None or meaning.sign not in signs]
    if not idle:
        return []
    names = ", ".join(repr(name) for name in sorted(idle))
    return [
        _warning(
            "declaration_unused", Words("medmm.toml declares {names}, which the table does not have.", names=names)
        )
    ]


def _repeat_notes(before: Sequence[Reading], after: Sequence[Reading]) -> list[QualityNote]:
    notes = []
    if n_repeated := len(before) - len(after):
        notes.append(
            _warning(
                "values_repeated", Words("{n_repeated} repeated measurements were counted once.", n_repeated=n_repeated)
            )
        )
    at_once: dict[tuple[str, datetime], int] = defaultdict(int)
    for reading in after:
        at_once[reading.sign, reading.time] += 1
    if n_contradicting := sum(count > 1 for count in at_once.values()):
        text = Words(
            "At {n_contradicting} times the table gives different values for one vital sign; all are kept.",
            n_contradicting=n_contradicting,
        )
        notes.append(_warning("values_contradict", text))
    return notes


def _missing_notes(readings: Sequence[Reading]) -> list[QualityNote]:
    present = {reading.sign for reading in readings}
    missing = [sign.title for sign in VITAL_SIGNS if sign.name not in present]
    if not missing:
        return []
    return [_warning("vitals_missing", Words("Not measured in this table: {missing}.", missing=in_a_row(missing)))]


def _warning(code: str, message: Words) -> QualityNote:
    return QualityNote(code, message, Severity.WARNING, InputKind.VITALS)

"""From table cells to readings: each value with its vital sign, unit, time and place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from medmm.core.errors import WrongUnit
from medmm.core.words import Words
from medmm.records.cells import is_missing, parse_number, shown, split_pressures
from medmm.records.columns import Layout
from medmm.records.rows import Row, Table
from medmm.records.units import find_unit, is_unit_of, to_canonical
from medmm.records.vocabulary import Meaning, default_unit, find_sign, is_joined_pressure


@dataclass(frozen=True)
class Reading:
    """One number of the table: `written` as in the cell, value in `unit`, canonical in the sign's own unit."""

    sign: str
    time: datetime
    written: str
    value: float
    unit: str
    canonical: float
    label: str
    line: int


@dataclass
class Collected:
    """Readings so far and what was met on the way; labels are column or measurement names."""

    readings: list[Reading] = field(default_factory=list)
    unreadable: list[Words] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    with_comma: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Cell:
    row: Row
    time: datetime
    label: str
    text: str
    meaning: Meaning


def collect_readings(
    table: Table, layout: Layout, times: Mapping[int, datetime], units: Mapping[str, str]
) -> Collected:
    """Read every value cell of a long or wide table; times are by line.

    Raises WrongUnit where a unit is missing, unknown or contradicts another.
    """
    found = Collected()
    signs = ((find_sign(name), unit) for name, unit in units.items())
    units = {**{meaning.sign: unit for meaning, unit in signs if meaning}, **units}
    for row in table.rows:
        for cell in _cells(row, times[row.line], table, layout, found):
            _collect(cell, table, units, found)
    return found


def _cells(row: Row, time: datetime, table: Table, layout: Layout, found: Collected) -> list[_Cell]:
    if not layout.is_long:
        vitals = layout.vitals.items()
        return [_Cell(row, time, table.header[index], row.cells[index], meaning) for index, meaning in vitals]
    name = row.cells[layout.roles["name"]].strip()
    meaning = layout.declared.get(name) or find_sign(name)
    if meaning is None or not meaning.sign:
        found.unknown.add(name)
        return []
    stated = row.cells[layout.roles["unit"]].strip() if "unit" in layout.roles else ""
    if stated and not is_missing(stated):
        meaning = Meaning("vital", meaning.sign, _agreed(meaning, stated, name, row, table))
    return [_Cell(row, time, name, row.cells[layout.roles["value"]], meaning)]


def _collect(cell: _Cell, table: Table, units: Mapping[str, str], found: Collected) -> None:
    if is_missing(cell.text):
        return
    pressures = split_pressures(cell.text) if cell.meaning.sign == "systolic_bp" else None
    if pressures:
        for sign, text in zip(("systolic_bp", "diastolic_bp"), pressures, strict=True):
            _collect_number(replace(cell, text=text, meaning=replace(cell.meaning, sign=sign)), table, units, found)
    elif is_joined_pressure(cell.label):
        found.unreadable.append(_place(cell))
    else:
        _collect_number(cell, table, units, found)


def _place(cell: _Cell) -> Words:
    return Words("{label} {text} in line {line}", label=cell.label, text=shown(cell.text), line=cell.row.line)


def _collect_number(cell: _Cell, table: Table, units: Mapping[str, str], found: Collected) -> None:
    number = parse_number(cell.text, decimal_comma=table.delimiter != ",")
    if number is None:
        found.unreadable.append(_place(cell))
        return
    if number.has_comma:
        found.with_comma.add(cell.label)
    sign = cell.meaning.sign
    unit = _unit(cell, number.unit_text, table, units)
    canonical = to_canonical(number.value, unit, sign)
    found.readings.append(
        Reading(sign, cell.time, cell.text.strip(), number.value, unit, canonical, cell.label, cell.row.line)
    )


def _unit(cell: _Cell, unit_text: str, table: Table, units: Mapping[str, str]) -> str:
    meaning = cell.meaning
    declared = units.get(cell.label) or units.get(meaning.sign)
    if declared:
        meaning = Meaning("vital", meaning.sign, _agreed(meaning, declared, cell.label, cell.row, table))
    if unit_text:
        return _agreed(meaning, unit_text, cell.label, cell.row, table)
    unit = meaning.unit or default_unit(meaning.sign)
    if not unit:
        raise WrongUnit(
            Words("Vitals not used: {label} {text} has no unit", label=cell.label, text=cell.text.strip()),
            Words("Say C or F in the column name or in medmm.toml."),
            table.path,
        )
    return unit


def _agreed(meaning: Meaning, text: str, label: str, row: Row, table: Table) -> str:
    unit = find_unit(text)
    if not unit or not is_unit_of(unit, meaning.sign):
        raise WrongUnit(
            Words(
                "Vitals not used: {label} in line {line} has the unit {text}, which is not one of its units",
                label=label,
                line=row.line,
                text=shown(text),
            ),
            Words("Correct the unit, for example Cel, [degF], mm[Hg], kPa, % or /min."),
            table.path,
        )
    if meaning.unit and meaning.unit != unit:
        raise WrongUnit(
            Words(
                "Vitals not used: {label} in line {line} is said to be in {unit} and in {unit_2}",
                label=label,
                line=row.line,
                unit=meaning.unit,
                unit_2=unit,
            ),
            Words("Keep the unit that is right."),
            table.path,
        )
    return unit

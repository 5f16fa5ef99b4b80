"""Strict CSV and TSV: every row has the header's width, or the file is refused with the line number."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medmm.core.errors import InvalidRecord
from medmm.core.words import Words

MAX_COLUMNS = 1_000
MAX_ROWS = 100_000
MAX_CELL = 32_767
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Row:
    """Cells of one row; line is the number of its last line in the file, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Header and rows of equal width; ends_in_newline False means that the last row may be cut off."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str
    ends_in_newline: bool
    path: Path


def find_delimiter(line: str) -> str:
    """Give the delimiter that splits a header line into most cells, empty where none does."""
    best = max(DELIMITERS, key=line.count)
    return best if best in line else ""


def parse_table(text: str, path: Path) -> Table:
    """Split a decoded table.

    Raises InvalidRecord: no header, no rows, a ragged row, an open quote, equal column names, or more than the caps.
    """
    lines = _lines(text)
    first = next((line for line in lines if line.strip()), "")
    delimiter = find_delimiter(first)
    if not delimiter:
        raise _refused(
            path, Words("has no header line with cells"), Words("The first line names the columns: time,heart_rate,...")
        )
    rows = list(_rows(lines, delimiter, path))
    header = tuple(cell.strip() for cell in rows[0].cells)
    _check_header(header, path)
    if len(rows) == 1:
        raise _refused(path, Words("has a header and no rows"), Words("Export it again with its measurements."))
    ragged = next((row for row in rows if len(row.cells) != len(header)), None)
    if ragged:
        raise _refused(
            path,
            Words(
                "line {line} has {n_cells} cells, the header has {n_header}",
                line=ragged.line,
                n_cells=len(ragged.cells),
                n_header=len(header),
            ),
            Words("Values would shift into other columns; correct that line."),
        )
    return Table(header, tuple(rows[1:]), delimiter, text.endswith(("\n", "\r")), path)


def _lines(text: str) -> list[str]:
    # A carriage return ends a line only before a line feed, or in a file that has no line feed at all.
    if "\n" not in text:
        return text.split("\r")
    return text.replace("\r\n", "\n").replace("\r", " ").split("\n")


def _rows(lines: list[str], delimiter: str, path: Path) -> Iterator[Row]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    count = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            _check_size(cells, count, reader.line_num, path)
            yield Row(reader.line_num, tuple(cells))
    except csv.Error as error:
        is_open = "end of data" in str(error)
        reason = Words("a quote that is never closed") if is_open else Words("a fault ({error})", error=error)
        raise _refused(
            path,
            Words("has {reason}, found at line {line_num}", reason=reason, line_num=reader.line_num),
            Words("Correct that line."),
        ) from error


def _check_size(cells: list[str], count: int, line: int, path: Path) -> None:
    if len(cells) > MAX_COLUMNS:
        raise _refused(
            path,
            Words(
                "has {n_cells:,} columns; at most {max_columns:,} are read", n_cells=len(cells), max_columns=MAX_COLUMNS
            ),
            Words("Keep the vital signs."),
        )
    if count > MAX_ROWS + 1:
        raise _refused(
            path,
            Words("has more than {max_rows:,} rows", max_rows=MAX_ROWS),
            Words("Keep the rows of this patient and stay."),
        )
    longest = max(map(len, cells))
    if longest > MAX_CELL:
        raise _refused(
            path,
            Words("line {line} has a cell of {longest:,} characters", line=line, longest=longest),
            Words("At most {max_cell:,} are read.", max_cell=MAX_CELL),
        )


def _check_header(header: tuple[str, ...], path: Path) -> None:
    named = [name.casefold() for name in header if name]
    double = next((name for name in named if named.count(name) > 1), None)
    if double:
        raise _refused(path, Words("has two columns named {double!r}", double=double), Words("Keep the right one."))


def _refused(path: Path, what: Words, hint: Words) -> InvalidRecord:
    return InvalidRecord(Words("Vitals not used: {name} {what}", name=path.name, what=what), hint, path)

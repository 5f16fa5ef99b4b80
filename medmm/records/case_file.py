"""medmm.toml: what a patient folder declares about itself."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from medmm.core.errors import InvalidRecord
from medmm.core.lookup import find_entry
from medmm.core.words import Words
from medmm.records.dates import parse_time
from medmm.records.decoding import codec_for, read_text

MAX_BYTES = 100_000


@dataclass(frozen=True)
class CaseFile:
    """Declarations of medmm.toml; an empty value says nothing.

    columns: {column of the table: what it is, e.g. "Temp": "temperature_c"};
    units: {column or vital sign: unit, e.g. "Temp": "F"}.
    """

    patient_id: str = ""
    index_time: datetime | None = None
    series_uid: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    note_encoding: str = ""


def read_case_file(path: Path) -> CaseFile:
    """Read medmm.toml.

    Raises UnreadableFile or InvalidRecord; an unknown key is answered with the nearest known one.
    """
    text = read_text(path, encoding="", max_bytes=MAX_BYTES).text
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidRecord(
            Words("{name} is not valid TOML: {error}", name=path.name, error=error),
            Words("Correct it or remove it."),
            path,
        ) from error
    case_file = CaseFile()
    for key, value in table.items():
        try:
            case_file = replace(case_file, **{key: find_entry(_PARSERS, key, what="key")(value)})
        except ValueError as error:
            raise InvalidRecord(
                Words("{name}: {error}", name=path.name, error=error),
                Words("Correct {key!r} in {name}.", key=key, name=path.name),
                path,
            ) from error
    if case_file.note_encoding:
        codec_for(case_file.note_encoding, path)
    return case_file


def _text(value: object) -> str:
    if not isinstance(value, str):
        # A bare 004211 is no TOML number and 4211 has already lost its zeros: only text keeps an id whole.
        raise ValueError(f"{value!r} must be text in quotes")
    return value.strip()


def _time(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    found = parse_time(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{value!r} is not a time such as 2024-01-02T03:00")
    return found


def _mapping(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} must be a table of names in quotes")
    return {str(key): _text(text) for key, text in value.items()}


_PARSERS: dict[str, Callable[[object], Any]] = {
    "patient_id": _text,
    "index_time": _time,
    "series_uid": _text,
    "columns": _mapping,
    "units": _mapping,
    "note_encoding": _text,
}

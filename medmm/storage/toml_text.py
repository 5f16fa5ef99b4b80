"""Write a table as TOML text; the standard library only reads it (TOML 1.0.0)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TypeGuard

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def to_toml(table: Mapping[str, object]) -> str:
    """Write what `tomllib` can read, so that it reads back equal: plain values, then tables and lists of tables.

    Nested tables stand inline.

    Raises ValueError for a value that TOML has no form for.
    """
    plain = {key: value for key, value in table.items() if not (isinstance(value, Mapping) or _are_tables(value))}
    lines = [_line(key, value) for key, value in plain.items()]
    for key, value in table.items():
        if isinstance(value, Mapping):
            lines += ["", f"[{_key(key)}]", *(_line(inner, each) for inner, each in value.items())]
        elif _are_tables(value):
            for each in value:
                lines += ["", f"[[{_key(key)}]]", *(_line(inner, one) for inner, one in each.items())]
    return "\n".join([*lines, ""])


def _are_tables(value: object) -> TypeGuard[list[Mapping[str, object]]]:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _line(key: str, value: object) -> str:
    return f"{_key(key)} = {_value(value)}"


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _string(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int | float):
        # repr writes inf and nan as TOML does, and 1e16 with the sign that TOML allows.
        return repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(_line(key, each) for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    raise ValueError(f"TOML has no form for {type(value).__name__}")


def _string(text: str) -> str:
    # A JSON string is a basic string of TOML, except that TOML also wants DEL escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

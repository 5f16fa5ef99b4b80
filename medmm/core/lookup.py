"""Look a name up in a table, answering a wrong name with the nearest known one."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TypeVar

Entry = TypeVar("Entry")


def find_entry(table: Mapping[str, Entry], name: str, *, what: str) -> Entry:
    """Return table[name].

    Raises ValueError naming the nearest known name and the whole list.
    """
    if name in table:
        return table[name]
    near = difflib.get_close_matches(name, table, n=1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"unknown {what} {name!r}.{guess} Known: {', '.join(sorted(table))}")

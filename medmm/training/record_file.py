"""The records of all patients as JSON lines: written one by one, a line read again when somebody asks for it."""

from __future__ import annotations

import json
import mmap
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from medmm.core.record import ClinicalNote, VitalMeasurement, Vitals
from medmm.training.reading import CaseFacts, Records

_FACTS = TypeAdapter(CaseFacts)
NOTE, TABLE = Path("note.txt"), Path("vitals.csv")


def to_line(records: Records) -> str:
    """Write the records of a patient as one line of JSON; implausible measurements are left out."""
    tables = [
        [(m.name, m.time.isoformat(), m.value) for m in table.measurements if m.is_plausible]
        for table in records.vitals
    ]
    content = {
        "notes": [note.text for note in records.notes],
        "vitals": tables,
        "facts": _FACTS.dump_python(records.facts, mode="json"),
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


class RecordFile:
    """Lines of `to_line`, mapped into memory: of a patient only the place of his line is held."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._ends = np.fromiter(accumulate(len(line) for line in stream), dtype=np.int64)
            self._lines = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        # Who asks for the notes of a patient asks for his facts next.
        self.content = lru_cache(maxsize=1)(self._content)

    def __len__(self) -> int:
        return len(self._ends)

    def _content(self, place: int) -> Mapping[str, Any]:
        start = self._ends[place - 1] if place else 0
        found: Mapping[str, Any] = json.loads(self._lines[start : self._ends[place]])
        return found


@dataclass(frozen=True, slots=True)
class StoredRecords:
    """The records of one patient, read from the file each time that they are asked for."""

    file: RecordFile
    place: int

    @property
    def notes(self) -> tuple[ClinicalNote, ...]:
        """The notes, of which the file keeps the text."""
        return tuple(ClinicalNote(text, NOTE) for text in self.file.content(self.place)["notes"])

    @property
    def vitals(self) -> tuple[Vitals, ...]:
        """The plausible measurements of each table."""
        return tuple(Vitals(_measurements(table), TABLE) for table in self.file.content(self.place)["vitals"])

    @property
    def facts(self) -> CaseFacts:
        """What the sources say besides."""
        return _FACTS.validate_python(self.file.content(self.place)["facts"])


def _measurements(table: Sequence[tuple[str, str, float]]) -> tuple[VitalMeasurement, ...]:
    # One string for all that is called the same.
    return tuple(VitalMeasurement(sys.intern(name), datetime.fromisoformat(at), value) for name, at, value in table)

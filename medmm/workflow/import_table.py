"""The import report: every file with what became of it and why, the skipped ones first; as rows, text and CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from medmm.core.case import Case
from medmm.core.quality import InputKind
from medmm.storage.atomic import write_text
from medmm.workflow.hashing import relative_name
from medmm.workflow.safe_cell import safe_cell

COLUMNS = ("file", "outcome", "reason")


@dataclass(frozen=True)
class ImportRow:
    """One file: its path in the patient folder; kind: what it was read as; code: why not; reason: in words."""

    file: str
    kind: str = ""
    code: str = ""
    reason: str = ""

    @property
    def outcome(self) -> str:
        """Say what became of it."""
        return f"read as {self.kind}" if self.kind else f"skipped ({self.code})"

    @property
    def cells(self) -> tuple[str, str, str]:
        """The row's cells in the order of COLUMNS."""
        return self.file, self.outcome, self.reason


def import_rows(case: Case) -> tuple[ImportRow, ...]:
    """List every file that was found, the skipped ones first."""
    skipped = [
        ImportRow(relative_name(file.path, case.root), code=file.code, reason=file.reason) for file in case.skipped
    ]
    read = [ImportRow(file.path, file.kind.value) for file in case.inputs]
    seen = {row.file for row in read}
    surveyed = [
        ImportRow(name, InputKind.IMAGE.value, reason=" ".join(note.message for note in series.notes))
        for series in case.series
        for path in series.paths
        if (name := relative_name(path, case.root)) not in seen
    ]
    documents = [
        ImportRow(relative_name(document.path, case.root), "document", reason=document.title)
        for document in case.documents
    ]
    return (*skipped, *surveyed, *documents, *read)


def count_words(case: Case) -> str:
    """Count what was read and what was skipped."""
    rows = import_rows(case)
    return f"{len(rows) - len(case.skipped)} files read, {len(case.skipped)} skipped."


def to_text(case: Case) -> str:
    """Write the report as tab-separated lines."""
    return "\n".join([count_words(case), *("\t".join(row.cells) for row in import_rows(case))])


def write_csv(case: Case, path: Path) -> Path:
    """Write the report as CSV in UTF-8 with a byte order mark, which spreadsheets need to see the encoding.

    Raises StorageError when it cannot be written.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in row.cells] for row in import_rows(case))
    write_text(path, f"\ufeff{stream.getvalue()}")
    return path

"""The import report: every file with what became of it and why, the skipped ones first; as rows, text and CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from medmm.core.case import Case
from medmm.core.quality import InputKind
from medmm.core.words import NOTHING, Words, in_a_row
from medmm.storage.atomic import write_text
from medmm.workflow.hashing import relative_name
from medmm.workflow.safe_cell import safe_cell

COLUMNS = ("file", "outcome", "reason")


@dataclass(frozen=True)
class ImportRow:
    """One file: its path in the patient folder; kind: what it was read as; code: why not; reason: in words."""

    file: str
    kind: InputKind | Words | None = None
    code: str = ""
    reason: Words = NOTHING

    @property
    def outcome(self) -> Words:
        """Say what became of it."""
        return Words("read as {kind}", kind=self.kind) if self.kind else Words("skipped ({code})", code=self.code)

    @property
    def cells(self) -> tuple[str, Words, Words]:
        """The row's cells in the order of COLUMNS."""
        return self.file, self.outcome, self.reason


def import_rows(case: Case) -> tuple[ImportRow, ...]:
    """List every file that was found, the skipped ones first."""
    skipped = [
        ImportRow(relative_name(file.path, case.root), code=file.code, reason=file.reason) for file in case.skipped
    ]
    read = [ImportRow(file.path, file.kind) for file in case.inputs]
    seen = {row.file for row in read}
    surveyed = [
        ImportRow(name, InputKind.IMAGE, reason=in_a_row((note.message for note in series.notes), separator=" "))
        for series in case.series
        for path in series.paths
        if (name := relative_name(path, case.root)) not in seen
    ]
    documents = [
        ImportRow(
            relative_name(document.path, case.root), Words("document"), reason=Words("{title}", title=document.title)
        )
        for document in case.documents
    ]
    return (*skipped, *surveyed, *documents, *read)


def count_words(case: Case) -> Words:
    """Count what was read and what was skipped."""
    n_skipped = len(case.skipped)
    n_read = len(import_rows(case)) - n_skipped
    if n_read == 1:
        return Words("1 file read, {n_skipped} skipped.", n_skipped=n_skipped)
    return Words("{n_read} files read, {n_skipped} skipped.", n_read=n_read, n_skipped=n_skipped)


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

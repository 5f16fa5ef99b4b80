"""results.parquet: the rows of results.csv with their numbers as they are, written a group at a time."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from medmm.storage.results import CaseRow, FindingRow

if TYPE_CHECKING:
    import pyarrow

# Large enough for its columns to be packed well, small enough to lie in memory as Python's own values (10 MB).
ROWS_PER_GROUP = 16_384


class ParquetTable:
    """Writes one row a case and finding into a stream; a case without a result has one row, its numbers are null."""

    def __init__(self, stream: BinaryIO) -> None:
        from pyarrow.parquet import ParquetWriter

        self._schema = _schema()
        self._writer = ParquetWriter(stream, self._schema, compression="zstd")
        self._rows: list[tuple[object, ...]] = []

    def __enter__(self) -> ParquetTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._write_group()
        self._writer.close()

    def add(self, case: CaseRow, findings: Sequence[FindingRow]) -> None:
        """Write the rows of one case, at the latest when the table is closed."""
        head = (case.case, case.patient_id, case.outcome, case.reason)
        if not findings:
            self._rows.append((*head, *([None] * 6)))
        self._rows += [
            (*head, f.finding, f.score, f.probability, f.threshold, f.positive, f.decision) for f in findings
        ]
        if len(self._rows) >= ROWS_PER_GROUP:
            self._write_group()

    def _write_group(self) -> None:
        import pyarrow as pa

        if not self._rows:
            return
        values = zip(*self._rows, strict=True)
        columns = [pa.array(column, kind) for column, kind in zip(values, self._schema.types, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema), row_group_size=len(self._rows))
        self._rows.clear()


def _schema() -> pyarrow.Schema:
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    names = {"case": text, "patient_id": text, "outcome": text, "reason": text, "finding": text}
    numbers = {"score": number, "probability": number, "threshold": number, "positive": pa.int8()}
    return pa.schema({**names, **numbers, "decision": text}, metadata={"research_use_only": "true"})

"""A part: what one group of cases came to, rows and files, as one Parquet file that tells whether it is whole."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.results import CaseRow, FindingRow
from medmm.workflow.batch_folders import key_of
from medmm.workflow.export import RESULT_NAME

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = b"medmm.part/1"
SUFFIX = ".parquet"
# What of a case the store does not derive or leave to its readers.
TEXTS = ("case", "key", "patient_id", "outcome", "reason", "message", "content_key", "result_sha256", "finished_at")
# What `write_result` names its files; nothing else is written from a part.
FILE_NAME = re.compile(r"[A-Za-z0-9_-]+\.(json|png|pdf)")


@dataclass(frozen=True)
class Kept:
    """What is kept of one case: its rows, and its files by name."""

    case: CaseRow
    findings: tuple[FindingRow, ...]
    files: Mapping[str, bytes]


def origin_of(model: str, root: str) -> str:
    """Give what tells the parts of one bundle and one root from all others. model: SHA-256 of the bundle."""
    return hashlib.sha256(f"{model}\0{root}".encode("utf-8", "backslashreplace")).hexdigest()


def part_name(origin: str, cases: Iterable[str]) -> str:
    """Name the part of a group of cases: the same cases of the same origin give the same name."""
    told = json.dumps([origin, *sorted(cases)])
    return hashlib.sha256(told.encode("ascii")).hexdigest()[:32] + SUFFIX


def to_part(kept: Sequence[Kept], *, origin: str) -> bytes:
    """Write a group as Parquet, with checksums of its pages."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = [
        {
            **{name: _text(getattr(one.case, name)) for name in TEXTS},
            "seconds": one.case.seconds,
            "findings": [
                {f.name: _value(getattr(finding, f.name)) for f in fields(finding)} for finding in one.findings
            ],
            "files": [{"name": name, "content": content} for name, content in one.files.items()],
        }
        for one in kept
    ]
    table = pa.Table.from_pylist(rows, schema=_schema().with_metadata({"schema": SCHEMA, "origin": origin}))
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="zstd", write_page_checksum=True)
    return stream.getvalue()


def from_part(content: bytes, *, origin: str) -> tuple[Kept, ...]:
    """Read a part.

    Raises StorageError when it is torn, of another origin, or its files are not those that its rows tell of.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(io.BytesIO(content), page_checksum_verification=True)
    except (pa.ArrowException, OSError) as error:
        raise StorageError(Words("it is damaged")) from error
    said = table.schema.metadata or {}
    if said.get(b"schema") != SCHEMA or not table.schema.equals(_schema()):
        raise StorageError(Words("it is no part of this version of MedMM"))
    if said.get(b"origin") != origin.encode():
        raise StorageError(Words("it is the work of another bundle, or of other patients"))
    return tuple(_sound(_kept(row)) for row in table.to_pylist())


def _kept(row: Mapping[str, Any]) -> Kept:
    case = CaseRow(seconds=row["seconds"], **{name: row[name] for name in TEXTS})
    files = {file["name"]: file["content"] for file in row["files"]}
    return Kept(case, tuple(FindingRow(**finding) for finding in row["findings"]), files)


def _sound(kept: Kept) -> Kept:
    result = kept.files.get(RESULT_NAME)
    sha256 = hashlib.sha256(result).hexdigest() if result is not None else ""
    is_named = all(FILE_NAME.fullmatch(name) for name in kept.files)
    if not is_named or kept.case.key != key_of(kept.case.case) or sha256 != kept.case.result_sha256:
        raise StorageError(Words("its files are not what its rows tell of"))
    return kept


def _schema() -> pa.Schema:
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    numbers = {"score": number, "probability": number, "threshold": number, "positive": pa.int8()}
    finding = {"case": text, "finding": text, **numbers, "decision": text, "decision_reason": text}
    file = pa.struct({"name": text, "content": pa.binary()})
    lists = {"findings": pa.list_(pa.struct(finding)), "files": pa.list_(file)}
    return pa.schema({**dict.fromkeys(TEXTS, text), "seconds": number, **lists})


def _text(value: str) -> str:
    # As the store writes it: a message may quote a name that is no UTF-8.
    return str(value).encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def _value(value: object) -> object:
    return _text(value) if isinstance(value, str) else value

"""The rows of a results store: a case, its findings, what is derived from them and their checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from medmm.storage.paths import readable

OUTCOMES = ("done", "failed", "refused", "cancelled", "pending")
WAITING = ("pending", "cancelled")
READ_STATES = ("unread", "read", "signed")
# What a case as a whole is, by the first of these that one of its findings is.
DECISIONS = ("positive", "uncertain", "negative")

Value = str | float | int | None


@dataclass(frozen=True)
class CaseRow:
    """One case of a batch; outcome is one of OUTCOMES, reason a stable code, message a sentence.

    content_key: hash of inputs, bundle and settings, "" when unknown.  result_sha256: of the case's result.json.
    finished_at: UTC, ISO 8601.  `decision` and `urgency` are the store's own, derived from the findings it was given;
    `read_state` and `assigned_to` belong to the readers, and recording a case does not write them.
    """

    case: str
    key: str
    patient_id: str = ""
    outcome: str = "pending"
    reason: str = ""
    message: str = ""
    seconds: float = 0.0
    content_key: str = ""
    result_sha256: str = ""
    finished_at: str = ""
    decision: str = ""
    urgency: float = 0.0
    read_state: str = "unread"
    assigned_to: str = ""


@dataclass(frozen=True)
class FindingRow:
    """One finding of one case. decision_reason: why the decision is "uncertain", else empty."""

    case: str
    finding: str
    score: float
    probability: float | None
    threshold: float
    positive: int
    decision: str
    decision_reason: str = ""


Result = tuple[CaseRow, Sequence[FindingRow]]

READERS_OWN = ("read_state", "assigned_to")
_SUMMED_CASE = tuple(field.name for field in fields(CaseRow) if field.name not in READERS_OWN)
_SUMMED_FINDING = tuple(field.name for field in fields(FindingRow) if field.name != "case")


def urgency(findings: Iterable[FindingRow]) -> float:
    """Give the highest probability (score without a calibration) of the findings called positive; 0 without one."""
    told = (f.score if f.probability is None else f.probability for f in findings if f.positive)
    return max(told, default=0.0)


def decision(findings: Iterable[FindingRow]) -> str:
    """Give what a case is as a whole: positive before uncertain before negative, "" without findings."""
    found = {f.decision for f in findings}
    return next((one for one in DECISIONS if one in found), "")


def stored(result: Result) -> tuple[dict[str, Value], list[dict[str, Value]]]:
    """Turn a case and its findings into the columns of their rows, derived ones and checksum included."""
    case, findings = result
    rows = [{**_storable(f), "place": place} for place, f in enumerate(findings)]
    row = {**_storable(case), "decision": decision(findings), "urgency": urgency(findings) + 0.0}
    return {**row, "checksum": checksum(row, rows)}, rows


def storable_text(text: str) -> str:
    """Write a text so that any store holds it: a message may quote a name that is no UTF-8, or a NUL."""
    return readable(text).replace("\0", "\\x00")


def checksum(case: Mapping[str, Any], findings: Iterable[Mapping[str, Any]]) -> str:
    """Sum up a case and its findings in the order they were scored, without what belongs to the readers.

    It tells a torn or edited row from a sound one; whoever can write the file can also write a checksum.
    """
    told = [case[name] for name in _SUMMED_CASE]
    told += [[finding[name] for name in _SUMMED_FINDING] for finding in findings]
    text = json.dumps(told, separators=(",", ":"), allow_nan=False)
    return hashlib.blake2b(text.encode("ascii"), digest_size=16).hexdigest()


_FLOATS = frozenset({"seconds", "score", "probability", "threshold", "urgency"})


def _storable(row: CaseRow | FindingRow) -> dict[str, Value]:
    return {name: _column(name, value) for name, value in vars(row).items()}


def _column(name: str, value: Value) -> Value:
    if isinstance(value, str):
        return storable_text(value)
    if value is None:
        return None
    # SQLite forgets the sign of -0.0 and whether a number was an integer: neither may change a checksum.
    return float(value) + 0.0 if name in _FLOATS else int(value)

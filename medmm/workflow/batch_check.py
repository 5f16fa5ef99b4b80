"""Whether what a batch left is still what it wrote: the files of its cases against the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from medmm.storage.results import CaseRow, PageQuery, ResultStore
from medmm.workflow.export import RESULT_NAME


@dataclass(frozen=True)
class ChangedResult:
    """A case whose result.json is no longer the one that was recorded."""

    case: CaseRow
    what: Literal["missing", "unreadable", "differs"]


def changed_results(store: ResultStore, out: Path) -> Iterator[ChangedResult]:
    """Give the finished cases whose result.json is missing, cannot be read or differs from its recorded checksum.

    Cases of older batches, which kept no checksum, are only looked for.  `ResultStore.put_back` has them done again.
    """
    for case in store.rows(PageQuery(outcome="done")):
        what = _change(case, out / "cases" / case.key / RESULT_NAME)
        if what is not None:
            yield ChangedResult(case, what)


def _change(case: CaseRow, path: Path) -> Literal["missing", "unreadable", "differs"] | None:
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "unreadable"
    return "differs" if case.result_sha256 not in ("", found) else None

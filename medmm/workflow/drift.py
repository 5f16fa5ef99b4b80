"""Two batches of the same folder side by side: which answers moved when the model or the program changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medmm.core.comparison import Comparison, FindingDelta, compare
from medmm.core.errors import InputError
from medmm.core.words import Words
from medmm.storage.atomic import write_text
from medmm.workflow.export import RESULT_NAME
from medmm.workflow.safe_cell import safe_cell
from medmm.workflow.stored_result import read_stored

CASES = "cases"
COLUMNS = (
    "case", "patient_id", "finding", "before", "after", "change", "logit_change", "decision_before", "decision_after",
    "decision_changed", "is_large", "files_changed",
)  # fmt: skip


@dataclass(frozen=True)
class CaseDrift:
    """One case in both batches; key: the name of its folder among the results."""

    key: str
    comparison: Comparison

    @property
    def disagreement(self) -> float:
        """The largest change of a number, infinite where the findings themselves differ."""
        if any(delta.shown is None for delta in self.comparison.deltas):
            return float("inf")
        return self.comparison.largest_shown or 0.0

    @property
    def moved(self) -> tuple[FindingDelta, ...]:
        """The findings whose decision is another one, whose number moved by more than 0.1, or that one side lacks."""
        return tuple(one for one in self.comparison.deltas if one.is_flipped or one.is_large or one.shown is None)


@dataclass(frozen=True)
class Drift:
    """cases: largest disagreement first; only_before, only_after: keys without a result on the other side."""

    cases: tuple[CaseDrift, ...]
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()

    @property
    def moved(self) -> tuple[CaseDrift, ...]:
        """The cases in which anything moved."""
        return tuple(case for case in self.cases if case.moved)


def read_drift(before: Path, after: Path) -> Drift:
    """Compare what two runs of `medmm batch --out` left.

    Raises InputError when a folder holds no results, ReportError when one of them cannot be read.
    """
    first, second = _results(before), _results(after)
    both = [key for key in first if key in second]
    cases = [CaseDrift(key, compare(read_stored(first[key]).result, read_stored(second[key]).result)) for key in both]
    cases.sort(key=lambda case: (-case.disagreement, case.key))
    return Drift(
        tuple(cases),
        only_before=tuple(key for key in first if key not in second),
        only_after=tuple(key for key in second if key not in first),
    )


def write_drift(drift: Drift, path: Path) -> Path:
    """Write every finding of every case as one line of a CSV, the case with the largest disagreement first.

    Raises StorageError when it cannot be written.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for case in drift.cases:
        table.writerows(_lines(case))
    write_text(path, text.getvalue())
    return path


def _lines(case: CaseDrift) -> Iterator[tuple[str, ...]]:
    comparison = case.comparison
    patient = safe_cell(comparison.second.patient_id)
    files = sum(one.place == "file" for one in comparison.differences)
    for delta in comparison.deltas:
        yield (
            case.key,
            patient,
            safe_cell(delta.name),
            "" if delta.first is None else f"{delta.first.shown:.6f}",
            "" if delta.second is None else f"{delta.second.shown:.6f}",
            "" if delta.shown is None else f"{delta.shown:.6f}",
            "" if delta.logit is None else f"{delta.logit:.6f}",
            "" if delta.first is None else delta.first.decision,
            "" if delta.second is None else delta.second.decision,
            str(int(delta.is_flipped)),
            str(int(delta.is_large)),
            str(files),
        )


def _results(folder: Path) -> dict[str, Path]:
    found = {path.parent.name: path for path in sorted((folder / CASES).glob(f"*/{RESULT_NAME}"))}
    if not found:
        raise InputError(
            Words("{name!r} holds no results of a batch", name=folder.name),
            Words("Name the folder that `medmm batch --out` wrote."),
            folder,
        )
    return found

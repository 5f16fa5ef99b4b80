"""Which patients a run knows, with their labels and their part of the split; nothing is read but tables."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from medmm.core.errors import InvalidRecord, UnreadableFile
from medmm.core.words import Words
from medmm.training.config import SplitConfig

UNKNOWN = float("nan")
TRUTH = "truth.csv"
SIMULATED = "simulated"


@dataclass(frozen=True)
class TableRecord:
    """What the table of a domain says of a case besides its labels.

    vitals: name and value in the canonical unit; raw: the whole row, for studies of the card.
    """

    age_years: float | None = None
    sex: str = ""
    view: str = ""
    site: str = ""
    note: str = ""
    vitals: tuple[tuple[str, float], ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)


NO_RECORD = TableRecord()


@dataclass(frozen=True)
class PatientRow:
    """One patient (or one image of a patient) of a domain.

    path: a patient folder, or one image; record: what a table says of it; patient: what the split goes by;
    labels: 0, 1, a soft target between, or NaN where unknown, in the order of the findings;
    part: train, validation, calibration, test or held_out.
    """

    domain: str
    path: Path
    patient: str
    labels: tuple[float, ...]
    part: str
    weight: float = 1.0
    is_soft: bool = False
    record: TableRecord = NO_RECORD

    @property
    def is_real(self) -> bool:
        """Tell whether a person labelled a real film: what folds hold out where there is a base."""
        return self.domain != SIMULATED and not self.is_soft


def find_patients(cohort: Path, findings: Sequence[str], split: SplitConfig, *, domain: str) -> list[PatientRow]:
    """List the patient folders that truth.csv names.

    Raises UnreadableFile where there is no truth.csv, InvalidRecord where it does not fit.
    """
    truth = read_truth(cohort / TRUTH, findings)
    missing = [case for case in truth if not (cohort / case).is_dir()]
    if missing:
        raise InvalidRecord(
            Words("{truth} names {missing!r}, but there is no such folder", truth=TRUTH, missing=missing[0]),
            source=cohort,
        )
    parts = {"train": split.train, "validation": split.validation, "calibration": split.calibration}
    return [PatientRow(domain, cohort / case, case, labels, part_of(case, **parts)) for case, labels in truth.items()]


def read_truth(path: Path, findings: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Read case -> labels; a finding that a case does not name is unknown."""
    if not path.is_file():
        raise UnreadableFile(
            Words("{name} is missing beside the patients", name=path.name),
            Words("`medmm simulate` writes it; see CONTRACT section 5."),
            path,
        )
    labels: dict[str, dict[str, float]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row.get("present") not in ("0", "1") or not row.get("case"):
                raise InvalidRecord(
                    Words("{name}: a row needs case and present 0 or 1, found {row}", name=path.name, row=row),
                    source=path,
                )
            labels[row["case"]][row["finding"]] = float(row["present"])
    return {case: tuple(known.get(name, UNKNOWN) for name in findings) for case, known in sorted(labels.items())}


def part_of(patient: str, *, train: float, validation: float = 0.0, calibration: float = 0.0) -> str:
    """Give the part of a patient: by hash, so that adding patients moves nobody."""
    place = int.from_bytes(hashlib.sha256(f"split {patient}".encode()).digest()[:8], "big") / 2**64
    for part, width in (("train", train), ("validation", validation), ("calibration", calibration)):
        if place < width:
            return part
        place -= width
    return "test"

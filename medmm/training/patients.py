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
EDGES = ("row0", "col0", "row1", "col1")


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


# Of a finding in pixels of the stored image: (row0, col0, row1, col1), half open.
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Truth:
    """What truth.csv says of a case, in the order of the findings: labels as of PatientRow, and boxes."""

    labels: tuple[float, ...]
    boxes: tuple[Box | None, ...]


@dataclass(frozen=True)
class PatientRow:
    """One patient (or one image of a patient) of a domain.

    path: a patient folder, or one image; record: what a table says of it; patient: what the split goes by;
    labels: 0, 1, a soft target between, or NaN where unknown, in the order of the findings;
    part: train, validation, calibration, test or held_out; boxes: where findings lie on the film, for each finding, or
    nothing at all.
    """

    domain: str
    path: Path
    patient: str
    labels: tuple[float, ...]
    part: str
    weight: float = 1.0
    is_soft: bool = False
    record: TableRecord = NO_RECORD
    boxes: tuple[Box | None, ...] = ()

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
    return [
        PatientRow(domain, cohort / case, case, known.labels, part_of(case, **parts), boxes=known.boxes)
        for case, known in truth.items()
    ]


def read_truth(path: Path, findings: Sequence[str]) -> dict[str, Truth]:
    """Read case -> labels and boxes; a finding that a case does not name is unknown."""
    if not path.is_file():
        raise UnreadableFile(
            Words("{name} is missing beside the patients", name=path.name),
            Words("`medmm simulate` writes it; see CONTRACT section 5."),
            path,
        )
    labels: dict[str, dict[str, float]] = defaultdict(dict)
    boxes: dict[str, dict[str, Box | None]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row.get("present") not in ("0", "1") or not row.get("case"):
                raise InvalidRecord(
                    Words("{name}: a row needs case and present 0 or 1, found {row}", name=path.name, row=row),
                    source=path,
                )
            labels[row["case"]][row["finding"]] = float(row["present"])
            boxes[row["case"]][row["finding"]] = _box(row, path)
    return {
        case: Truth(
            tuple(known.get(name, UNKNOWN) for name in findings), tuple(boxes[case].get(name) for name in findings)
        )
        for case, known in sorted(labels.items())
    }


def _box(row: Mapping[str, str], path: Path) -> Box | None:
    texts = [row.get(name) or "" for name in EDGES]
    if not any(texts):
        return None
    try:
        row0, col0, row1, col1 = (int(text) for text in texts)
        if not (0 <= row0 < row1 and 0 <= col0 < col1):
            raise ValueError
    except ValueError as error:
        raise InvalidRecord(
            Words(
                "{name}: {edges} must be four whole numbers of a box, found {found}",
                name=path.name,
                edges=", ".join(EDGES),
                found=", ".join(texts),
            ),
            Words("Leave all four empty where the place is not known."),
            path,
        ) from error
    return row0, col0, row1, col1


def part_of(patient: str, *, train: float, validation: float = 0.0, calibration: float = 0.0) -> str:
    """Give the part of a patient: by hash, so that adding patients moves nobody."""
    place = int.from_bytes(hashlib.sha256(f"split {patient}".encode()).digest()[:8], "big") / 2**64
    for part, width in (("train", train), ("validation", validation), ("calibration", calibration)):
        if place < width:
            return part
        place -= width
    return "test"

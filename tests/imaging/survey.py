"""Read every file below a folder one by one and count what is shown and what is refused, and why.

python tests/imaging/survey.py FOLDER [--csv OUT.csv]
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from medmm.core.errors import MedMMError
from medmm.imaging.reader import read_image
from medmm.imaging.sniff import FileKind, file_kind
from medmm.imaging.windowing import to_display


@dataclass(frozen=True)
class Outcome:
    """One file's fate."""

    path: str
    outcome: str
    reason: str
    shape: str
    seconds: float
    notes: str


def survey(path: Path) -> Outcome:
    """Read one file and show its first, middle and last slice."""
    start = time.perf_counter()

    def ended(outcome: str, reason: str = "", shape: str = "", notes: str = "") -> Outcome:
        return Outcome(str(path), outcome, reason, shape, round(time.perf_counter() - start, 3), notes)

    try:
        kind = file_kind(path)
        if kind is FileKind.OTHER:
            return ended("other")
        image = read_image(path)
        for index in {0, image.n_slices // 2, image.n_slices - 1}:
            shown = to_display(image, index, None)
            assert np.isfinite(shown).all(), "display values are finite"
            assert 0 <= shown.min() <= shown.max() <= 1, "display values lie in [0, 1]"
    except MedMMError as error:
        return ended("refused", f"{error.code}: {error.message}. {error.hint}")
    return ended("shown", "", str(image.stored.shape), " ".join(note.code for note in image.notes))


def main() -> int:
    """Survey a folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--csv", type=Path)
    asked = parser.parse_args()
    files = sorted(path for path in asked.folder.rglob("*") if path.is_file() and not path.is_symlink())
    outcomes = [survey(path) for path in files]
    counts = Counter(found.outcome for found in outcomes).most_common()
    slowest = max(outcomes, key=lambda found: found.seconds)
    lines = [f"{count:5d} {outcome}" for outcome, count in counts]
    lines += [f"   {found.reason}" for found in outcomes if found.outcome == "refused"]
    lines.append(f"slowest: {slowest.seconds:.1f} s {slowest.path}")
    sys.stdout.write("\n".join(lines) + "\n")
    if asked.csv:
        with asked.csv.open("w", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(field.name for field in fields(Outcome))
            writer.writerows(astuple(found) for found in outcomes)
    return int(any(found.seconds > 10 for found in outcomes))


if __name__ == "__main__":
    sys.exit(main())

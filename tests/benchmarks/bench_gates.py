"""Plant 24 kinds of bad input, 8 a source, and count which code each gets; then what clean inputs are taken for.

python tests/benchmarks/bench_gates.py COHORT N [REAL]

COHORT: a folder of `medmm simulate`; REAL: a folder with real films (cxr_nih/images), notes (text_reports/
iu_reports.csv and cxr/cases.csv) and vital signs (cxr/cases.csv). Films teach the gate where their names have an even
CRC-32 (see installer/film_look.py); only the others are counted. A fault counts as caught when its own code stands at
the input, as a warning or worse, and the input is not used, unless it is one that is read with a warning
(planted_faults.WARNED). Clean inputs that are not used, or have one of the 24 codes, are false alarms; intervals are
those of Clopper and Pearson. Exit 1 where fewer than 95 of 100 are caught or more than 5 of 100 are false.

With the first 120 cases of seed 777 and the real data: see the table in ARCHITECTURE.md, decision 46.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from scipy.stats import beta

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.core.case import Case, CaseSources
from medmm.core.identity import PatientIdentity
from medmm.core.prediction import InputUse
from medmm.core.quality import InputKind, Severity
from medmm.core.record import VITAL_BY_NAME, ClinicalNote
from medmm.imaging.reader import read_image
from medmm.inference.image_gate import check_image
from medmm.inference.note_gate import WORD, check_notes
from medmm.inference.vitals_gate import check_vitals
from medmm.workflow.open_case import open_case
from tests.inference.planted_faults import (
    IMAGE_FAULTS,
    NOTE_FAULTS,
    VITALS_FAULTS,
    WARNED,
    Planted,
    faulty_cases,
)

CODES = {name.partition(" ")[0] for name in (*IMAGE_FAULTS, *NOTE_FAULTS, *VITALS_FAULTS)}
LEAST_CAUGHT, MOST_FALSE = 0.95, 0.05
KINDS = (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)


def use_of(case: Case, kind: InputKind) -> InputUse:
    """Ask one gate, without a model."""
    if kind is InputKind.IMAGE:
        chosen, remarks = check_image(case)
        return InputUse(chosen is not None, remarks)
    if kind is InputKind.NOTE:
        chosen_notes, remarks = check_notes(case, ("en", "zh"))
        return InputUse(bool(chosen_notes), remarks)
    chosen_values, remarks = check_vitals(case, tuple(VITAL_BY_NAME))
    return InputUse(bool(chosen_values), remarks)


def warnings_of(case: Case, kind: InputKind) -> set[str]:
    """Give the codes of severity warning or stop that stand at an input or at the case."""
    notes = (*use_of(case, kind).gate, *case.checks)
    return {note.code for note in notes if note.severity is not Severity.INFO}


def is_caught(fault: Planted) -> bool:
    """Tell whether a fault got its own code and the input is kept from the network, or the case from scoring."""
    is_out = not use_of(fault.case, fault.kind).used or fault.case.stop is not None
    return fault.code in warnings_of(fault.case, fault.kind) and (is_out or fault.code in WARNED)


def alarm(case: Case, kind: InputKind) -> str:
    """Name what a clean input is taken for; empty when it is used without one of the 24 codes."""
    use = use_of(case, kind)
    named = [note.code for note in use.gate if note.severity is not Severity.INFO]
    wrong = [code for code in named if code in CODES] or ([*named, "stopped"] if not use.used or case.stop else [])
    return next(iter(wrong), "")


def interval(k: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of Clopper and Pearson for k of n."""
    low = float(beta.ppf(0.025, k, n - k + 1)) if k else 0.0
    return low, float(beta.ppf(0.975, k + 1, n - k)) if k < n else 1.0


def main(arguments: list[str]) -> int:
    """Print one line a fault, then one a source of clean inputs."""
    cohort, n = Path(arguments[0]), int(arguments[1])
    planted, caught = Counter[str](), Counter[str]()
    clean: dict[str, list[str]] = {f"{kind} of simulated cases": [] for kind in KINDS}
    for folder in sorted(path for path in cohort.iterdir() if path.is_dir())[:n]:
        base = open_case(CaseSources(folder))
        for kind in KINDS:
            clean[f"{kind} of simulated cases"].append(alarm(base, kind))
        for fault in faulty_cases(base, folder):
            planted[f"{fault.kind} {fault.name}"] += 1
            caught[f"{fault.kind} {fault.name}"] += is_caught(fault)
    is_good = print_faults(planted, caught)
    for real in map(Path, arguments[2:]):
        clean |= {
            "films of ChestX-ray14": [alarm(case, InputKind.IMAGE) for case in real_films(real)],
            "indications of Open-i, two words or more": [alarm(case, InputKind.NOTE) for case in indications(real)],
            "notes of case reports, two words or more": [alarm(case, InputKind.NOTE) for case in histories(real)],
            "vital signs of case reports": [alarm(case, InputKind.VITALS) for case in real_vitals(real)],
        }
    return 0 if print_clean(clean) and is_good else 1


def print_faults(planted: Counter[str], caught: Counter[str]) -> bool:
    """Print how many of each fault were caught; tell whether that is enough."""
    print(f"{'fault':42} caught of    95 % interval")
    for fault, n in planted.items():
        low, high = interval(caught[fault], n)
        print(f"{fault:42} {caught[fault]:6} {n:4}  {low:.3f}-{high:.3f}")
    return all(caught[fault] >= LEAST_CAUGHT * n for fault, n in planted.items())


def print_clean(clean: dict[str, list[str]]) -> bool:
    """Print the false alarms of each source; tell whether they are few enough."""
    print(f"\n{'clean':42} alarms of    95 % interval")
    for source, alarms in clean.items():
        found = Counter(filter(None, alarms))
        low, high = interval(found.total(), len(alarms))
        print(f"{source:42} {found.total():6} {len(alarms):4}  {low:.3f}-{high:.3f}  {dict(found)}")
    return all(Counter(filter(None, alarms)).total() <= MOST_FALSE * len(alarms) for alarms in clean.values())


def real_films(real: Path) -> Iterator[Case]:
    """Read the films that did not teach the gate."""
    for path in sorted((real / "cxr_nih" / "images").glob("*.jpg")):
        if zlib.crc32(path.name.encode()) % 2:
            yield Case(folder=real, patient=PatientIdentity(), images=(read_image(path),))


def indications(real: Path) -> Iterator[Case]:
    """Read what was asked of the radiologist; a text of one word is a fault by its definition."""
    return _cases(real, (row["indication"] for row in _rows(real / "text_reports" / "iu_reports.csv")))


def histories(real: Path) -> Iterator[Case]:
    """Read the notes of published cases; some of them are readings of the film, and rightly refused."""
    rows = _rows(real / "cxr" / "cases.csv")
    return _cases(real, (row[name] for row in rows for name in ("clinical_notes", "other_notes")))


def real_vitals(real: Path) -> Iterator[Case]:
    """Read temperature and saturation of published cases as tables, one row each."""
    for row in _rows(real / "cxr" / "cases.csv"):
        values = [("temperature_c", row["temperature"], "Cel"), ("spo2", row["spo2"], "%")]
        lines = [f"2020-03-01T08:00:00,{name},{value},{unit}" for name, value, unit in values if value]
        if not lines:
            continue
        with tempfile.TemporaryDirectory() as place:
            Path(place, "vitals.csv").write_text("\n".join(["time,name,value,unit", *lines, ""]), encoding="utf-8")
            yield open_case(CaseSources(Path(place)))


def _cases(real: Path, texts: Iterable[str]) -> Iterator[Case]:
    for text in dict.fromkeys(texts):
        if len(WORD.findall(text)) > 1:
            note = ClinicalNote(text=text, path=Path("note.txt"))
            yield Case(folder=real, patient=PatientIdentity(), notes=(note,))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

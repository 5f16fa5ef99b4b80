"""Plant 24 kinds of bad input, 8 a source, and count which code each gets, on simulated cases and on real films.

python tests/benchmarks/bench_gates.py COHORT N [FOLDER OF REAL FILMS ...]

COHORT: a folder of `medmm simulate`. Real films teach the gate where their names have an even CRC-32 (see
installer/film_look.py); only the others are counted. A fault counts as caught when its own code stands at the input and
the input is not used; a clean input that is not used is a false alarm.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.core.case import Case, CaseSources
from medmm.core.prediction import InputUse
from medmm.core.quality import InputKind
from medmm.core.record import VITAL_BY_NAME
from medmm.imaging.reader import read_image
from medmm.inference.image_gate import check_image
from medmm.inference.note_gate import check_notes
from medmm.inference.vitals_gate import check_vitals
from medmm.workflow.open_case import open_case
from tests.inference.film_faults import Pixels, framed, washed_out, written_over

Rows = list[dict[str, str]]
GERMAN = (
    "Der Patient ist seit drei Tagen krank und hat Husten mit Auswurf, kein Fieber. Die Lunge ist auskultatorisch "
    "nicht frei, es besteht eine Dämpfung bei der Perkussion."
)
REPORT = "FINDINGS: Dense opacity at one base.\nIMPRESSION: Consolidation.\nCOMPARISON: None."


def noise(pixels: Pixels) -> Pixels:
    """Show the noise of a detector that nothing was put on."""
    drawn = np.random.default_rng(pixels.size).normal(500, 60, pixels.shape)
    return np.clip(drawn, 0, 4095).astype(pixels.dtype)


IMAGE_FAULTS: dict[str, Callable[[Pixels], Pixels]] = {
    "image_rotated": np.rot90,
    "image_rotated (180)": lambda pixels: pixels[::-1, ::-1],
    "image_inverted": lambda pixels: pixels.max() - pixels + pixels.min(),
    "image_cropped": lambda pixels: pixels[:, : pixels.shape[1] * 3 // 5],
    "image_saturated": washed_out,
    "image_mostly_empty": framed,
    "image_burnt_in_text": written_over,
    "image_blank": noise,
}


def garbled(text: str) -> str:
    """Put a random letter for every letter."""
    rng = np.random.default_rng(len(text))
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    return "".join(str(rng.choice(letters)) if char.isascii() and char.isalpha() else char for char in text)


def _header(text: str) -> str:
    return text.partition("\n\n")[0] + "\n\n"


NOTE_FAULTS: dict[str, Callable[[str], str]] = {
    "note_is_report": lambda text: _header(text) + REPORT,
    "note_language": lambda text: _header(text) + "HISTORY: " + GERMAN,
    "note_too_short": lambda text: "cough",
    "note_unreadable": lambda text: " \n\t\n",
    "note_not_text": lambda text: _header(text) + "|1|0x00|--|12.5;13.1|{}[]|+++|88|<=>|%%|37.2|" * 20,
    "note_repetitive": lambda text: _header(text) + "HISTORY: " + "Patient stable and has no cough today. " * 60,
    "note_garbled": lambda text: "HISTORY: " + garbled(text + text),
    "note_after_index_time": lambda text: text.replace("\nDate: 2", "\nDate: 3"),
}


def _column(rows: Rows, sign: str) -> Rows:
    names = {sign, VITAL_BY_NAME[sign].loinc, sign.removesuffix("_c")}
    return [row for row in rows if row["name"] in names]


def fahrenheit(rows: Rows) -> None:
    """Measure in Fahrenheit and say Celsius."""
    for row in _column(rows, "temperature_c"):
        row["value"] = f"{float(row['value']) * 1.8 + 32:.1f}"


def frozen(rows: Rows) -> None:
    """Repeat the first value of every sign."""
    for sign in VITAL_BY_NAME:
        column = _column(rows, sign)
        for row in column:
            row["value"] = column[0]["value"]


def exchanged(rows: Rows) -> None:
    """Exchange the heart rate with the respiratory rate."""
    heart, breath = _column(rows, "heart_rate"), _column(rows, "respiratory_rate")
    if heart and breath:
        names = heart[0]["name"], breath[0]["name"]
        for row in (*heart, *breath):
            row["name"] = names[row["name"] == names[0]]


def mixed(rows: Rows) -> None:
    """Take every other row from a patient in shock."""
    shock = {"temperature_c": 40.6, "heart_rate": 168, "respiratory_rate": 44, "systolic_bp": 62, "diastolic_bp": 34}
    for sign, value in shock.items():
        for row in _column(rows, sign)[::2]:
            row["value"] = str(value)


def emptied(rows: Rows) -> None:
    """Leave every value out."""
    for row in rows:
        row["value"] = ""


def moved(rows: Rows, *, hours: float) -> None:
    """Move every time."""
    for row in rows:
        row["time"] = (datetime.fromisoformat(row["time"]) + timedelta(hours=hours)).isoformat()


def of_another(rows: Rows) -> None:
    """Give the table to another patient."""
    for row in rows:
        row["patient_id"] = "SIM000001X"


VITALS_FAULTS: dict[str, Callable[[Rows], None]] = {
    "vitals_units": fahrenheit,
    "vitals_constant": frozen,
    "vitals_exchanged": exchanged,
    "vitals_erratic": mixed,
    "vitals_unreadable": emptied,
    "vitals_outside_window": partial(moved, hours=-72),
    "vitals_after_index_time": partial(moved, hours=72),
    "identity_conflict": of_another,
}


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


def reopened(base: Case, folder: Path, name: str, text: str) -> Case:
    """Open the case's records with one file changed; the film stays as it was read."""
    with tempfile.TemporaryDirectory() as place:
        for kept in ("note.txt", "vitals.csv"):
            content = text if kept == name else (folder / kept).read_text(encoding="utf-8")
            Path(place, kept).write_text(content, encoding="utf-8")
        (Path(place) / "medmm.toml").write_text(f'patient_id = "{base.patient.patient_id}"\n', encoding="utf-8")
        opened = open_case(CaseSources(Path(place)))
    return replace(opened, images=base.images, index_time=base.index_time)


def faulty_cases(base: Case, folder: Path) -> Iterator[tuple[InputKind, str, Case]]:
    """Give the case with each fault planted."""
    film = base.images[0]
    for code, change in IMAGE_FAULTS.items():
        spoiled = replace(film, stored=np.ascontiguousarray(change(film.stored[0]))[None])
        yield InputKind.IMAGE, code, replace(base, images=(spoiled,))
    note = (folder / "note.txt").read_text(encoding="utf-8")
    for code, rewrite in NOTE_FAULTS.items():
        yield InputKind.NOTE, code, reopened(base, folder, "note.txt", rewrite(note))
    with (folder / "vitals.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for code, spoil in VITALS_FAULTS.items():
        spoilt = [dict(row) for row in rows]
        spoil(spoilt)
        if spoilt == rows:
            continue  # a patient without this sign
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in spoilt)]
        yield InputKind.VITALS, code, reopened(base, folder, "vitals.csv", "\n".join(lines) + "\n")


def is_caught(case: Case, kind: InputKind, code: str) -> tuple[bool, bool]:
    """Tell whether the input is not used (or nothing is scored at all), and whether the code is its own."""
    use, own = use_of(case, kind), code.partition(" ")[0]
    codes = {note.code for note in (*use.gate, *case.checks)}
    return not use.used or case.stop is not None, own in codes


def main(arguments: list[str]) -> int:
    """Print one line a fault: caught, with its own code, of how many; then the false alarms."""
    cohort, n, films = Path(arguments[0]), int(arguments[1]), arguments[2:]
    planted, caught, named, alarms = (Counter[str]() for _ in range(4))
    total = 0
    for folder in sorted(path for path in cohort.iterdir() if path.is_dir())[:n]:
        base = open_case(CaseSources(folder))
        total += 1
        for kind in (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS):
            use = use_of(base, kind)
            alarms[f"{kind} of simulated cases"] += not use.used or base.stop is not None
        for kind, code, case in faulty_cases(base, folder):
            is_out, is_own = is_caught(case, kind, code)
            planted[f"{kind} {code}"] += 1
            caught[f"{kind} {code}"] += is_out
            named[f"{kind} {code}"] += is_out and is_own
    print(f"{'fault':42} not used  own code  of")
    for fault in planted:
        print(f"{fault:42} {caught[fault]:8} {named[fault]:9} {planted[fault]:3}")
    print(f"\n{'clean':42} false alarms  of")
    for source, n_alarms in alarms.items():
        print(f"{source:42} {n_alarms:12} {total:3}")
    for folder in map(Path, films):
        print_films(folder)
    return 0


def print_films(folder: Path) -> None:
    """Print how many real films of a folder are refused, and for what."""
    paths = [path for path in sorted(folder.glob("*.jpg")) if zlib.crc32(path.name.encode()) % 2]
    codes = Counter[str]()
    for path in paths:
        case = Case(folder=folder, patient=read_image(path).identity, images=(read_image(path),))
        use = use_of(case, InputKind.IMAGE)
        codes.update([] if use.used else [use.gate[0].code])
    print(f"{'films of ' + folder.parent.name:42} {codes.total():12} {len(paths):3}  {dict(codes)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

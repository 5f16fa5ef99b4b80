"""24 kinds of bad input, 8 a source, planted into a patient folder: for tests and benchmarks.

A fault has to be one that somebody who looks at the input alone could know. Where a patient's table holds too little
for that (two values of a sign are constant by chance), it is not planted, and `can_show` says so.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np

from medmm.core.case import Case, CaseSources
from medmm.core.quality import InputKind
from medmm.core.record import VITAL_BY_NAME
from medmm.inference.vitals_gate import choose_measurements
from medmm.workflow.open_case import open_case
from tests.inference.film_faults import Pixels, framed, washed_out, written_over

Rows = list[dict[str, str]]
# Read with a warning, because the network does better with them than without (bench_demotion.py).
WARNED = frozenset({"image_saturated", "image_mostly_empty", "image_burnt_in_text"})
GERMAN = (
    "Der Patient ist seit drei Tagen krank und hat Husten mit Auswurf, kein Fieber. Die Lunge ist auskultatorisch "
    "nicht frei, es besteht eine Dämpfung bei der Perkussion."
)
REPORT = "FINDINGS: Dense opacity at one base.\nIMPRESSION: Consolidation.\nCOMPARISON: None."
LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz"))
HAN = (0x4E00, 0x9FA5)
MIN_VALUES, MIN_SIGNS = 3, 3


@dataclass(frozen=True)
class Planted:
    """A case with one fault. name: the code that it must get, with a remark in brackets where there are several."""

    kind: InputKind
    name: str
    case: Case

    @property
    def code(self) -> str:
        """The fault's own code."""
        return self.name.partition(" ")[0]


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
    """Put a random letter for every letter, and a random Chinese character for every one."""
    rng = np.random.default_rng(len(text))

    def other(char: str) -> str:
        if char.isascii() and char.isalpha():
            return str(rng.choice(LETTERS))
        return chr(rng.integers(*HAN)) if HAN[0] <= ord(char) < HAN[1] else char

    return "".join(map(other, text))


def _header(text: str) -> str:
    return text.partition("\n\n")[0] + "\n\n"


NOTE_FAULTS: dict[str, Callable[[str], str]] = {
    "note_is_report": lambda text: _header(text) + REPORT,
    "note_language": lambda text: _header(text) + "HISTORY: " + GERMAN,
    "note_too_short": lambda _: "cough",
    "note_unreadable": lambda _: " \n\t\n",
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


def can_show(case: Case, name: str) -> bool:
    """Tell whether a patient's table holds enough for a fault: values of its signs before the index time."""
    measured = choose_measurements(case, tuple(VITAL_BY_NAME))
    times = {sign: {m.time for m in measured if m.name == sign} for sign in VITAL_BY_NAME}
    if name == "vitals_units":
        return bool(times["temperature_c"])
    if name == "vitals_exchanged":
        return len(times["heart_rate"] & times["respiratory_rate"]) >= MIN_VALUES
    n_long = sum(len(own) >= MIN_VALUES for own in times.values())
    return name not in ("vitals_constant", "vitals_erratic") or n_long >= MIN_SIGNS


def reopened(base: Case, folder: Path, name: str, text: str) -> Case:
    """Open the case's records with one file changed; the film stays as it was read."""
    with tempfile.TemporaryDirectory() as place:
        for kept in ("note.txt", "vitals.csv"):
            content = text if kept == name else (folder / kept).read_text(encoding="utf-8")
            Path(place, kept).write_text(content, encoding="utf-8")
        (Path(place) / "medmm.toml").write_text(f'patient_id = "{base.patient.patient_id}"\n', encoding="utf-8")
        opened = open_case(CaseSources(Path(place)))
    return replace(opened, images=base.images, index_time=base.index_time)


def faulty_cases(base: Case, folder: Path) -> Iterator[Planted]:
    """Give the case of a simulated patient's folder with each fault that it can show."""
    film = base.images[0]
    for name, change in IMAGE_FAULTS.items():
        spoiled = replace(film, stored=np.ascontiguousarray(change(film.stored[0]))[None])
        yield Planted(InputKind.IMAGE, name, replace(base, images=(spoiled,)))
    note = (folder / "note.txt").read_text(encoding="utf-8")
    for name, rewrite in NOTE_FAULTS.items():
        yield Planted(InputKind.NOTE, name, reopened(base, folder, "note.txt", rewrite(note)))
    with (folder / "vitals.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for name, spoil in VITALS_FAULTS.items():
        if not can_show(base, name):
            continue
        spoilt = [dict(row) for row in rows]
        spoil(spoilt)
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in spoilt)]
        yield Planted(InputKind.VITALS, name, reopened(base, folder, "vitals.csv", "\n".join(lines) + "\n"))

"""Judge what a batch made of broken patients: each outcome against what the tools say that it must be."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from medmm.core.errors import InputError
from medmm.records.note import read_note
from medmm.records.tabular import read_vitals
from medmm.workflow.batch_folders import STORE, key_of
from tests.workflow.broken_patients import NOTE_KIND, VITALS_KIND, BrokenPatient

# A row that says who it speaks of names the input without its file: "This note belongs to MRN P9999".
SUBJECTS = {"image": ("image", "series"), "note": ("note",), "vitals": ("vitals",)}
SIGNS = {
    "heart_rate": "heart_rate",
    "sbp": "systolic_bp",
    "dbp": "diastolic_bp",
    "resp_rate": "respiratory_rate",
    "temp_c": "temperature_c",
    "spo2": "spo2",
}
NOT_SCORED = ("refused", "failed")
# Where the contract, or DICOM, says something else than the tool: what is expected instead, and why.
ELSEWHERE = {
    ("required_column_absent", "no patient_id column"): "warn",  # identity columns are optional (contract, section 1)
    ("delete_identity_geometry_tag", "PixelSpacing"): "any",  # a film has Imager Pixel Spacing, PixelSpacing is 1C
    ("delete_identity_geometry_tag", "SpecificCharacterSet"): "any",  # 1C: all of the film's text is ASCII
    ("empty_folder", ""): "any",  # a patient without an image, whose note and vital signs are sound
}


@dataclass(frozen=True)
class Outcome:
    """A case as a batch left it. scores: what its rows say of each finding; result: its file, {} where it has none."""

    kind: str
    reason: str
    message: str
    patient_id: str
    seconds: float
    scores: tuple[tuple[Any, ...], ...] = ()
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> set[tuple[str, str]]:
        """Give code and text of what is told with a severity of warning or stop."""
        gates = [note for use in self.result.get("inputs_used", {}).values() for note in use["gate"]]
        notes = [*self.result.get("checks", ()), *gates]
        return {(note["code"], note["message"]) for note in notes if note["severity"] != "info"}

    def uses(self, kind: str) -> bool:
        """Tell whether an input took part."""
        return bool(self.result.get("inputs_used", {}).get(kind, {}).get("used"))


@dataclass(frozen=True)
class Verdict:
    """Whether the outcome of a broken patient is right; found: what became of it; why: the reason that was given."""

    patient: BrokenPatient
    is_right: bool
    found: str
    why: str
    seconds: float


def read_outcomes(out: Path) -> dict[str, Outcome]:
    """Read every case of a batch with its findings and its file."""
    connection = sqlite3.connect(f"file:{out / STORE}?mode=ro", uri=True)
    rows = connection.execute('SELECT "case", outcome, reason, message, patient_id, seconds FROM cases').fetchall()
    found: dict[str, list[tuple[Any, ...]]] = {}
    columns = "finding, score, probability, threshold, positive, decision"
    for case, *values in connection.execute(f'SELECT "case", {columns} FROM findings ORDER BY "case", place'):
        found.setdefault(case, []).append(tuple(values))
    connection.close()
    return {case: Outcome(*values, tuple(found.get(case, ())), _file_of(out, case)) for case, *values in rows}


def _file_of(out: Path, case: str) -> dict[str, Any]:
    path = out / "cases" / key_of(case) / "result.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def judge(patients: Sequence[BrokenPatient], found: Mapping[str, Outcome], root: Path) -> list[Verdict]:
    """Compare each broken patient with its partner; root: of the patients' folders."""
    return [_judge(patient, found, root) for patient in patients]


def _judge(patient: BrokenPatient, found: Mapping[str, Outcome], root: Path) -> Verdict:
    outcome, sound = found.get(patient.folder), found[patient.partner]
    if outcome is None:
        return Verdict(patient, False, "no row", "", 0.0)
    if sound.kind != "done":
        return Verdict(patient, False, f"partner {sound.kind}", sound.message, outcome.seconds)
    news = sorted(outcome.told - sound.told)
    why = outcome.message or " | ".join(f"{code}: {text}" for code, text in news)
    used = "with" if outcome.uses(patient.kind) else "without"
    kind = f"done {used} {patient.kind}" if outcome.kind == "done" else f"{outcome.kind} {outcome.reason}"
    wrong = _wrong(patient, outcome, sound, news) or _silent_change(patient, outcome, news, root, sound.patient_id)
    return Verdict(patient, not wrong, kind, f"{wrong}; {why}" if wrong else why, outcome.seconds)


def _wrong(patient: BrokenPatient, outcome: Outcome, sound: Outcome, news: Sequence[tuple[str, str]]) -> str:
    """Say in what an outcome differs from what the tool expects, "" where it does not."""
    expect = ELSEWHERE.get((patient.mutator, patient.told), patient.expect)
    if patient.is_in_unread_column:
        expect = "any"
    if outcome.kind not in ("done", *NOT_SCORED) or outcome.reason == "defect":
        return "a defect"
    is_told = any(_names(patient, text) for text in (outcome.message, *(text for _, text in news)))
    if outcome.kind in NOT_SCORED:
        if expect == "ok":
            return "a sound file was refused"
        return "" if is_told else "the reason names neither file nor input"
    if expect == "reject":
        if outcome.uses(patient.kind) and not _is_beside_a_sound_one(patient):
            return "a broken input took part"
        return "" if is_told else "nothing is told"
    if expect == "warn":
        return "" if news else "no warning is kept"
    if expect == "ok":
        return "" if outcome.scores == sound.scores else "the result differs from that of the sound patient"
    return ""


def _is_beside_a_sound_one(patient: BrokenPatient) -> bool:
    # The tool's folders hold good.dcm as well: the giant beside it must be told, the good one may be scored.
    return patient.folder.startswith("folder-")


def _names(patient: BrokenPatient, text: str) -> bool:
    lower = text.lower()
    return any(name.lower() in lower for name in patient.names) or any(word in lower for word in SUBJECTS[patient.kind])


def _silent_change(
    patient: BrokenPatient, outcome: Outcome, news: Sequence[tuple[str, str]], root: Path, patient_id: str
) -> str:
    """Say what a broken input that took part without a word has changed, "" for nothing."""
    if not outcome.uses(patient.kind):
        return ""
    if not news and outcome.patient_id != patient_id:
        return f"the patient is now {outcome.patient_id!r}"
    if patient.kind == VITALS_KIND and patient.truth and not news:
        return _wrong_means(root / patient.folder / patient.names[0], patient.truth)
    if patient.kind == NOTE_KIND and not _is_text_kept(patient, root):
        return "the note was read as another text"
    return ""


def _wrong_means(path: Path, truth: Mapping[str, float | None]) -> str:
    values: dict[str, list[float]] = {}
    for one in read_vitals(path).measurements:
        if one.is_plausible:
            values.setdefault(one.name, []).append(one.value)
    for column, sign in SIGNS.items():
        right, read = truth[column], values.get(sign)
        # A temperature that was written in Fahrenheit is rounded there: 0.06 °C, as the tool says.
        most = 0.06 if sign == "temperature_c" else 1.5e-4
        if (right is None) != (read is None) or (right is not None and read and abs(fmean(read) - right) > most):
            return f"{sign} is read as {fmean(read) if read else None}, not {right}"
    return ""


def _is_text_kept(patient: BrokenPatient, root: Path) -> bool:
    """Tell whether a note in another encoding, where it is read, is read as what was written."""
    path = root / patient.folder / patient.names[0]
    try:
        text = read_note(path).text
    except InputError:
        return True
    written = {
        "note_utf16": "Admission note. 54 year old",
        "note_gbk": "\u53d1\u70ed\u54b3\u55fd\u4e09\u5929",
        "note_latin1": "Fi\u00e8vre 38 \u00b0C, M\u00fcller",
        "note_zh_utf8": "\u53d1\u70ed\u54b3\u55fd\u4e09\u5929\u3002\u4f53\u6e29 38.1\u2103",
    }
    return patient.mutator not in written or written[patient.mutator] in text

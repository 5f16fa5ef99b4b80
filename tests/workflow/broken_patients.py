"""Patients of which one file was broken by the mutation tools, each beside a sound partner: the same without the fault.

Film faults are planted into films of a simulated cohort, whose notes and vital signs stay. Notes and tables of the
tools name patients of their own: a film of the cohort is given that identity. Series and folder faults bring their own
patient. A partner holds what the broken file would hold if it were sound, so that "ok" means equal results.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pydicom

FILM, NOTE, VITALS = "chest.dcm", "note.txt", "vitals.csv"
IMAGE_KIND, NOTE_KIND, VITALS_KIND = "image", "note", "vitals"
NEEDS_ENCAPSULATED = "fragment_faults"
BESIDE_ITS_SEED = "same_uid_other_pixels"
SERIES_NOTE = "Patient ID: P0001\nName: Test Alpha\nDOB: 1970-01-01\nFever and cough for 3 days. No chest pain."
TAKEN = {"StudyDate": "20240102", "StudyTime": "120000"}


@dataclass(frozen=True)
class BrokenPatient:
    """A folder with one fault. kind: of the broken input; partner: folder of the same patient without the fault.

    names: of the broken files; told: what the tool says of the fault; truth: means of a table that was read right;
    is_in_unread_column: a fault of values that MedMM reads nothing from (and says so).
    """

    folder: str
    mutator: str
    kind: str
    expect: str
    told: str
    partner: str
    names: tuple[str, ...]
    truth: dict[str, float | None] | None = None
    is_in_unread_column: bool = False


@dataclass(frozen=True)
class Workshop:
    """Where patients are made: the tools, the sound cohort, the root for sound and the root for broken patients."""

    tools: Path
    cohort: Path
    sound: Path
    broken: Path
    work: Path
    seed: int

    def run(self, tool: str, *arguments: object) -> None:
        """Run one of the tools."""
        command = [sys.executable, str(self.tools / tool), *map(str, arguments), "--seed", str(self.seed)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)

    def tables(self) -> ModuleType:
        """Give the tool for tables as a module, for its sound notes and rows."""
        spec = importlib.util.spec_from_file_location("mutate_tables", self.tools / "mutate_tables.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def make_patients(shop: Workshop, *, only: Sequence[str] = (), bomb_mb: int = 2048) -> list[BrokenPatient]:
    """Write a broken patient for every mutator (or for those named), and the partners that are not in the cohort."""
    seeds = _seed_films(shop)
    return [
        *_film_patients(shop, seeds, only, bomb_mb),
        *_series_patients(shop, only),
        *_folder_patients(shop, seeds, only),
        *_vitals_patients(shop, only),
        *_note_patients(shop, only),
    ]


def link(source: Path, target: Path) -> None:
    """Have a file lie in a second folder without a second copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        os.link(source, target)


def link_patient(source: Path, target: Path) -> None:
    """Have a patient of the cohort lie in a second root."""
    for path in source.iterdir():
        link(path, target / path.name)


def _manifest(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def _mutators(shop: Workshop, tool: str, marker: str, only: Sequence[str]) -> list[str]:
    listed = subprocess.run(
        [sys.executable, str(shop.tools / tool), "list"], check=True, capture_output=True, text=True
    )
    line = next(line for line in listed.stdout.splitlines() if marker in line.partition(":")[0])
    names = [name.partition("(")[0] for name in line.partition(":")[2].split()]
    return [name for name in names if not only or name in only]


def _seed_films(shop: Workshop) -> Path:
    """Lay out the cohort's films under the names of their patients: a manifest then says whose film was broken."""
    folder = shop.work / "seeds"
    for patient in sorted(path for path in shop.cohort.iterdir() if path.is_dir())[:60]:
        link(patient / FILM, folder / f"{patient.name}.dcm")
    return folder


def _encapsulated(shop: Workshop, seeds: Path) -> Path:
    folder = shop.work / "encapsulated"
    folder.mkdir(exist_ok=True)
    for path in sorted(seeds.iterdir())[:3]:
        film = pydicom.dcmread(path)
        film.compress(pydicom.uid.RLELossless, generate_instance_uid=False)
        film.save_as(folder / path.name)
    return folder


def _film_patients(shop: Workshop, seeds: Path, only: Sequence[str], bomb_mb: int) -> Iterator[BrokenPatient]:
    for name in _mutators(shop, "mutate_dicom.py", "file mutators", only):
        out = shop.work / f"films-{name}"
        source = _encapsulated(shop, seeds) if name == NEEDS_ENCAPSULATED else seeds
        shop.run("mutate_dicom.py", "files", source, out, "-n", 1, "--only", name, "--bomb-mb", bomb_mb)
        (entry,) = _manifest(out)
        patient = Path(entry["src"]).stem
        folder = shop.broken / f"film-{name}"
        for kept in (NOTE, VITALS):
            link(shop.cohort / patient / kept, folder / kept)
        link(out / entry["file"], folder / FILM)
        if name == BESIDE_ITS_SEED:
            link(shop.cohort / patient / FILM, folder / "seed.dcm")
        link_patient(shop.cohort / patient, shop.sound / patient)
        yield BrokenPatient(folder.name, name, IMAGE_KIND, entry["expect"], entry["note"], patient, (FILM,))


def _series_patients(shop: Workshop, only: Sequence[str]) -> Iterator[BrokenPatient]:
    names = _mutators(shop, "mutate_dicom.py", "series faults", only)
    if not names:
        return
    out = shop.work / "series"
    shop.run("mutate_dicom.py", "series", out, "--only", ",".join(["good", *names]))
    tables = shop.tables()
    vitals = tables.enc(tables.rows(random.Random(shop.seed), "P0001"))
    partner = shop.sound / "series-good"
    for path in (out / "good").iterdir():
        link(path, partner / path.name)
    _write_records(partner, SERIES_NOTE, vitals)
    for entry in _manifest(out):
        name = entry["folder"]
        if name not in names:
            continue
        folder = shop.broken / f"series-{name}"
        files = sorted((out / name).iterdir())
        for path in files:
            link(path, folder / path.name)
        _write_records(folder, SERIES_NOTE, vitals)
        yield BrokenPatient(
            folder.name, name, IMAGE_KIND, entry["expect"], "", partner.name, tuple(path.name for path in files)
        )


def _folder_patients(shop: Workshop, seeds: Path, only: Sequence[str]) -> Iterator[BrokenPatient]:
    out = shop.work / "folders"
    if only and not {"fs", "fifo", "unreadable"}.intersection(only):
        return
    shop.run("mutate_dicom.py", "fs", seeds, out)
    patient = sorted(seeds.iterdir())[0].stem
    link_patient(shop.cohort / patient, shop.sound / patient)
    for entry in _manifest(out):
        name = entry["folder"]
        if only and not {"fs", name}.intersection(only):
            continue
        folder = shop.broken / f"folder-{name}"
        (out / name).rename(folder)
        for kept in (NOTE, VITALS):
            link(shop.cohort / patient / kept, folder / kept)
        odd = {"good.dcm", NOTE, VITALS}
        names = tuple(sorted(path.name for path in folder.iterdir() if path.name not in odd))[:20]
        yield BrokenPatient(folder.name, name, IMAGE_KIND, entry["expect"], entry["note"], patient, names)


def _vitals_patients(shop: Workshop, only: Sequence[str]) -> Iterator[BrokenPatient]:
    tables = shop.tables()
    for name in _mutators(shop, "mutate_tables.py", "vitals", only):
        out = shop.work / f"vitals-{name}"
        shop.run("mutate_tables.py", "vitals", out, "-n", 1, "--only", name)
        (entry,) = _manifest(out)
        pid = "00012345" if name == "numeric_id_leading_zero" else entry["patient_id"]
        folder, partner = shop.broken / f"vitals-{name}", shop.sound / f"vitals-{name}-sound"
        raw = (out / entry["file"]).read_bytes()
        sound = plain_table(raw) if entry["expect"] == "ok" else tables.enc(tables.rows(random.Random(shop.seed), pid))
        _write_film(shop, pid, partner, folder)
        note = tables.NOTE.format(p=pid)
        _write_records(partner, note, sound)
        _write_records(folder, note, raw)
        yield BrokenPatient(
            folder.name,
            name,
            VITALS_KIND,
            entry["expect"],
            entry["note"],
            partner.name,
            (VITALS,),
            entry["truth"],
            _is_in_unread_column(name, raw),
        )


def _note_patients(shop: Workshop, only: Sequence[str]) -> Iterator[BrokenPatient]:
    tables = shop.tables()
    for name in _mutators(shop, "mutate_tables.py", "notes", only):
        out = shop.work / f"notes-{name}"
        shop.run("mutate_tables.py", "notes", out, "-n", 1, "--only", name)
        (entry,) = _manifest(out)
        pid = entry["patient_id"]
        folder, partner = shop.broken / f"note-{name}", shop.sound / f"note-{name}-sound"
        path = out / entry["file"]
        vitals = tables.enc(tables.rows(random.Random(shop.seed), pid))
        _write_film(shop, pid, partner, folder)
        sound = path.read_bytes().decode("utf-8-sig") if entry["expect"] == "ok" else tables.NOTE.format(p=pid)
        _write_records(partner, sound, vitals)
        _write_records(folder, None, vitals)
        link(path, folder / f"note{path.suffix}")
        names = (f"note{path.suffix}",)
        yield BrokenPatient(folder.name, name, NOTE_KIND, entry["expect"], entry["note"], partner.name, names)


def _is_in_unread_column(mutator: str, raw: bytes) -> bool:
    """Tell whether the one odd value of a table stands in the column of the coma scale."""
    if mutator not in ("impossible", "inf_and_huge", "one_column_all_missing"):
        return False
    rows = list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    return any(row["gcs"] not in ("13", "14", "15") for row in rows)


def plain_table(raw: bytes) -> str:
    """Write a sound table anew in its plainest form: UTF-8, commas, columns and rows in order, no comments."""
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    columns = ["patient_id", "charttime", "heart_rate", "sbp", "dbp", "resp_rate", "temp_c", "spo2", "gcs"]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: row["charttime"]))
    return stream.getvalue()


def _write_film(shop: Workshop, pid: str, partner: Path, folder: Path) -> None:
    """Give a film of the cohort the identity and the day of the tools' notes and tables."""
    patients = sorted(path for path in shop.cohort.iterdir() if path.is_dir())
    film = pydicom.dcmread(patients[random.Random(pid).randrange(len(patients))] / FILM)
    film.PatientID, film.PatientName, film.PatientBirthDate, film.PatientAge = pid, "Test^Alpha", "19700101", "054Y"
    for word in ("Study", "Series", "Acquisition", "Content"):
        setattr(film, f"{word}Date", TAKEN["StudyDate"])
        setattr(film, f"{word}Time", TAKEN["StudyTime"])
    partner.mkdir(parents=True, exist_ok=True)
    film.save_as(partner / FILM)
    link(partner / FILM, folder / FILM)


def _write_records(folder: Path, note: str | None, vitals: str | bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if note is not None:
        (folder / NOTE).write_text(note, encoding="utf-8")
    (folder / VITALS).write_bytes(vitals.encode() if isinstance(vitals, str) else vitals)

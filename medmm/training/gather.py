"""Read every patient once, in worker processes, into a cache that later runs and resumed runs use."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from medmm.core.progress import CancelToken, Progress
from medmm.core.record import ClinicalNote, VitalMeasurement, Vitals
from medmm.models.spec import AudioSpec, ImageSpec
from medmm.training.patients import PatientRow
from medmm.training.read_patient import read_patient
from medmm.training.reading import CaseFacts, Reading
from medmm.training.sound_cache import load_sound, save_sound

# Of the files; a cache of another format is read anew. 3: notes without what names the patient.
FORMAT = 3
_FACTS = TypeAdapter(CaseFacts)


def gather(
    rows: Sequence[PatientRow],
    spec: ImageSpec | None,
    cache: Path,
    *,
    workers: int,
    progress: Progress,
    cancel: CancelToken,
    audio: AudioSpec | None = None,
) -> list[Reading]:
    """Give the readings of all rows, from the cache where it was made for the same patients and the same preparing.

    spec, audio: None for a model without images or recordings, which are not read then.
    """
    parts = {"image": asdict(spec) if spec else None, "audio": asdict(audio) if audio else None}
    key = json.dumps({"format": FORMAT, "paths": [str(row.path) for row in rows], "tables": _tables(rows), **parts})
    if (cache / "key.json").is_file() and (cache / "key.json").read_text(encoding="utf-8") == key:
        return list(_load(cache))
    readings = []
    for done, reading in enumerate(_read_all(rows, spec, audio, workers), start=1):
        readings.append(reading)
        progress(done, len(rows), "reading patients")
        cancel.raise_if_set()
    _save(readings, spec, cache)
    # Last, so that a run killed before it never leaves a cache that looks whole.
    (cache / "key.json").write_text(key, encoding="utf-8")
    return readings


def _tables(rows: Sequence[PatientRow]) -> str:
    records = json.dumps([asdict(row.record) for row in rows], sort_keys=True)
    return hashlib.sha256(records.encode()).hexdigest()


def _read_all(
    rows: Sequence[PatientRow], spec: ImageSpec | None, audio: AudioSpec | None, workers: int
) -> Iterator[Reading]:
    read = partial(read_patient, spec=spec, audio=audio)
    if workers == 1 or len(rows) < 32:
        yield from map(read, rows)
        return
    pool = ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn"))
    try:
        yield from pool.map(read, rows, chunksize=16)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _save(readings: Sequence[Reading], spec: ImageSpec | None, cache: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    images = np.zeros((len(readings), *(spec.size if spec else (0, 0))), dtype=np.uint8)
    boxes = np.zeros((len(readings), 2 * (spec.n_axes if spec else 2)), dtype=np.int16)
    for index, reading in enumerate(readings):
        if reading.image is not None:
            boxes[index] = reading.box
            images[index] = reading.image
    np.save(cache / "images.npy", images, allow_pickle=False)
    np.save(cache / "boxes.npy", boxes, allow_pickle=False)
    save_sound(cache, [reading.audio for reading in readings])
    with (cache / "records.jsonl").open("w", encoding="utf-8") as stream:
        for reading in readings:
            stream.write(json.dumps(_records(reading), ensure_ascii=False) + "\n")


def _load(cache: Path) -> Iterator[Reading]:
    images: NDArray[np.uint8] = np.load(cache / "images.npy", allow_pickle=False)
    boxes = np.load(cache / "boxes.npy", allow_pickle=False)
    sounds = load_sound(cache)
    with (cache / "records.jsonl").open(encoding="utf-8") as stream:
        for index, line in enumerate(stream):
            content = json.loads(line)
            box = tuple(int(edge) for edge in boxes[index])
            notes = tuple(ClinicalNote(text, Path("note.txt")) for text in content["notes"])
            vitals = tuple(Vitals(_measurements(table), Path("vitals.csv")) for table in content["vitals"])
            facts = _facts(content["facts"])
            yield Reading(images[index] if box[1] else None, box, notes, vitals, facts, sounds.get(index))


def _records(reading: Reading) -> dict[str, object]:
    tables = [
        [(m.name, m.time.isoformat(), m.value) for m in table.measurements if m.is_plausible]
        for table in reading.vitals
    ]
    return {
        "notes": [note.text for note in reading.notes],
        "vitals": tables,
        "facts": _FACTS.dump_python(reading.facts, mode="json"),
    }


def _facts(content: object) -> CaseFacts:
    return _FACTS.validate_python(content)


def _measurements(table: Sequence[tuple[str, str, float]]) -> tuple[VitalMeasurement, ...]:
    return tuple(VitalMeasurement(name, datetime.fromisoformat(time), value) for name, time, value in table)

"""Read every patient once, in worker processes, into a cache that later runs and resumed runs use."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from medmm.core.progress import CancelToken, Progress
from medmm.models.spec import AudioSpec, ImageSpec
from medmm.training.patients import PatientRow
from medmm.training.read_patient import read_patient
from medmm.training.reading import Reading
from medmm.training.reading_cache import CacheWriter, load_readings

# Of the files; a cache of another format is read anew. 4: with the place of each image in the stored one.
FORMAT = 4
KEY = "key.json"


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
    Pixels and windows of sound stay on disk, mapped into memory, so that more patients take no more of it.
    """
    key = _key(rows, spec, audio)
    if not ((cache / KEY).is_file() and (cache / KEY).read_text(encoding="utf-8") == key):
        cache.mkdir(parents=True, exist_ok=True)
        # First, so that a run killed while it reads leaves no old key beside new files.
        (cache / KEY).unlink(missing_ok=True)
        with CacheWriter(cache, len(rows), spec) as writer:
            for done, reading in enumerate(_read_all(rows, spec, audio, workers), start=1):
                writer.add(reading)
                progress(done, len(rows), "reading patients")
                cancel.raise_if_set()
        # Last, so that a run killed before it never leaves a cache that looks whole.
        (cache / KEY).write_text(key, encoding="utf-8")
    return list(load_readings(cache))


def _key(rows: Sequence[PatientRow], spec: ImageSpec | None, audio: AudioSpec | None) -> str:
    # Every image encoder is given the same pixels: one cache serves them all.
    image = asdict(replace(spec, encoder=ImageSpec.encoder)) if spec else None
    parts = {"image": image, "audio": asdict(audio) if audio else None}
    return json.dumps({"format": FORMAT, "paths": [str(row.path) for row in rows], "tables": _tables(rows), **parts})


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

"""The measurements of each study: one JSON file a study, under the hash of its UID."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from medmm.core.errors import StorageError
from medmm.core.measurement import Measurement, MeasurementKind, SlicePlace, is_complete
from medmm.core.progress import CancelToken
from medmm.storage.atomic import write_text
from medmm.storage.lock import hold_folder
from medmm.storage.paths import ensure_folder, home

SCHEMA = "medmm.measurements/1"
MAX_BYTES, MAX_NAME = 64 << 20, 200
# Another window writes its measurements within milliseconds.
TRIES, PAUSE_S = 20, 0.02
MALFORMED = (ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True)
class StoredMeasurements:
    """What was found for a study; trouble: what was wrong with the file, which is then kept aside."""

    measurements: tuple[Measurement, ...] = ()
    trouble: StorageError | None = None


def read_measurements(document: str) -> StoredMeasurements:
    """Read the measurements of a study; a damaged file is renamed and its sound entries are given.

    Raises StorageError when the file is there but cannot be read now.
    """
    path = _path(document)
    entries = _entries(path)
    found = [_measurement(entry) for entry in entries]
    sound = tuple(measurement for measurement in found if measurement is not None)
    if len(sound) == len(found):
        return StoredMeasurements(sound)
    aside = _set_aside(path)
    if sound:
        write_text(path, _to_text(sound))
    lost = f"{len(found) - len(sound)} of {len(found)} saved measurements" if sound else "The saved measurements"
    trouble = StorageError(
        f"{lost} of this study are damaged and could not be read",
        f"Their file was kept as {aside.name!r} in the folder {aside.parent.name!r} of MedMM's own folder.",
        aside,
    )
    return StoredMeasurements(sound, trouble)


def write_measurements(
    document: str, measurements: Sequence[Measurement], *, known: Set[str], cancel: CancelToken = CancelToken()
) -> None:
    """Replace the measurements of a study; entries that another window wrote and this one never knew are kept.

    known: the ids that this session read, made or deleted. Raises StorageError; the old file is then as it was.
    Raises Cancelled when that was asked for before its turn to write came.
    """
    path = _path(document)
    with _alone(ensure_folder(path.parent)):
        cancel.raise_if_set()
        others = [entry for entry in read_measurements(document).measurements if entry.id not in known]
        kept = (*others, *measurements)
        if kept:
            write_text(path, _to_text(kept))
        else:
            path.unlink(missing_ok=True)


def _path(document: str) -> Path:
    # Never the UID itself: whoever has the hospital's archive could look it up.
    return home() / "measurements" / f"{hashlib.sha256(document.encode()).hexdigest()[:40]}.json"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with ExitStack() as stack:
        for tries_left in reversed(range(TRIES)):
            try:
                stack.enter_context(hold_folder(folder))
                break
            except StorageError:
                if not tries_left:
                    raise
                time.sleep(PAUSE_S)
        yield


def _to_text(measurements: Sequence[Measurement]) -> str:
    entries = [asdict(measurement) for measurement in measurements]
    return json.dumps({"schema": SCHEMA, "measurements": entries}, ensure_ascii=False, allow_nan=False, indent=1)


def _entries(path: Path) -> list[object]:
    """Give the entries of a file, unchecked; [None], which is no measurement, where there is no telling them apart."""
    try:
        if not path.exists():
            return []
        text = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    except OSError as error:
        raise StorageError(
            f"the saved measurements of this study cannot be read: {error.strerror}",
            "Nothing was changed. Check the disk of MedMM's own folder and open the patient again.",
            path,
        ) from error
    try:
        whole = json.loads(text)
        entries = whole["measurements"] if whole["schema"] == SCHEMA else None
    except MALFORMED:
        entries = None
    return entries if isinstance(entries, list) else [None]


def _measurement(entry: Any) -> Measurement | None:
    try:
        kind, place = MeasurementKind(entry["kind"]), entry["place"]
        points = tuple((_number(row), _number(col)) for row, col in entry["points"])
        names = place["sop_instance_uid"], place["study_uid"], place["series_uid"], entry["id"], entry["name"]
        frame, color_index = place["frame"], entry["color_index"]
    except MALFORMED:
        return None
    is_sound = all(isinstance(name, str) for name in names) and type(frame) is int and type(color_index) is int
    if not is_sound or not is_complete(kind, points) or not names[0] or not names[3]:
        return None
    where = SlicePlace(names[0], frame, names[1], names[2])
    return Measurement(names[3], kind, where, points, names[4][:MAX_NAME], color_index)


def _number(value: object) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError("a coordinate is a finite number")
    return float(value)


def _set_aside(path: Path) -> Path:
    numbered = (path.with_suffix(f".damaged{number}") for number in range(1, 1000))
    aside = next((candidate for candidate in numbered if not candidate.exists()), path.with_suffix(".damaged"))
    try:
        path.rename(aside)
    except OSError as error:
        raise StorageError(
            f"the saved measurements of this study are damaged and cannot be renamed: {error.strerror}",
            "Nothing was changed. Allow MedMM to write to its own folder and open the patient again.",
            path,
        ) from error
    return aside

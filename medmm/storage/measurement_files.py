"""The measurements of each study: one JSON file a study, under the hash of its UID."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass
from typing import Any

from medmm.core.errors import StorageError
from medmm.core.measurement import Measurement, MeasurementKind, SlicePlace, is_complete
from medmm.core.plane_cut import PlaneCut, Vector
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.storage.study_file import MALFORMED, StudyFile

MAX_NAME = 200
PLANES, PROJECTIONS = ("axial", "coronal", "sagittal"), ("mean", "maximum", "minimum")
FILE = StudyFile("measurements", "medmm.measurements/1", "measurements", Words("measurements"))


@dataclass(frozen=True)
class StoredMeasurements:
    """What was found for a study; trouble: what was wrong with the file, which is then kept aside."""

    measurements: tuple[Measurement, ...] = ()
    trouble: StorageError | None = None


def read_measurements(document: str) -> StoredMeasurements:
    """Read the measurements of a study; a damaged file is renamed and its sound entries are given.

    Raises StorageError when the file is there but cannot be read now.
    """
    found = [_measurement(entry) for entry in FILE.entries(document)]
    sound = tuple(measurement for measurement in found if measurement is not None)
    if len(sound) == len(found):
        return StoredMeasurements(sound)
    return StoredMeasurements(sound, FILE.set_aside(document, [asdict(one) for one in sound], len(found)))


def write_measurements(
    document: str, measurements: Sequence[Measurement], *, known: Set[str], cancel: CancelToken = CancelToken()
) -> None:
    """Replace the measurements of a study; entries that another window wrote and this one never knew are kept.

    known: the ids that this session read, made or deleted. Raises StorageError; the old file is then as it was.
    Raises Cancelled when that was asked for before its turn to write came.
    """
    with FILE.alone():
        cancel.raise_if_set()
        others = [entry for entry in read_measurements(document).measurements if entry.id not in known]
        FILE.write(document, [asdict(measurement) for measurement in (*others, *measurements)])


def _measurement(entry: Any) -> Measurement | None:
    try:
        kind, place = MeasurementKind(entry["kind"]), entry["place"]
        points = tuple((_number(row), _number(col)) for row, col in entry["points"])
        names = place["sop_instance_uid"], place["study_uid"], place["series_uid"], entry["id"], entry["name"]
        frame, color_index = place["frame"], entry["color_index"]
        cut = _cut(place.get("cut"))
    except MALFORMED:
        return None
    is_sound = all(isinstance(name, str) for name in names) and type(frame) is int and type(color_index) is int
    if not is_sound or not is_complete(kind, points) or not names[0] or not names[3]:
        return None
    where = SlicePlace(names[0], frame, names[1], names[2], cut)
    return Measurement(names[3], kind, where, points, names[4][:MAX_NAME], color_index)


def _cut(entry: Any) -> PlaneCut | None:
    if entry is None:
        return None
    down, right, through = (_vector(entry[name]) for name in ("down", "right", "through_mm"))
    thickness, degrees = _number(entry["thickness_mm"]), _number(entry["degrees"])
    plane, projection, index = entry["plane"], entry["projection"], entry["index"]
    if plane not in PLANES or projection not in PROJECTIONS or type(index) is not int:
        raise ValueError("a cut has a known plane and projection, and a number")
    return PlaneCut(plane, down, right, through, thickness, projection, degrees, index)


def _vector(entry: Any) -> Vector:
    x, y, z = (_number(value) for value in entry)
    return x, y, z


def _number(value: object) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError("a coordinate is a finite number")
    return float(value)

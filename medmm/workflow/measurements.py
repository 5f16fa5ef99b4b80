"""Measurements kept from one session to the next, with the study that they were made on."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from medmm.core.errors import MedMMError
from medmm.core.measurement import Measurement
from medmm.core.progress import CancelToken
from medmm.storage.measurement_files import read_measurements, write_measurements

__all__ = ["SavedMeasurements", "load_measurements", "save_measurements"]


@dataclass(frozen=True)
class SavedMeasurements:
    """What earlier sessions left; trouble: the first file that was damaged, of which the sound part is here."""

    measurements: tuple[Measurement, ...] = ()
    trouble: MedMMError | None = None


def load_measurements(documents: Sequence[str]) -> SavedMeasurements:
    """Read what was measured on some studies: their UIDs, or for a lone picture the UID of its place.

    Raises StorageError when a file is there but cannot be read now.
    """
    stored = [read_measurements(document) for document in documents]
    measurements = tuple(measurement for part in stored for measurement in part.measurements)
    return SavedMeasurements(measurements, next((part.trouble for part in stored if part.trouble), None))


def save_measurements(
    document: str, measurements: Sequence[Measurement], *, known: Set[str], cancel: CancelToken = CancelToken()
) -> None:
    """Keep the measurements of one study; `known` are the ids that this session has seen.

    Raises StorageError; what was kept before is then as it was.
    """
    write_measurements(document, measurements, known=known, cancel=cancel)

"""The windows of all patients' recordings on disk, read again as they are needed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from medmm.inference.model_input import PreparedAudio
from medmm.training.array_file import ArrayFile, mapped

WINDOWS, PLACES = "sound.npy", "sound_places.npz"


class SoundWriter:
    """Writes the windows of all patients one after the other, and whose they are; nothing where nobody was recorded."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._windows = ArrayFile(cache / WINDOWS)
        self._heard: list[tuple[int, PreparedAudio]] = []

    def add(self, index: int, sound: PreparedAudio | None) -> None:
        """Write the windows of the patient at a place."""
        if sound is None:
            return
        self._windows.append(sound.windows)
        # Of the windows only their number stays in memory.
        self._heard.append((index, replace(sound, windows=sound.windows[:, :0, :0].copy())))

    def finish(self) -> None:
        """Give the files their names."""
        self._windows.finish()
        heard = self._heard
        if not heard:
            return
        np.savez(
            self._cache / PLACES,
            patient=np.repeat([index for index, _ in heard], [len(sound.windows) for _, sound in heard]),
            recording_index=np.concatenate([sound.recording_index for _, sound in heard]),
            start_seconds=np.concatenate([sound.start_seconds for _, sound in heard]),
            recording_patient=np.repeat([index for index, _ in heard], [len(sound.seconds) for _, sound in heard]),
            seconds=np.concatenate([sound.seconds for _, sound in heard]),
        )

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._windows.abandon()


def load_sound(cache: Path) -> dict[int, PreparedAudio]:
    """Give the recordings by the place of their patient; the windows stay on disk until they are looked at."""
    if not (cache / WINDOWS).is_file():
        return {}
    windows = mapped(cache / WINDOWS)
    with np.load(cache / PLACES, allow_pickle=False) as places:
        patient, recording_patient = places["patient"], places["recording_patient"]
        recording_index, start_seconds, seconds = (
            places[name] for name in ("recording_index", "start_seconds", "seconds")
        )
    found = {}
    for index in np.unique(patient):
        # Saved patient by patient, so that the windows of one stand together.
        own = slice(*np.searchsorted(patient, (index, index + 1)))
        found[int(index)] = PreparedAudio(
            windows[own],
            recording_index[own],
            start_seconds[own],
            tuple(float(one) for one in seconds[recording_patient == index]),
        )
    return found

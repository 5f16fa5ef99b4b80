"""The windows of all patients' recordings on disk, read again as they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from medmm.inference.model_input import PreparedAudio

WINDOWS, PLACES = "sound.npy", "sound_places.npz"


def save_sound(cache: Path, sounds: Sequence[PreparedAudio | None]) -> None:
    """Write the windows of all patients side by side, and whose they are; nothing where nobody was recorded."""
    heard = [(index, sound) for index, sound in enumerate(sounds) if sound is not None]
    if not heard:
        return
    np.save(cache / WINDOWS, np.concatenate([sound.windows for _, sound in heard]), allow_pickle=False)
    np.savez(
        cache / PLACES,
        patient=np.repeat([index for index, _ in heard], [len(sound.windows) for _, sound in heard]),
        recording_index=np.concatenate([sound.recording_index for _, sound in heard]),
        start_seconds=np.concatenate([sound.start_seconds for _, sound in heard]),
        recording_patient=np.repeat([index for index, _ in heard], [len(sound.seconds) for _, sound in heard]),
        seconds=np.concatenate([sound.seconds for _, sound in heard]),
    )


def load_sound(cache: Path) -> dict[int, PreparedAudio]:
    """Give the recordings by the place of their patient; the windows stay on disk until they are looked at."""
    if not (cache / WINDOWS).is_file():
        return {}
    windows = np.load(cache / WINDOWS, allow_pickle=False, mmap_mode="r")
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

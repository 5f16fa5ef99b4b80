"""A recording as a picture: tones lie where they sound, whatever the length; nothing heavy is loaded for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from medmm.core.errors import Cancelled
from medmm.core.progress import CancelToken
from medmm.core.recording import Recording
from medmm.workflow.spectrogram import MOST_COLUMNS, QUIETEST_DB, draw_spectrogram


def make_tone(
    hz: float, *, rate_hz: int = 8000, seconds: float = 4.0, begin: float = 1.0, end: float = 2.0
) -> Recording:
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    is_heard = (time >= begin) & (time < end)
    return Recording((0.3 * np.sin(2 * np.pi * hz * time) * is_heard).astype(np.float32), rate_hz, Path("tone.wav"))


@pytest.mark.parametrize(("hz", "rate_hz"), [(150.0, 4000), (500.0, 8000), (1500.0, 44_100)])
def test_a_tone_stands_at_its_pitch_and_time(hz: float, rate_hz: int) -> None:
    picture = draw_spectrogram(make_tone(hz, rate_hz=rate_hz), cancel=CancelToken())

    band, column = np.unravel_index(picture.levels_db.argmax(), picture.levels_db.shape)
    low, high = picture.edges_hz[band : band + 2]
    assert low <= hz <= high
    assert 1.0 <= (column + 0.5) * picture.seconds_per_column <= 2.0
    heard = picture.levels_db.max(axis=0) > -20
    first, last = (np.flatnonzero(heard)[[0, -1]] + 0.5) * picture.seconds_per_column
    # A frame of 64 ms about the middle of its 16 ms feels a tone half a frame away at most.
    assert first == pytest.approx(1.0, abs=0.04)
    assert last == pytest.approx(2.0, abs=0.04)


def test_the_loudest_is_zero_and_silence_is_the_floor() -> None:
    picture = draw_spectrogram(make_tone(500.0), cancel=CancelToken())

    assert picture.levels_db.max() == 0
    assert picture.levels_db.min() == QUIETEST_DB
    assert picture.levels_db.dtype == np.float32


def test_ten_times_quieter_is_twenty_decibels_less() -> None:
    loud, quiet = make_tone(500.0), make_tone(500.0, begin=3.0, end=4.0)
    both = Recording(loud.samples + quiet.samples / 10, 8000, Path("both.wav"))

    picture = draw_spectrogram(both, cancel=CancelToken())

    levels = picture.levels_db.max(axis=0)
    assert levels[round(3.5 / picture.seconds_per_column)] == pytest.approx(-20, abs=0.1)


def test_columns_cover_the_whole_recording_and_are_no_more_than_a_screen_has() -> None:
    short = draw_spectrogram(make_tone(500.0), cancel=CancelToken())
    long = draw_spectrogram(make_tone(300.0, rate_hz=2000, seconds=600.0, begin=500.0, end=510.0), cancel=CancelToken())

    assert short.levels_db.shape == (48, 250)
    assert short.seconds_per_column == pytest.approx(0.016)
    n_columns = long.levels_db.shape[1]
    assert n_columns <= MOST_COLUMNS
    assert n_columns * long.seconds_per_column == pytest.approx(600, abs=long.seconds_per_column)
    loudest = (long.levels_db.max(axis=0).argmax() + 0.5) * long.seconds_per_column
    assert 500 <= loudest <= 510


def test_a_cancelled_drawing_stops() -> None:
    cancel = CancelToken()
    cancel.set()

    with pytest.raises(Cancelled):
        draw_spectrogram(make_tone(500.0), cancel=cancel)


def test_drawing_loads_neither_scipy_nor_torch() -> None:
    # Either would hold the window for hundreds of milliseconds.
    code = (
        "import sys, numpy as np; from pathlib import Path\n"
        "from medmm.core.progress import CancelToken; from medmm.core.recording import Recording\n"
        "from medmm.workflow.spectrogram import draw_spectrogram\n"
        "draw_spectrogram(Recording(np.ones(9000, np.float32), 4000, Path('a')), cancel=CancelToken())\n"
        "print(sorted({'scipy', 'torch'} & set(sys.modules)))"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"

"""Notes as tokens and vital signs as features, as batches take them: prepared once, kept in files without a name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from medmm.inference.model_input import PreparedNote, PreparedVitals
from medmm.models.spec import VitalsSpec
from medmm.training.array_file import Scratch

TOKENS = ("token_ids", "token_mask", "note_index", "starts", "ends")
_TOKEN = np.dtype([(name, np.int32) for name in TOKENS])
_NOTE = np.dtype([("start", np.int64), ("chunks", np.int32), ("width", np.int32), ("coverage", np.float64)])


class Prepared(Protocol):
    """The prepared records of a patient: held in memory, or read from their files each time."""

    @property
    def note(self) -> PreparedNote | None:
        """The tokens of his notes."""
        ...

    @property
    def vitals(self) -> PreparedVitals | None:
        """The features of his vital signs."""
        ...


@dataclass(frozen=True)
class HeldPrepared:
    """Prepared records in memory."""

    note: PreparedNote | None = None
    vitals: PreparedVitals | None = None


NOTHING = HeldPrepared()


@dataclass(frozen=True, slots=True)
class StoredPrepared:
    """The prepared records of the patient at a place of the files."""

    notes: NoteTable
    signs: SignTable
    place: int

    @property
    def note(self) -> PreparedNote | None:
        """The tokens, as they were when they were written."""
        return self.notes.read(self.place)

    @property
    def vitals(self) -> PreparedVitals | None:
        """The features, as they were when they were written."""
        return self.signs.read(self.place)


@dataclass(frozen=True)
class NoteTable:
    """tokens: of all notes one after the other; notes: one a patient, where his tokens stand and in which shape."""

    tokens: NDArray[Any]
    notes: NDArray[Any]

    def read(self, place: int) -> PreparedNote | None:
        """Give the notes of the patient at a place, None where he has none."""
        start, chunks, width, coverage = self.notes[place].item()
        if not chunks:
            return None
        tokens = self.tokens[start : start + chunks * width].reshape(chunks, width)
        ids, mask, note_index, starts, ends = (tokens[name].astype(np.int64) for name in TOKENS)
        return PreparedNote(ids, mask, note_index, starts, ends, coverage)


@dataclass(frozen=True)
class SignTable:
    """signs: one a patient, features and last values; steps: of all series one after the other."""

    signs: NDArray[Any]
    steps: NDArray[Any]

    def read(self, place: int) -> PreparedVitals | None:
        """Give the vital signs of the patient at a place, None where he has none."""
        row = self.signs[place]
        if not row["is_there"]:
            return None
        last = tuple(None if np.isnan(value) else value for value in row["last"].tolist())
        features, is_missing = row["features"].copy(), tuple(value is None for value in last)
        if not row["n_steps"]:
            return PreparedVitals(features, is_missing, last)
        steps = self.steps[row["start"] : row["start"] + row["n_steps"]]
        return PreparedVitals(features, is_missing, last, steps["series"].copy(), tuple(steps["time"].tolist()))


class PreparedWriter:
    """Takes what was prepared of one patient after the other and keeps none of it in memory."""

    def __init__(self, spec: VitalsSpec | None, folder: Path | None = None) -> None:
        n_signs, n_features = (len(spec.names), spec.n_features) if spec else (0, 0)
        self._sign = np.dtype(
            [
                ("is_there", np.bool_),
                ("features", np.float32, (n_features,)),
                ("last", np.float64, (n_signs,)),
                ("start", np.int64),
                ("n_steps", np.int64),
            ]
        )
        self._step = np.dtype([("series", np.float32, (n_signs, 3)), ("time", "datetime64[us]")])
        self._tokens, self._notes = Scratch(_TOKEN, folder), Scratch(_NOTE, folder)
        self._signs, self._steps = Scratch(self._sign, folder), Scratch(self._step, folder)

    def append(self, note: PreparedNote | None, vitals: PreparedVitals | None) -> None:
        """Write the next patient."""
        row = np.zeros(1, _NOTE)
        if note is not None:
            tokens = np.zeros(note.token_ids.size, _TOKEN)
            for name in TOKENS:
                tokens[name] = getattr(note, name).ravel()
            row[:] = (self._tokens.append(tokens), *note.token_ids.shape, note.coverage)
        self._notes.append(row)
        self._signs.append(self._sign_row(vitals))

    def _sign_row(self, vitals: PreparedVitals | None) -> NDArray[Any]:
        row = np.zeros(1, self._sign)
        if vitals is None:
            return row
        row["is_there"], row["features"] = True, vitals.features
        row["last"] = [np.nan if value is None else value for value in vitals.last]
        if vitals.series is not None:
            steps = np.zeros(len(vitals.times), self._step)
            steps["series"], steps["time"] = vitals.series, vitals.times
            row["start"], row["n_steps"] = self._steps.append(steps), len(steps)
        return row

    def finish(self) -> tuple[NoteTable, SignTable]:
        """Give all that was written."""
        notes = NoteTable(self._tokens.finish(), self._notes.finish())
        return notes, SignTable(self._signs.finish(), self._steps.finish())

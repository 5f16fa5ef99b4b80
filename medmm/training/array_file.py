"""Tables that grow by rows on disk and are mapped into memory when they are read: .npy files, files without a name."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray


class ArrayFile:
    """Written under another name until it is whole: a file that is mapped is never written into."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._unfinished = path.with_suffix(".new")
        self._stream: BinaryIO | None = None
        self._first = np.zeros(0)
        self._rows = 0

    def append(self, rows: NDArray[Any]) -> None:
        """Write rows [n, ...]; all calls agree in the other axes and in the type."""
        if self._stream is None:
            self._stream = self._unfinished.open("wb")
            self._first = rows[:0]
            self._write_header()
        if rows.shape[1:] != self._first.shape[1:] or rows.dtype != self._first.dtype:
            raise ValueError(f"{self.path.name} has rows of {self._first.shape[1:]}, found {rows.shape[1:]}")
        self._stream.write(np.ascontiguousarray(rows).tobytes())
        self._rows += len(rows)

    def finish(self) -> None:
        """Write how many rows there are and give the file its name; no file where nothing was appended."""
        if self._stream is None:
            self.path.unlink(missing_ok=True)
            return
        self._stream.seek(0)
        self._write_header()
        self._stream.close()
        os.replace(self._unfinished, self.path)

    def abandon(self) -> None:
        """Leave nothing behind."""
        if self._stream is not None:
            self._stream.close()
        self._unfinished.unlink(missing_ok=True)

    def _write_header(self) -> None:
        assert self._stream is not None
        # numpy leaves room for the first axis to grow: the header keeps its length.
        npy.write_array_header_1_0(
            self._stream,
            {
                "descr": npy.dtype_to_descr(self._first.dtype),
                "fortran_order": False,
                "shape": (self._rows, *self._first.shape[1:]),
            },
        )


def mapped(path: Path) -> NDArray[Any]:
    """Map an array that stays on disk until it is looked at; parts of it are plain arrays that cannot be written."""
    found: NDArray[Any] = np.asarray(np.load(path, allow_pickle=False, mmap_mode="r"))
    return found


class Scratch:
    """Rows of one type in a file without a name: gone with whoever holds it, however the process ends.

    folder: on whose disk it lies, the system's folder of temporary files unless given.
    """

    def __init__(self, row: np.dtype[Any], folder: Path | None = None) -> None:
        self._row = row
        self._stream = TemporaryFile(dir=folder)  # noqa: SIM115  # open for as long as it is written
        self._n = 0

    def append(self, rows: NDArray[Any]) -> int:
        """Write rows [n] and say at which place they begin."""
        start = self._n
        self._stream.write(np.ascontiguousarray(rows, dtype=self._row).tobytes())
        self._n += len(rows)
        return start

    def finish(self) -> NDArray[Any]:
        """Map what was written; nothing is appended after it."""
        with self._stream as stream:
            stream.flush()
            # A file of no length cannot be mapped.
            return np.asarray(np.memmap(stream, self._row, "r", shape=self._n)) if self._n else np.zeros(0, self._row)

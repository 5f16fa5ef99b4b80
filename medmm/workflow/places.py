"""Where opened archives lie while their patients are looked at: unpacked once, removed when the last one is closed."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path

from medmm.workflow.sources import opened_folder


class Places:
    """Keeps each opened path as a folder until it is released; used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[Path, tuple[Path, ExitStack]] = {}

    def open(self, path: Path) -> Path:
        """Give the folder in which the files of a path lie; an archive is unpacked the first time.

        Raises UnreadableFile for a path that is not there, InputError for an unsafe archive.
        """
        with self._lock:
            if path in self._held:
                return self._held[path][0]
            stack = ExitStack()
            folder = stack.enter_context(opened_folder(path))
            self._held[path] = (folder, stack)
            return folder

    def release(self, path: Path) -> None:
        """Remove what was unpacked for a path."""
        with self._lock:
            held = self._held.pop(path, None)
        if held is not None:
            held[1].close()

    def close(self) -> None:
        """Remove everything."""
        for path in tuple(self._held):
            self.release(path)

"""How long work reports and stops: a progress callable and a cancel token."""

from __future__ import annotations

import threading
import time
from typing import Protocol

from medmm.core.errors import Cancelled

# A token may be set in another process, which wakes nobody here.
POLL_S = 0.1


class Progress(Protocol):
    """Called as progress(done, total, text); total 0 means that the end is not known."""

    def __call__(self, done: int, total: int, text: str) -> None:
        """Show that `done` of `total` steps are finished and what is going on."""
        ...


def no_progress(done: int, total: int, text: str) -> None:
    """Ignore progress."""


class CancelToken:
    """A flag that the worker looks at between steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the work to stop at its next step."""
        self._event.set()

    @property
    def is_set(self) -> bool:
        """Tell whether cancelling was asked for."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until cancelling is asked for, at most so long; tell whether it was."""
        end = time.monotonic() + seconds
        while not self.is_set and (left := end - time.monotonic()) > 0:
            self._event.wait(min(left, POLL_S))
        return self.is_set

    def raise_if_set(self) -> None:
        """Raise Cancelled once cancelling was asked for."""
        if self.is_set:
            raise Cancelled

"""pydicom without its warnings and log lines: what matters is told as a quality note by us."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.RLock()
SILENT = logging.CRITICAL + 1


@contextmanager
def quiet() -> Iterator[None]:
    """Keep pydicom silent inside; one thread at a time, because warning filters belong to the process.

    A number whose bytes do not fit its VR is given as bytes: pydicom's own error for it is none of Python's.
    """
    from pydicom import config

    logger = logging.getLogger("pydicom")
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        level = logger.level
        _set_level(logger, SILENT)
        converts = config.convert_wrong_length_to_UN
        config.convert_wrong_length_to_UN = True
        try:
            yield
        finally:
            _set_level(logger, level)
            config.convert_wrong_length_to_UN = converts


def quiet_for_good() -> None:
    """Keep pydicom silent in this process from now on: for a child that does nothing else."""
    from pydicom import config

    warnings.simplefilter("ignore")
    _set_level(logging.getLogger("pydicom"), SILENT)
    config.convert_wrong_length_to_UN = True


def _set_level(logger: logging.Logger, level: int) -> None:
    # Setting it makes every logger of the process look up anew what it lets through.
    if logger.level != level:
        logger.setLevel(level)

"""pydicom without its warnings and log lines: what matters is told as a quality note by us."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.RLock()


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
        logger.setLevel(logging.CRITICAL + 1)
        converts = config.convert_wrong_length_to_UN
        config.convert_wrong_length_to_UN = True
        try:
            yield
        finally:
            logger.setLevel(level)
            config.convert_wrong_length_to_UN = converts


def quiet_for_good() -> None:
    """Keep pydicom silent in this process from now on: for a child that does nothing else."""
    from pydicom import config

    warnings.simplefilter("ignore")
    logging.getLogger("pydicom").setLevel(logging.CRITICAL + 1)
    config.convert_wrong_length_to_UN = True

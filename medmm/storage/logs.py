"""The log file: milestones and where an error arose, never patient data."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from medmm.storage.paths import log_folder

ExceptionInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """Writes an exception as type and code places; its message may hold a patient's name and is left out."""

    def formatException(self, ei: ExceptionInfo) -> str:
        """Name the exception's type and the lines it passed, innermost last."""
        kind, _, trace = ei
        places = [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        return "\n".join([kind.__name__ if kind else "no exception", *places])


def start_logging(*, is_verbose: bool = False) -> Path:
    """Send records of `medmm` and `ui` to a rotating file and give its path."""
    path = log_folder() / "medmm.log"
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(QuietFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for name in ("medmm", "ui"):
        logger = logging.getLogger(name)
        for old in logger.handlers[:]:
            logger.removeHandler(old)
            old.close()
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG if is_verbose else logging.INFO)
        logger.propagate = False
    return path

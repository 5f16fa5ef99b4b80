"""From an exception to what the user sees: one sentence, a hint, and details behind a button."""

from __future__ import annotations

import errno
import logging
import traceback
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError
from dataclasses import dataclass
from typing import Generic, TypeVar

from medmm.core.errors import Cancelled, MedMMError
from ui.language import mark, told, tr

log = logging.getLogger(__name__)
Value = TypeVar("Value")

# Beyond it a sentence ends in a full stop of its own script.
LAST_LATIN = "\u02af"

ENGINE_DIED = mark("The engine's process ended while it worked on this case.")
ENGINE_DIED_HINT = mark("It is started again on the CPU; score the case once more. Nothing else was lost.")
DEFECT = mark("MedMM met a defect of its own and stopped this step.")
DEFECT_HINT = mark("Nothing else was lost. Copy the details and send them to whoever maintains MedMM for you.")


@dataclass(frozen=True)
class Problem:
    """What went wrong, in words for the reader of the image; details are for a support person."""

    sentence: str
    hint: str = ""
    details: str = ""
    code: str = ""


@dataclass(frozen=True)
class Outcome(Generic[Value]):
    """How a job ended: with a value, with a problem, or cancelled."""

    value: Value | None = None
    problem: Problem | None = None
    is_cancelled: bool = False


def attempt(job: Callable[[], Value]) -> Outcome[Value]:
    """Run a job and turn whatever it raises into an outcome: the window's one boundary for errors."""
    try:
        return Outcome(value=job())
    except (Cancelled, CancelledError):
        return Outcome(is_cancelled=True)
    except MedMMError as error:
        log.info("job ended with %s", error.code)
        return Outcome(problem=to_problem(error))
    except Exception as error:
        log.exception("job ended with %s", type(error).__name__)
        return Outcome(problem=to_problem(error))


def to_problem(error: BaseException) -> Problem:
    """Say what an exception means to the user."""
    details = "".join(traceback.format_exception(error))
    if isinstance(error, MedMMError):
        return Problem(_as_sentence(told(error.message)), _as_sentence(told(error.hint)), details, error.code)
    if isinstance(error, MemoryError):
        return Problem(
            tr("There is not enough memory for this step."), tr("Close other patients or programs."), details
        )
    if isinstance(error, BrokenExecutor):
        return Problem(tr(ENGINE_DIED), tr(ENGINE_DIED_HINT), details, "engine_died")
    if isinstance(error, OSError):
        return Problem(*_disk_trouble(error), details)
    return Problem(tr(DEFECT), tr(DEFECT_HINT), details, "defect")


def _disk_trouble(error: OSError) -> tuple[str, str]:
    name = f" {str(error.filename)!r}" if error.filename else ""
    if error.errno == errno.ENOSPC:
        sentence = tr("The disk is full; the file{name} was not written.")
        return sentence.format(name=name), tr("Make room or choose another folder.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        sentence = tr("The file{name} may not be used: permission is missing.")
        return sentence.format(name=name), tr("Choose another folder.")
    reason = (error.strerror or type(error).__name__).lower()
    sentence = tr("The file{name} cannot be used: {reason}.")
    return sentence.format(name=name, reason=reason), tr("Check that the disk or share is still there.")


def _as_sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    stop = "" if text.endswith((".", "?", "。", "？")) else "。" if text[-1] > LAST_LATIN else "."
    return f"{text[0].upper()}{text[1:]}{stop}"

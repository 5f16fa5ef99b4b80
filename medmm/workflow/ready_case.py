"""A patient folder as far as it goes without the network: opened, checked, gated and prepared."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from medmm.core.case import Case, CaseSources
from medmm.core.errors import Cancelled, MedMMError
from medmm.core.progress import CancelToken
from medmm.workflow.open_case import open_case
from medmm.workflow.score import prepare_scoring

if TYPE_CHECKING:
    from medmm.inference.gated_input import GatedInput
    from medmm.inference.trace import Trace

log = logging.getLogger(__name__)


class Prepares(Protocol):
    """What turns cases into the network's input; `inference.preparer.Preparer` does."""

    def prepare(self, case: Case) -> GatedInput:
        """Gate and prepare a case."""
        ...

    def trace(self, case: Case, gated: GatedInput) -> Trace:
        """Say how its inputs came about."""
        ...


@dataclass(frozen=True)
class ReadyCase:
    """A case that the network can answer at once; its pixels are left out where nothing is drawn from them.

    prepare_ms: what checks and preparation took, reading the files left out.
    """

    case: Case
    gated: GatedInput
    trace: Trace
    prepare_ms: float = 0.0


@dataclass(frozen=True)
class Defect:
    """What went wrong by a fault of ours: the kind of exception and the line, never its words, which may quote data."""

    kind: str
    place: str


@dataclass(frozen=True)
class ReadRequest:
    """What a reader is asked for. load_prepare: gives what prepares a case; called in the reader.

    fetch: brings the patient's files to this machine first, for as long as its block lasts, and says where they are.
    """

    sources: CaseSources
    load_prepare: Callable[[], Prepares]
    keeps_pixels: bool = False
    fetch: Callable[[], AbstractContextManager[Path]] | None = None


@dataclass(frozen=True)
class BundlePrepare:
    """Loads the preparation of a bundle; small enough to travel with every request."""

    bundle: Path

    def __call__(self) -> Prepares:
        """Load it."""
        from medmm.inference.preparer import load_preparer

        return load_preparer(self.bundle)


def read_ready(request: ReadRequest, *, cancel: CancelToken | None = None) -> ReadyCase | MedMMError | Defect:
    """Open, check, gate and prepare a patient; what cannot be used comes back as the error that says why."""
    try:
        with _fetched(request) as sources:
            case = open_case(sources, cancel=cancel)
        preparer = request.load_prepare()
        began = time.perf_counter()
        gated = prepare_scoring(case, preparer.prepare)
        prepare_ms = 1000 * (time.perf_counter() - began)
        trace = preparer.trace(case, gated)
    except Cancelled:
        raise
    except MedMMError as error:
        return error
    except Exception as error:  # a defect in one case must not end the night
        log.exception("a patient could not be prepared")
        return defect_of(error)
    return ReadyCase(case if request.keeps_pixels else _without_pixels(case), gated, trace, prepare_ms)


@contextmanager
def _fetched(request: ReadRequest) -> Iterator[CaseSources]:
    if request.fetch is None:
        yield request.sources
        return
    with request.fetch() as folder:
        yield replace(request.sources, folder=folder)


def defect_of(error: Exception) -> Defect:
    """Name an exception by its kind and place."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return Defect(type(error).__name__, f"{Path(frame.filename).name}:{frame.lineno}")


def _without_pixels(case: Case) -> Case:
    # What crosses to another process and waits there: headers, notes and vital signs, not eight megabytes of a film.
    images = tuple(replace(image, stored=image.stored[:, :0, :0]) for image in case.images)
    return replace(case, images=images)

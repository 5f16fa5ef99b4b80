"""What runs on the machines of a cluster: readers and network of a local batch, for one group of cases at a time."""

from __future__ import annotations

import logging
import shutil
import socket
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import medmm
from medmm.core.case import CaseSources
from medmm.core.errors import MedMMError, ModelError, StorageError
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.storage.paths import find_bundles
from medmm.storage.work_folder import work_folder
from medmm.workflow.batch import BatchEngine, answer_group
from medmm.workflow.batch_writer import Attempt, case_folder, keep_attempt
from medmm.workflow.cluster.part import Kept, part_name, to_part
from medmm.workflow.cluster.part_folder import BEGUN, PartFolder
from medmm.workflow.cluster.patients import Patients
from medmm.workflow.engine import LocalEngine
from medmm.workflow.lanes import in_lanes
from medmm.workflow.read_ahead import (
    MOST_IN_A_LANE,
    MOST_TOGETHER,
    Read,
    ReadAhead,
    Task,
    await_readers,
    reader_process,
)
from medmm.workflow.ready_case import ReadRequest, defect_of
from medmm.workflow.start import start_process

if TYPE_CHECKING:
    import pyarrow as pa

log = logging.getLogger(__name__)
KEPT, WRITERS = "kept-", 8
# A group is begun so often before its cases are tried one by one, and then each of those.
TRIES = 3
Value = str | bool | int
ANSWER: dict[str, Value] = {"part": "", "is_given_up": False, "n_cases": 0, "trouble": "", "hint": ""}


class EngineRecipe(Protocol):
    """How each machine comes to the engine of the batch."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the bundle that the batch is scored with."""
        ...

    def load(self, n_lanes: int) -> BatchEngine:
        """Give an engine that so many threads will ask at once; its model may load later."""
        ...


@dataclass(frozen=True)
class BundleRecipe:
    """A bundle that every machine has, at the same place or among its own by the same name."""

    folder: Path
    sha256: str
    device: str = "auto"

    def load(self, n_lanes: int) -> LocalEngine:
        """Give an engine of the bundle as this machine has it.

        Raises ModelError when it has none.
        """
        folder = self.folder if self.folder.is_dir() else find_bundles().get(self.folder.name)
        if folder is None:
            raise ModelError(
                Words("there is no bundle {name!r}", name=self.folder.name),
                Words("`medmm models import` it there, or put it into a folder that every machine sees."),
            )
        return LocalEngine(folder, device=self.device, n_threads=1, n_lanes=n_lanes)


@dataclass(frozen=True)
class ActorWork:
    """What an actor is to do. origin: of its parts; sign: what it must see among them; version: of the driver."""

    recipe: EngineRecipe
    patients: Patients
    parts: PartFolder
    origin: str
    sign: str
    n_readers: int
    n_lanes: int
    pdf: bool = False
    version: str = medmm.__version__


class ScoringActor:
    """Scores groups of cases, writes each as one part and says its name; what it cannot do it says in words.

    Nothing is ever raised: Ray would write the text of an exception, which may quote a patient, into its logs.
    """

    def __init__(self, work: ActorWork) -> None:
        start_process()
        # Readers would run the script of their parent, as children do in Python, and import Ray with it: 50 MB each.
        vars(sys.modules["__main__"]).pop("__file__", None)
        self._work = work
        self._going = CancelToken()
        self._readers = [reader_process(self._going) for _ in range(work.n_readers)]
        self._trouble: MedMMError | None = None
        try:
            self._load()
        except MedMMError as error:
            self._trouble = error

    def _load(self) -> None:
        _check_machine(self._work)
        if self._readers:
            await_readers()
        self._engine = self._work.recipe.load(self._work.n_lanes)
        self._model = self._engine.warm_up().sha256
        if self._model != self._work.recipe.sha256:
            raise ModelError(
                Words("its bundle is another one than that of this batch"),
                Words("Put the same bundle on every machine."),
            )

    def __call__(self, cases: pa.Table) -> pa.Table:
        """Score cases (columns `case`, `place`) and give one row.

        `part` and for how many cases it stands, or that the group is given up; or `trouble` and `hint`.
        """
        try:
            if self._trouble is not None:
                raise self._trouble
            told = self._score(cases)
        except MedMMError as error:
            told = _trouble(error.message, error.hint)
        except Exception as error:
            log.exception("a group of cases could not be scored")
            found = defect_of(error)
            told = _trouble(
                Words("a defect of MedMM ({kind} at {place})", kind=found.kind, place=found.place),
                Words("The log of that machine tells more."),
            )
        return _row({**told, "n_cases": cases.num_rows})

    def __del__(self) -> None:
        for reader in self._readers:
            reader.close()

    def _score(self, cases: pa.Table) -> dict[str, Value]:
        names, parts = cases["case"].to_pylist(), self._work.parts
        name = part_name(self._work.origin, names)
        # Counted where it outlives this process: what dies over a case cannot say so.
        n_begun = int(parts.read(name + BEGUN) or 0)
        if n_begun >= TRIES:
            return {"part": name, "is_given_up": True}
        parts.note(name + BEGUN, str(n_begun + 1).encode())
        parts.write(name, self._scored(names, cases["place"].to_pylist()))
        parts.remove(name + BEGUN)
        return {"part": name}

    def _scored(self, names: list[str], places: list[bytes]) -> bytes:
        tasks = (self._task(name, place) for name, place in zip(names, places, strict=True))
        reading = ReadAhead(tasks, n_readers=len(self._readers), cancel=self._going, processes=self._readers)
        n_lanes = self._engine.n_lanes
        with (
            work_folder(KEPT) as folder,
            # Side by side: the network must not wait for a disk.
            ThreadPoolExecutor(WRITERS) as writers,
            closing(reading.groups(MOST_IN_A_LANE if n_lanes > 1 else MOST_TOGETHER)) as groups,
            closing(in_lanes(self._answer, groups, n_lanes=n_lanes, cancel=self._going)) as answered,
        ):
            keeping = [writers.submit(self._keep, attempt, folder) for attempts in answered for attempt in attempts]
            kept = [one.result() for one in keeping]
        # In the order of their names: who reads ahead finishes in any order, and the same group is the same part.
        kept.sort(key=lambda one: one.case.case)
        return to_part(kept, origin=self._work.origin)

    def _answer(self, group: Sequence[Read]) -> list[Attempt]:
        return answer_group(
            group,
            self._engine,
            explain=self._work.pdf,
            cancel=self._going,
            require_patients=self._work.patients.require,
        )

    def _keep(self, attempt: Attempt, folder: Path) -> Kept:
        row, findings = keep_attempt(attempt, folder, model=self._model, pdf=self._work.pdf)
        own = case_folder(folder, row.key)
        is_done = row.outcome == "done"
        files = {path.name: path.read_bytes() for path in sorted(own.iterdir())} if is_done else {}
        shutil.rmtree(own, ignore_errors=True)  # the rest goes with the folder
        return Kept(row, findings, files)

    def _task(self, case: str, place: bytes) -> Task:
        patients = self._work.patients
        folder = patients.folder_at(place)
        request = ReadRequest(
            CaseSources(folder), self._engine.load_prepare, self._work.pdf, fetch=patients.fetch_of(place)
        )
        return Task(case, folder, request)


def _check_machine(work: ActorWork) -> None:
    if work.version != medmm.__version__:
        raise ModelError(
            Words("it has MedMM {here}, the batch runs MedMM {there}", here=medmm.__version__, there=work.version),
            Words("Install the same version on every machine."),
        )
    work.patients.require()
    if work.sign not in work.parts.names():
        raise StorageError(
            Words("it sees another folder where the parts are to be"),
            Words("Mount the folder of --out, or of --parts, at the same place on every machine, or name an address."),
        )


def _trouble(message: Words, hint: Words) -> dict[str, Value]:
    where = Words("{machine}: {trouble}", machine=socket.gethostname(), trouble=message)
    return {"trouble": str(where), "hint": str(hint)}


def _row(told: dict[str, Value]) -> pa.Table:
    import pyarrow as pa

    return pa.table({name: [told.get(name, empty)] for name, empty in ANSWER.items()})

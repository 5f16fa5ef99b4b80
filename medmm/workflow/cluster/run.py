"""The driver of a batch on a cluster: it holds the store, hands out groups of cases and merges what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from medmm.core.errors import StorageError, WorkerLost
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.words import Words
from medmm.storage.results import CaseRow
from medmm.workflow.batch import BatchJob, held_store
from medmm.workflow.batch_folders import key_of, refuse_out_among
from medmm.workflow.batch_pace import Pace
from medmm.workflow.batch_tables import BatchSummary, write_tables
from medmm.workflow.batch_writer import Attempt, row_of
from medmm.workflow.cluster.actor import TRIES, ActorWork, EngineRecipe
from medmm.workflow.cluster.merge import Merger
from medmm.workflow.cluster.part import Kept, origin_of
from medmm.workflow.cluster.part_folder import LocalParts, PartFolder, parts_at, signed
from medmm.workflow.cluster.patients import Patients, SharedFolder, patients_at
from medmm.workflow.cluster.session import machines, ray_session
from medmm.workflow.cluster.stream import ActorShape, Case, finished_parts, shape_for

PARTS = "parts"
# Every worker has many groups, so that none is idle for long while the last one is at work and what a lost worker was
# doing is little. Between two groups a worker waits for the part of the first to be on the disk: they are not small.
GROUPS_EACH, LEAST_GROUP, MOST_GROUP = 16, 16, 256
# So many groups are in memory at once (50 kB each, with what Ray keeps of them); then the model is loaded anew.
GROUPS_AT_ONCE = 1024
Item = TypeVar("Item")


@dataclass(frozen=True)
class ClusterJob:
    """What a batch on a cluster is to do.

    root: path or fsspec address; batch: the rest, with n_readers by actor; parts: path or address, "" for a folder in
    the output folder; address: of Ray's head, "" to start Ray here; n_cpus: that a Ray started here is told to have;
    group: cases that a worker is given at once; 0: as many as suit.
    """

    root: str
    batch: BatchJob
    parts: str = ""
    address: str = ""
    n_cpus: int = 0
    group: int = 0


@dataclass
class ClusterRun:
    """A batch on a cluster at work. odd_places: of the cases whose name is not their place."""

    job: ClusterJob
    recipe: EngineRecipe
    patients: Patients
    merger: Merger
    cancel: CancelToken
    progress: Progress
    pace: Pace
    odd_places: dict[str, bytes] = field(default_factory=dict)


def score_on_cluster(
    job: ClusterJob, recipe: EngineRecipe, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> tuple[BatchSummary, tuple[Words, ...]]:
    """Attempt every case that has no outcome yet, on the machines of a Ray cluster; as `score_batch` does on one.

    Gives the summary and, in words, what was found among the parts and not merged. Raises StorageError, ModelError,
    ExchangeError where Ray is missing or fails, and Cancelled once what was finished is merged.
    """
    patients = patients_at(job.root)
    if isinstance(patients, SharedFolder):
        refuse_out_among(patients.root, job.batch.out)
        _refuse_parts_among(patients.root, job.parts)
    _require_a_case(patients, job.root)
    # Readers are the actors' own.
    with held_store(replace(job.batch, n_readers=0), lambda: recipe.sha256) as store:
        origin = origin_of(recipe.sha256, job.root)
        merger = Merger(store, job.batch.out, _parts(job, origin), origin)
        run = ClusterRun(job, recipe, patients, merger, cancel or CancelToken(), progress, Pace(0))
        try:
            _add_cases(run)
            _attempt_waiting(run)
        finally:
            summary = write_tables(store, job.batch.out)
    return summary, tuple(merger.set_aside)


def _parts(job: ClusterJob, origin: str) -> PartFolder:
    # Several batches may name one place for their parts: each has a folder of its own there.
    own = key_of(f"{origin} {job.batch.store or job.batch.out}")
    return parts_at(f"{job.parts.rstrip('/')}/{own}" if job.parts else str(job.batch.out / PARTS))


def _refuse_parts_among(root: Path, parts: str) -> None:
    place = parts_at(parts) if parts else None
    if isinstance(place, LocalParts) and place.folder.resolve().is_relative_to(root.resolve()):
        raise StorageError(
            Words("--parts {parts!r} lies among the patients' own files", parts=place.folder.name),
            Words("Choose another --parts."),
            place.folder,
        )


def _require_a_case(patients: Patients, root: str) -> None:
    if next(iter(patients.find()), None) is None:
        raise StorageError(
            Words("{root!r} holds no patient folder", root=root),
            Words("Name a folder whose subfolders are one patient each."),
        )


def _add_cases(run: ClusterRun) -> None:
    def rows() -> Iterator[CaseRow]:
        for name, place in run.patients.find():
            if place != name.encode():
                run.odd_places[name] = place
            yield CaseRow(name, key_of(name))

    run.merger.store.add_pending(rows())


def _attempt_waiting(run: ClusterRun) -> None:
    merger, job = run.merger, run.job
    if not job.batch.resume:
        merger.refuse_left()
    for _ in merger.merge_left():
        run.cancel.raise_if_set()
    waiting = merger.store.counts().n_waiting
    run.pace = Pace(min(waiting, job.batch.limit) if job.batch.limit else waiting)
    if not run.pace.total:
        return
    _tell(run, "starting Ray")
    try:
        with ray_session(job.address, n_cpus=job.n_cpus), signed(merger.parts) as sign:
            shape = shape_for(machines(), n_readers=job.batch.n_readers)
            _attempt(run, _work(run, shape, sign), shape)
    finally:
        # Finished in the last moment: no worker of this session is left that could still write.
        for kept in merger.merge_left():
            _count(run, kept)
        merger.parts.close()
    run.cancel.raise_if_set()


def _work(run: ClusterRun, shape: ActorShape, sign: str) -> ActorWork:
    return ActorWork(
        run.recipe,
        run.patients,
        run.merger.parts,
        run.merger.origin,
        sign,
        n_readers=shape.n_readers,
        n_lanes=shape.n_cpus,
        pdf=run.job.batch.pdf,
    )


def _attempt(run: ClusterRun, work: ActorWork, shape: ActorShape) -> None:
    waiting, limit = run.merger.store.waiting(), run.job.batch.limit
    size = run.job.group or group_size(run.pace.total, shape.n_actors)
    cases = (_case(run, row.case) for row in (islice(waiting, limit) if limit else waiting))
    with closing(cases):
        for block in _grouped(cases, size * GROUPS_AT_ONCE):
            left = _attempt_groups(run, work, shape, list(_grouped(block, size)))
            if left:
                # One of a group may be what kills its workers: alone it fails alone.
                left = _attempt_groups(run, work, shape, [(case,) for case in left])
            _fail(run, left)


def group_size(n_cases: int, n_actors: int) -> int:
    """Choose how many cases a worker is given at once."""
    return max(LEAST_GROUP, min(MOST_GROUP, n_cases // (GROUPS_EACH * n_actors)))


def _attempt_groups(
    run: ClusterRun, work: ActorWork, shape: ActorShape, groups: Sequence[Sequence[Case]]
) -> list[Case]:
    """Attempt groups and give the cases of those that came to nothing."""
    left = {name: (name, place) for group in groups for name, place in group}
    _tell(run, f"{shape.n_actors} workers are starting")
    for part in finished_parts(groups, work, shape, cancel=run.cancel):
        kept = run.merger.merge(part)
        for one in kept:
            left.pop(one.case.case, None)
        _count(run, kept)
        _tell(run)
    return list(left.values())


def _fail(run: ClusterRun, left: Iterable[Case]) -> None:
    lost = WorkerLost(
        Words("{n_tries} workers died one after the other while they had this case", n_tries=TRIES),
        Words("Score it alone; the log of the machine that had it tells more."),
    )
    attempts = [Attempt(name, lost, 0.0) for name, _ in left]
    run.merger.store.record_many((row_of(attempt), ()) for attempt in attempts)
    run.pace.add(attempt.kind for attempt in attempts)


def _grouped(items: Iterable[Item], n: int) -> Iterator[list[Item]]:
    left = iter(items)
    while group := list(islice(left, n)):
        yield group


def _case(run: ClusterRun, name: str) -> Case:
    return name, run.odd_places.get(name, name.encode())


def _count(run: ClusterRun, kept: Iterable[Kept]) -> None:
    run.pace.add([one.case.outcome for one in kept])


def _tell(run: ClusterRun, what: str = "") -> None:
    run.progress(run.pace.done, run.pace.total, what or run.pace.line)

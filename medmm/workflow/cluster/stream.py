"""Groups of cases through a pool of actors, as a Ray dataset; the names of finished parts as they come."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medmm.core.errors import ExchangeError, StorageError
from medmm.core.progress import POLL_S, CancelToken
from medmm.core.words import Words
from medmm.workflow.cluster.actor import ActorWork, ScoringActor
from medmm.workflow.cluster.session import Machines

if TYPE_CHECKING:
    import pyarrow as pa
    import ray.data

# Machines that join later are used as well: what there is limits the pool, not this.
MOST_ACTORS = 4096

Case = tuple[str, bytes]


@dataclass(frozen=True)
class ActorShape:
    """What one actor takes of a machine, and how many there are at first."""

    n_readers: int
    n_cpus: int
    n_gpus: int
    n_actors: int


def shape_for(found: Machines, *, n_readers: int) -> ActorShape:
    """Choose what an actor takes. n_readers: of each actor; 0: one beside a CPU, all cores there are beside a GPU.

    Raises ExchangeError when no machine offers a core.
    """
    if not found.n_cpus:
        raise ExchangeError(
            Words("no machine of the cluster offers a core"),
            Words("Start Ray with --num-cpus on the machines that are to score."),
        )
    if found.n_gpus:
        readers = n_readers or max(1, found.n_cpus // found.n_gpus - 1)
        cpus = min(readers + 1, found.n_cpus_at_most)
        return ActorShape(readers, cpus, 1, max(1, min(found.n_gpus, found.n_cpus // cpus)))
    readers = n_readers or 1
    cpus = min(readers + 1, found.n_cpus_at_most)
    return ActorShape(readers, cpus, 0, max(1, found.n_cpus // cpus))


def finished_parts(
    groups: Sequence[Sequence[Case]], work: ActorWork, shape: ActorShape, *, cancel: CancelToken
) -> Iterator[str]:
    """Give the name of each group's part once it is written, in any order; one that kills its workers gives none.

    Raises what an actor said that it cannot do, as StorageError; ExchangeError when Ray itself fails; Cancelled.
    """
    stream = _Stream(_dataset(groups, work, shape), sum(len(group) for group in groups))
    while True:
        found = stream.next(cancel)
        if found is None:
            return
        if found["trouble"]:
            raise StorageError(Words("{trouble}", trouble=found["trouble"]), Words("{hint}", hint=found["hint"]))
        if not found["is_given_up"]:
            yield found["part"]


def _dataset(groups: Sequence[Sequence[Case]], work: ActorWork, shape: ActorShape) -> ray.data.Dataset:
    import ray.data

    # Ray Data starts an actor that died again wherever there is room, and gives it its group once more, without end:
    # the actor counts and gives up.
    pool = ray.data.ActorPoolStrategy(min_size=1, max_size=MOST_ACTORS, initial_size=min(shape.n_actors, len(groups)))
    return ray.data.from_arrow([_table(group) for group in groups]).map_batches(
        ScoringActor,
        fn_constructor_args=(work,),
        batch_size=max(len(group) for group in groups),
        batch_format="pyarrow",
        compute=pool,
        num_cpus=shape.n_cpus,
        num_gpus=shape.n_gpus or None,
    )


def _table(group: Sequence[Case]) -> pa.Table:
    import pyarrow as pa

    names, places = zip(*group, strict=True)
    return pa.table({"case": pa.array(names, pa.string()), "place": pa.array(places, pa.binary())})


class _Stream:
    """Reads a dataset in a thread: waiting for machines must not keep Ctrl+C waiting."""

    def __init__(self, dataset: ray.data.Dataset, n_cases: int) -> None:
        self._found: queue.SimpleQueue[dict[str, Any] | BaseException | None] = queue.SimpleQueue()
        # A daemon: when the batch ends, Ray ends, and what is still waiting for it with it.
        threading.Thread(target=self._read, args=(dataset, n_cases), daemon=True).start()

    def next(self, cancel: CancelToken) -> dict[str, Any] | None:
        while True:
            cancel.raise_if_set()
            try:
                found = self._found.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if isinstance(found, BaseException):
                raise ExchangeError(
                    Words("the cluster stopped: {reason}", reason=type(found).__name__),
                    Words("What was scored is kept. Look at `ray status`, then go on with --resume."),
                ) from found
            return found

    def _read(self, dataset: ray.data.Dataset, n_cases: int) -> None:
        import ray

        left = n_cases
        try:
            for table in dataset.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
                for row in table.to_pylist():
                    self._found.put(row)
                    left -= row["n_cases"]
                # Not waiting for the pool to notice: an actor that was started for nothing may still be on its way.
                if left <= 0:
                    break
        except (ray.exceptions.RayError, OSError, RuntimeError, ValueError, AssertionError) as error:
            self._found.put(error)
            return
        self._found.put(None)

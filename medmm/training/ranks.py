"""One training run by several processes, a GPU each (extra `distributed`); by itself a run has one process.

Start, for four GPUs, with the configuration of any other run:

    torchrun --nproc-per-node 4 main.py train config.yaml --out run
    accelerate launch --multi_gpu --num_processes 4 main.py train config.yaml --out run

Each process computes its share of every batch and the gradients are added up, so that a step is the one that a single
process would have made of the whole batch (but for the draws of dropout and augmentation, and for batch norm, which
sees its own share). Only the first process writes; --out must be the same folder for all of them.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

import torch
from torch import Tensor

from medmm.core.errors import InputError
from medmm.core.words import Words

if TYPE_CHECKING:
    from accelerate import PartialState

Value = TypeVar("Value")
# The others wait while the first one reads patients, validates or publishes.
PATIENCE = timedelta(hours=12)


class Ranks(Protocol):
    """The processes of a run; every method but `is_first` is called by all of them, in the same order."""

    @property
    def rank(self) -> int:
        """Number of this process, from 0."""
        ...

    @property
    def count(self) -> int:
        """How many there are."""
        ...

    @property
    def is_first(self) -> bool:
        """Tell whether this process is the one that writes."""
        ...

    def first_alone(self) -> AbstractContextManager[object]:
        """Let the first process go ahead; the others follow when it is done and find what it has written."""
        ...

    def add_up(self, values: Tensor) -> Tensor:
        """Sum a tensor over all processes."""
        ...

    def agree(self, value: Value) -> Value:
        """Give everybody the first one's value."""
        ...

    def share(self, tensors: Sequence[Tensor]) -> None:
        """Put the first one's numbers into everybody's tensors."""
        ...


@dataclass(frozen=True)
class Alone:
    """The only process."""

    rank: int = 0
    count: int = 1
    is_first: bool = True

    def first_alone(self) -> AbstractContextManager[object]:
        """Wait for nobody."""
        return contextlib.nullcontext()

    def add_up(self, values: Tensor) -> Tensor:
        """Give the values."""
        return values

    def agree(self, value: Value) -> Value:
        """Give the value."""
        return value

    def share(self, tensors: Sequence[Tensor]) -> None:
        """Keep the numbers."""


ALONE = Alone()


class Joined:
    """One of several processes that Accelerate has joined."""

    def __init__(self, state: PartialState) -> None:
        self._state = state
        self.rank = int(state.process_index)
        self.count = int(state.num_processes)
        self.is_first = self.rank == 0

    def first_alone(self) -> AbstractContextManager[object]:
        """Hold the others until the first one has left the block."""
        return cast(AbstractContextManager[object], self._state.main_process_first())

    def add_up(self, values: Tensor) -> Tensor:
        """Sum over all processes."""
        from accelerate.utils import reduce

        return cast(Tensor, reduce(values, reduction="sum"))

    def agree(self, value: Value) -> Value:
        """Send the first one's value to all."""
        from accelerate.utils import broadcast_object_list

        return cast(list[Value], broadcast_object_list([value]))[0]

    def share(self, tensors: Sequence[Tensor]) -> None:
        """Send the first one's numbers to all."""
        from accelerate.utils import broadcast

        for tensor in tensors:
            tensor.copy_(broadcast(tensor.clone()))


@contextmanager
def join_ranks(device: str = "auto") -> Iterator[Ranks]:
    """Join the other processes of the run where a launcher has started several, and leave them at the end.

    device: as in the configuration. Raises InputError where accelerate is missing or cannot join them.
    """
    n_started = int(os.environ.get("WORLD_SIZE", "1"))
    if n_started == 1:
        yield ALONE
        return
    if importlib.util.find_spec("accelerate") is None:
        raise InputError(
            Words("{n} processes were started, but the package accelerate is not installed", n=n_started),
            Words('Install it with `pip install "medmm[distributed]"`, or start one process.'),
        )
    from accelerate import PartialState

    state = PartialState(cpu=device == "cpu" or not torch.cuda.is_available(), timeout=PATIENCE)
    if state.num_processes != n_started:
        raise InputError(
            Words("{n} processes were started, but {joined} could be joined", n=n_started, joined=state.num_processes),
            Words("Start them with torchrun or `accelerate launch`, one a GPU."),
        )
    try:
        yield Joined(state)
    finally:
        state.destroy_process_group()


def share_of(n: int, ranks: Ranks) -> slice:
    """Give the rows of a batch of n that this process computes: two at least (batch norm), or none."""
    n_shares = max(1, min(ranks.count, n // 2))
    small, n_larger = divmod(n, n_shares)
    start = min(ranks.rank, n_shares) * small + min(ranks.rank, n_larger)
    return slice(start, start + (small + (ranks.rank < n_larger) if ranks.rank < n_shares else 0))

"""Where the network runs: device, threads, precision, and what happens when memory runs out."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch

from medmm.core.cores import declared_threads, n_cores
from medmm.core.errors import DeviceOutOfMemory, ModelError
from medmm.core.quality import QualityNote, Severity
from medmm.core.words import Words

log = logging.getLogger(__name__)
Item = TypeVar("Item")
Answer = TypeVar("Answer")
DEVICE_NAMES = ("auto", "cpu", "cuda", "mps")


@dataclass(frozen=True)
class Runtime:
    """The device chosen, its name for people, the precision, and what had to be said about the choice."""

    device: torch.device
    title: str
    precision: str
    notes: tuple[QualityNote, ...] = ()


def choose_device(name: str = "auto") -> Runtime:
    """Choose CUDA, else MPS, else the CPU; or the device asked for.

    A device that is not there is no error: the CPU answers instead and a note says so.
    Raises ModelError for an unknown name.
    """
    if name not in DEVICE_NAMES:
        raise ModelError(
            Words("unknown device {name!r}", name=name),
            Words("Choose one of: {device_names}.", device_names=", ".join(DEVICE_NAMES)),
        )
    if name == "auto":
        return describe_device(_best_device())
    if _is_available(name):
        return describe_device(torch.device(name))
    missing = QualityNote(
        "device_missing",
        Words(
            "The device {name} was asked for but is not there ({why_missing}); the CPU is used.",
            name=name,
            why_missing=_why_missing(name),
        ),
        Severity.WARNING,
    )
    cpu = describe_device(torch.device("cpu"))
    return Runtime(cpu.device, cpu.title, cpu.precision, (missing,))


def describe_device(device: torch.device) -> Runtime:
    """Name a device for people, with the precision that it computes in."""
    if device.type == "cuda":
        # bfloat16 keeps float32's range, so that no logit overflows; older cards have float16 units only.
        precision = "bfloat16" if torch.cuda.is_bf16_supported(including_emulation=False) else "float16"
        return Runtime(device, f"cuda ({torch.cuda.get_device_name(device)})", precision)
    if device.type == "mps":
        return Runtime(device, "mps (Apple GPU)", "float32")
    return Runtime(device, f"cpu ({torch.get_num_threads()} threads)", "float32")


def set_threads(n_threads: int = 0) -> int:
    """Set how many CPU threads torch uses and return the number.

    0 = MEDMM_THREADS (so the window keeps a core free of its engine), else OMP_NUM_THREADS, else every core.
    """
    chosen = n_threads or declared_threads() or n_cores()
    torch.set_num_threads(chosen)
    return chosen


def mixed_precision(runtime: Runtime, device: torch.device) -> contextlib.AbstractContextManager[object]:
    """Give the autocast context of a GPU; on a CPU nothing, because bfloat16 is emulated there and far slower.

    device: where this run really happens, which is the CPU after a step down the memory ladder.
    """
    if device.type != "cuda":
        return contextlib.nullcontext()
    return torch.autocast("cuda", dtype=getattr(torch, runtime.precision))


def with_memory_ladder(
    run: Callable[[Sequence[Item], torch.device], Sequence[Answer]],
    items: Sequence[Item],
    *,
    device: torch.device,
    batch_size: int,
) -> tuple[tuple[Answer, ...], torch.device, tuple[QualityNote, ...]]:
    """Run `items` in batches; when memory runs out halve the batch, then go to the CPU, and say so.

    Returns the answers in order, the device that ended the work and the notes on what had to be changed.
    Raises DeviceOutOfMemory when even one item on the CPU does not fit.
    """
    answers: list[Answer] = []
    notes: list[QualityNote] = []
    size = max(1, batch_size)
    while len(answers) < len(items):
        chunk = items[len(answers) : len(answers) + size]
        try:
            answers.extend(run(chunk, device))
            continue
        except (torch.OutOfMemoryError, MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
        # Outside the handler, so that the exception no longer keeps the failed batch's tensors alive.
        size, device, note = _step_down(len(chunk), device)
        notes.append(note)
    return tuple(answers), device, tuple(notes)


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an exception means that memory ran out: torch names it differently for each device."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and ("out of memory" in text or "can't allocate memory" in text)


def _step_down(size: int, device: torch.device) -> tuple[int, torch.device, QualityNote]:
    _release(device)
    if size > 1:
        half = size // 2
        return (
            half,
            device,
            _stepped(
                Words(
                    "Memory ran out on {type} with {size} cases at once; {half} are run now.",
                    type=device.type,
                    size=size,
                    half=half,
                )
            ),
        )
    if device.type != "cpu":
        moved = _stepped(Words("Memory ran out on {type} with one case; the CPU is used instead.", type=device.type))
        return 1, torch.device("cpu"), moved
    raise DeviceOutOfMemory(
        Words("not enough memory to run one case on the CPU"),
        Words("Close other programs, or score a smaller image; the model's card states what it needs."),
    )


def _stepped(message: Words) -> QualityNote:
    log.warning("memory ladder: %s", message)
    return QualityNote("memory_step_down", message, Severity.WARNING)


def _release(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.empty_cache()
    if device.type == "mps":
        torch.mps.empty_cache()


def _best_device() -> torch.device:
    return torch.device(next((name for name in ("cuda", "mps") if _is_available(name)), "cpu"))


def _is_available(name: str) -> bool:
    if name == "cuda":
        return torch.cuda.is_available()
    if name == "mps":
        return torch.backends.mps.is_available()
    return name == "cpu"


def _why_missing(name: str) -> Words:
    if name == "cuda" and torch.version.cuda is None:
        return Words("this torch was built without CUDA")
    if name == "mps" and not torch.backends.mps.is_built():
        return Words("this torch was built without MPS")
    return Words("no such device or driver was found")

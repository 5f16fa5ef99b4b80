"""Devices and the memory ladder."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import torch

from medmm.core.errors import DeviceOutOfMemory, ModelError
from medmm.inference import runtime
from medmm.inference.runtime import choose_device, is_out_of_memory, mixed_precision, set_threads, with_memory_ladder

CPU = torch.device("cpu")
GPU = torch.device("cuda")


class Memory:
    """A run that fails at the named calls and notes what it was asked for."""

    def __init__(self, *, fails_at: Sequence[int] = (), fails_above: int = 99, cpu_is_full: bool = False) -> None:
        self.calls: list[tuple[int, str]] = []
        self.fails_at, self.fails_above, self.cpu_is_full = fails_at, fails_above, cpu_is_full

    def __call__(self, items: Sequence[int], device: torch.device) -> list[int]:
        self.calls.append((len(items), device.type))
        on_gpu = device.type == "cuda"
        if len(self.calls) in self.fails_at or (on_gpu and len(items) > self.fails_above):
            raise torch.OutOfMemoryError("CUDA out of memory")
        if self.cpu_is_full:
            raise MemoryError
        return [10 * item for item in items]


@pytest.fixture(autouse=True)
def no_cuda_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: None)


def test_enough_memory_changes_nothing() -> None:
    answers, device, notes = with_memory_ladder(Memory(), [1, 2, 3], device=GPU, batch_size=2)
    assert (answers, device, notes) == ((10, 20, 30), GPU, ())


@pytest.mark.parametrize("k", [1, 2, 3])
def test_failure_at_the_kth_call_loses_no_case_and_doubles_none(k: int) -> None:
    answers, device, notes = with_memory_ladder(Memory(fails_at=[k]), list(range(12)), device=GPU, batch_size=4)
    assert answers == tuple(10 * i for i in range(12))
    assert device == GPU
    assert [note.code for note in notes] == ["memory_step_down"]


def test_ladder_goes_from_half_batches_to_the_cpu() -> None:
    memory = Memory(fails_above=0)
    answers, device, notes = with_memory_ladder(memory, [1, 2, 3, 4], device=GPU, batch_size=4)
    assert memory.calls[:4] == [(4, "cuda"), (2, "cuda"), (1, "cuda"), (1, "cpu")]
    assert (answers, device) == ((10, 20, 30, 40), CPU)
    assert "the CPU is used" in notes[-1].message


def test_one_case_too_big_for_the_cpu_is_a_clear_error() -> None:
    with pytest.raises(DeviceOutOfMemory, match="one case on the CPU"):
        with_memory_ladder(Memory(cpu_is_full=True), [1], device=CPU, batch_size=1)


def test_other_errors_pass_through() -> None:
    def broken(items: Sequence[int], device: torch.device) -> list[int]:
        raise RuntimeError("CUDA error: device-side assert triggered")

    with pytest.raises(RuntimeError, match="device-side"):
        with_memory_ladder(broken, [1], device=GPU, batch_size=1)


def test_every_spelling_of_full_memory_is_known() -> None:
    assert is_out_of_memory(RuntimeError("MPS backend out of memory (MPS allocated: 1 GB)"))
    assert is_out_of_memory(RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes"))
    assert not is_out_of_memory(RuntimeError("shape mismatch"))


@pytest.mark.parametrize("name", ["cuda", "mps"])
def test_missing_device_is_replaced_by_the_cpu_and_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "_is_available", lambda asked: asked == "cpu")
    found = choose_device(name)
    assert found.device == CPU
    assert [note.code for note in found.notes] == ["device_missing"]
    assert name in found.notes[0].message


def test_auto_prefers_cuda_then_mps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "describe_device", lambda device: device)
    monkeypatch.setattr(runtime, "_is_available", lambda asked: True)
    assert choose_device("auto") == GPU
    monkeypatch.setattr(runtime, "_is_available", lambda asked: asked != "cuda")
    assert choose_device("auto") == torch.device("mps")


def test_unknown_device_is_refused() -> None:
    with pytest.raises(ModelError, match="'tpu'"):
        choose_device("tpu")


def test_cpu_never_uses_mixed_precision() -> None:
    with mixed_precision(choose_device("cpu"), CPU):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.float32


def test_threads_follow_the_argument_then_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = torch.get_num_threads()
    monkeypatch.setenv("MEDMM_THREADS", "2")
    assert set_threads(1) == torch.get_num_threads() == 1
    assert set_threads() == torch.get_num_threads() == 2
    torch.set_num_threads(before)

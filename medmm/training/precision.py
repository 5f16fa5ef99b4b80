"""In what precision a network learns: mixed with bfloat16 where the device computes it natively."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import replace

import torch

from medmm.inference.runtime import Runtime
from medmm.training.options import Precision

log = logging.getLogger(__name__)


def learning_runtime(runtime: Runtime, asked: Precision) -> Runtime:
    """Give the runtime with the precision that the training runs in, "float32" or "bfloat16".

    auto: bfloat16 on a GPU that has it, float32 on a CPU, so that every CPU trains the same network.
    bfloat16 that the device would have to emulate, which is slower by an order of magnitude, becomes float32.
    float16 is not used at all: its losses would have to be scaled.
    """
    wanted = runtime.precision if asked == "auto" else asked
    if wanted == "bfloat16" and not _is_native(runtime):
        log.warning("%s does not compute bfloat16; float32 is used, and the weights will be others", runtime.title)
        wanted = "float32"
    return replace(runtime, precision="bfloat16" if wanted == "bfloat16" else "float32")


def _is_native(runtime: Runtime) -> bool:
    if runtime.device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    if runtime.device.type != "cpu":
        return False
    # Intel and AMD name theirs avx512_bf16 and amx_bf16, ARM bf16.
    return any(has for name, has in torch.cpu.get_capabilities().items() if name.endswith("bf16"))


def learning_precision(runtime: Runtime) -> contextlib.AbstractContextManager[object]:
    """Give the context of one step."""
    if runtime.precision != "bfloat16":
        return contextlib.nullcontext()
    return torch.autocast(runtime.device.type, dtype=torch.bfloat16)

"""Run the encoders on a device and keep each case's embeddings on the CPU."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from medmm.core.errors import ModelError
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.inference.model_input import ModelInput
from medmm.inference.prepare import collate
from medmm.inference.runtime import Runtime, mixed_precision
from medmm.models.case_net import CaseNet
from medmm.models.encoded import Encoded


@dataclass(frozen=True)
class EncodedCase:
    """One case's embeddings [1, d_k], present inputs in the order of the spec, the image's maps [1, C, h, w], and those
    of the windows of its recordings [N, C, h, w]."""

    z: Mapping[InputKind, Tensor]
    maps: Tensor | None = None
    window_maps: Tensor | None = None


def encode_cases(
    net: CaseNet, inputs: Sequence[ModelInput], *, runtime: Runtime, device: torch.device
) -> list[EncodedCase]:
    """Encode prepared cases on `device`, where `net` lives.

    Raises ModelError when an embedding is not finite.
    """
    batch = collate(inputs, net.spec).to(device)
    with torch.inference_mode(), mixed_precision(runtime, device):
        encoded = net.encode(batch)
    return [_row(encoded, net.kinds, case, i, batch.window_case) for i, case in enumerate(inputs)]


def _row(
    encoded: Mapping[InputKind, Encoded],
    kinds: Sequence[InputKind],
    case: ModelInput,
    row: int,
    window_case: Tensor | None,
) -> EncodedCase:
    present = [kind for kind, is_present in zip(kinds, case.present, strict=True) if is_present]
    z = {kind: _kept(encoded[kind].z, row) for kind in present}
    broken = [kind.value for kind, vector in z.items() if not bool(torch.isfinite(vector).all())]
    if broken:
        raise ModelError(
            Words("the model's {broken} encoder gave values that are not numbers", broken=broken[0]),
            Words("The weights or the input are damaged; verify the bundle with `medmm models verify`."),
        )
    maps = encoded[InputKind.IMAGE].maps if InputKind.IMAGE in present else None
    windows = encoded[InputKind.AUDIO].window_maps if InputKind.AUDIO in present else None
    own = None if windows is None or window_case is None else _copied(windows[window_case == row])
    return EncodedCase(z, None if maps is None else _kept(maps, row), own)


def _kept(tensor: Tensor, row: int) -> Tensor:
    return _copied(tensor[row : row + 1])


def _copied(tensor: Tensor) -> Tensor:
    # A float32 copy made outside inference mode: autograd refuses tensors that were born inside it.
    return torch.empty(tensor.shape).copy_(tensor)

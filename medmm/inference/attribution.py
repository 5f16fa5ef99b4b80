"""Layer integrated gradients jointly over film, words, vital signs and recordings: one sum, in logits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from captum.attr import IntegratedGradients
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.prediction import MAX_GAP, JointSum
from medmm.core.quality import InputKind
from medmm.inference.input_paths import InputPath, paths_of
from medmm.inference.model_input import ModelInput
from medmm.inference.prediction import Prediction
from medmm.inference.predictor import Predictor
from medmm.inference.runtime import with_memory_ladder
from medmm.models.case_net import CaseNet

FIRST_STEPS = 8
MAX_STEPS = 128
# Changes below this many logits are rounding; the gap is not taken relative to less.
SMALL_CHANGE = 0.05
# Tokens in one forward and backward pass, and in one attribution: bounds memory and time on a CPU.
TOKENS_AT_ONCE = 4096
TOKENS_IN_ALL = 400_000
# The layer at which each input is varied.
LAYERS = {
    InputKind.IMAGE: "last feature map",
    InputKind.NOTE: "word vectors",
    InputKind.VITALS: "values",
    InputKind.AUDIO: "feature maps of windows",
}
Parts = Mapping[InputKind, NDArray[np.float64]]


@dataclass(frozen=True)
class Attribution:
    """Weights in logits for one finding, all from one path.

    joint: their sums by input; cells: [(d,) h, w] of the film's last feature map;
    tokens: [N chunks, T], 0 for special and padding tokens; vitals: [V] per feature;
    series: [T, signs] per value, for an encoder over time, vitals being None then; windows: [N] per window of sound.
    """

    joint: JointSum
    cells: NDArray[np.float64] | None = None
    tokens: NDArray[np.float64] | None = None
    vitals: NDArray[np.float64] | None = None
    series: NDArray[np.float64] | None = None
    windows: NDArray[np.float64] | None = None

    @property
    def change(self) -> float:
        """f(inputs) - f(blank inputs)."""
        return self.joint.change

    @property
    def gap(self) -> float:
        """|sum of weights - change| relative to the change."""
        return self.joint.gap


def attribute_inputs(
    predictor: Predictor, model_input: ModelInput, prediction: Prediction, *, finding: int
) -> Attribution:
    """Attribute the logit of one finding (its column) to every input at once.

    Layer integrated gradients (Sundararajan et al. 2017) in one call over all inputs, each varied at the layer that
    LAYERS names and from the blank that `paths_of` states. The film at its last feature map, because 8 passes of a
    CNN with their gradients would cost thirty predictions. Steps are doubled until the parts miss f(x) - f(blank) by
    less than 1 % or the budget ends; what is missed is returned. Raises DeviceOutOfMemory.
    """
    blank, mask = predictor.blank, _mask_token(predictor)

    def run(columns: Sequence[int], device: torch.device) -> list[Attribution]:
        net = predictor.net_on(device)
        paths = paths_of(net, model_input, prediction, blank=blank, mask_token_id=mask)
        return [_integrate_until_complete(net, paths, column) for column in columns]

    answers, _, _ = with_memory_ladder(run, [finding], device=predictor.runtime.device, batch_size=1)
    return answers[0]


def _mask_token(predictor: Predictor) -> int:
    tokenizer = predictor.tokenizer
    if tokenizer is None:
        return 0
    mask = tokenizer.mask_token_id
    return int(mask if mask is not None else tokenizer.pad_token_id or 0)


def _integrate_until_complete(net: CaseNet, paths: Sequence[InputPath], finding: int) -> Attribution:
    tokens = max(1, sum(path.n_tokens for path in paths))
    steps = FIRST_STEPS
    best = _integrate(net, paths, finding, steps)
    while best.gap > MAX_GAP and 2 * steps <= MAX_STEPS and 2 * steps * tokens <= TOKENS_IN_ALL:
        steps *= 2
        best = _integrate(net, paths, finding, steps)
    return best


def _integrate(net: CaseNet, paths: Sequence[InputPath], finding: int, n_steps: int) -> Attribution:
    forward = _forward(net, paths)
    own = tuple(path.own.detach().clone().requires_grad_() for path in paths)
    blank = tuple(path.blank for path in paths)
    tokens = max(1, sum(path.n_tokens for path in paths))
    weights = IntegratedGradients(forward).attribute(
        own,
        blank,
        target=finding,
        n_steps=n_steps,
        method="gausslegendre",
        internal_batch_size=max(1, TOKENS_AT_ONCE // tokens),
    )
    with torch.no_grad():
        ends = forward(*(torch.cat(pair) for pair in zip(own, blank, strict=True)))[:, finding].double()
    parts = {path.kind: one[0].detach().double().cpu().numpy() for path, one in zip(paths, weights, strict=True)}
    return _attribution(parts, change=float(ends[0] - ends[1]), baseline=float(ends[1]), n_steps=n_steps)


def _forward(net: CaseNet, paths: Sequence[InputPath]) -> Callable[..., Tensor]:
    kinds = {path.kind for path in paths}
    device = paths[0].own.device
    present = torch.tensor([[kind in kinds for kind in net.kinds]], device=device)

    def forward(*points: Tensor) -> Tensor:
        z = {path.kind: path.to_z(own) for path, own in zip(paths, points, strict=True)}
        return net.fuse(z, present.expand(len(points[0]), -1))

    return forward


def _attribution(parts: Parts, *, change: float, baseline: float, n_steps: int) -> Attribution:
    by_kind = {kind: float(part.sum()) for kind, part in parts.items()}
    gap = abs(sum(by_kind.values()) - change) / max(abs(change), SMALL_CHANGE)
    method = f"layer integrated gradients ({', '.join(f'{kind}: {LAYERS[kind]}' for kind in parts)})"
    maps, tokens, vitals, windows = (parts.get(kind) for kind in InputKind)
    is_series = vitals is not None and vitals.ndim > 1
    return Attribution(
        joint=JointSum(by_kind, change=change, baseline=baseline, gap=gap, n_steps=n_steps, method=method),
        cells=None if maps is None else maps.sum(axis=0),
        tokens=None if tokens is None else tokens.sum(axis=-1),
        vitals=None if is_series else vitals,
        series=vitals if is_series else None,
        windows=None if windows is None else windows.reshape(len(windows), -1).sum(axis=1),
    )

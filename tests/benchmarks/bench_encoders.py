"""How many images a second each image encoder embeds, as a ratio to the bare MONAI network on the same batch.

Run: python tests/benchmarks/bench_encoders.py [BATCH] [SIZE] (exit 1 when one embeds less than 0.9 times as many)
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from monai.networks.nets import DenseNet121, DenseNet169, EfficientNetBN, ResNet, ViT
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from medmm.models.image_encoder import build_image_encoder
from medmm.models.spec import IMAGE_ENCODERS, ImageSpec

LEAST_RATIO = 0.9
ROUNDS = 9


def cpu_seconds(*works: Callable[[], object]) -> list[float]:
    """Least processor time of each work on one thread: other load on the machine takes none of it."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for spent, work in zip(times, works, strict=True):
            began = time.process_time()
            work()
            spent.append(time.process_time() - began)
    return [min(spent) for spent in times]


def bare_network(name: str, size: int) -> nn.Module:
    """The same architecture as MONAI builds it, with a head of one class."""
    if "densenet" in name:
        return (DenseNet121 if name.endswith("121") else DenseNet169)(spatial_dims=2, in_channels=1, out_channels=1)
    if "resnet" in name:
        block, layers = ("basic", [2, 2, 2, 2]) if name.endswith("18") else ("bottleneck", [3, 4, 6, 3])
        return ResNet(
            block, layers, [64, 128, 256, 512], spatial_dims=2, n_input_channels=1, conv1_t_stride=2,
            bias_downsample=False, num_classes=1,
        )  # fmt: skip
    if "efficientnet" in name:
        return EfficientNetBN("efficientnet-b0", pretrained=False, in_channels=1, num_classes=1)
    return ViT(1, (size, size), 16, hidden_size=192, mlp_dim=768, num_layers=6, num_heads=3, spatial_dims=2)


def measure(name: str, *, batch: int, size: int) -> float:
    """Print both speeds of one encoder and return their ratio."""
    encoder = build_image_encoder(ImageSpec(size, size, encoder=name)).eval()
    bare = bare_network(name, size).eval()
    images = torch.randn(batch, 1, size, size, generator=torch.Generator().manual_seed(0))

    def embed() -> None:
        with torch.inference_mode():
            encoder(images)

    def forward() -> None:
        with torch.inference_mode():
            bare(images)

    own, theirs = cpu_seconds(embed, forward)
    speeds = batch / own, batch / theirs
    print(f"{name:24} {speeds[0]:7.1f} images/s, bare {speeds[1]:7.1f}: ratio {theirs / own:.2f}")
    return theirs / own


def main() -> int:
    """Measure every encoder."""
    torch.set_num_threads(1)
    batch, size = (int(text) for text in (sys.argv[1:] + ["8", "160"][len(sys.argv) - 1 :]))
    ratios = [measure(name, batch=batch, size=size) for name in IMAGE_ENCODERS]
    return 0 if min(ratios) >= LEAST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())

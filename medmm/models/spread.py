"""How the embeddings of a bundle's calibration cases lie, so that a case unlike all of them can be told: an optional
part of a bundle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from medmm.core.errors import BundleRefused
from medmm.core.quality import InputKind
from medmm.core.words import Words

SPREAD = "spread.safetensors"
PARTS = ("mean", "whitening", "distances")


@dataclass(frozen=True)
class Spread:
    """mean [d]; whitening [d, d]: squared length of (z - mean) @ whitening is the Mahalanobis distance;
    distances [n]: those of calibration cases that the two were not measured on, ascending."""

    mean: Tensor
    whitening: Tensor
    distances: Tensor

    def distance(self, z: Tensor) -> Tensor:
        """Give the squared Mahalanobis distance [B] of embeddings [B, d]."""
        return (((z.double() - self.mean.double()) @ self.whitening.double()) ** 2).sum(dim=1)

    def p_value(self, z: Tensor) -> Tensor:
        """Give the conformal p-values [B]: of cases like the calibration cases at most a share p has one of p or less.

        (1 + number of calibration cases as far away) / (n + 1), Vovk, Gammerman and Shafer 2005.
        """
        ascending = self.distances.double().contiguous()
        n_nearer = torch.searchsorted(ascending, self.distance(z).contiguous())
        return (1 + len(ascending) - n_nearer).double() / (len(ascending) + 1)


def write_spread(folder: Path, spreads: Mapping[InputKind, Spread]) -> None:
    """Write the spreads into a bundle that is not sealed yet; nothing where there is none."""
    tensors = {f"{kind.value}.{part}": getattr(one, part) for kind, one in spreads.items() for part in PARTS}
    if tensors:
        save_file({name: tensor.float().contiguous() for name, tensor in tensors.items()}, folder / SPREAD)


def read_spread(folder: Path, widths: Mapping[InputKind, int]) -> dict[InputKind, Spread]:
    """Read the spreads of a verified bundle: empty for a bundle without them.

    widths: those of the network's embeddings. Raises BundleRefused when the file is damaged or does not fit them.
    """
    if not (folder / SPREAD).is_file():
        return {}
    try:
        found = load_file(folder / SPREAD)
        kinds = {InputKind(name.partition(".")[0]) for name in found}
        # In double precision once, not for every case.
        spreads = {kind: Spread(*(found[f"{kind.value}.{part}"].double() for part in PARTS)) for kind in kinds}
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise _refusal(folder, str(error)) from error
    for kind, one in spreads.items():
        d = widths.get(kind, -1)
        fits = one.mean.shape == (d,) and one.whitening.shape == (d, d) and one.distances.dim() == 1
        if not fits or not all(bool(torch.isfinite(getattr(one, part)).all()) for part in PARTS):
            raise _refusal(folder, f"{kind.value} does not fit the network")
    return spreads


def _refusal(folder: Path, what: str) -> BundleRefused:
    return BundleRefused(
        Words("bundle {name!r}: {entry} cannot be used: {what}", name=folder.name, entry=SPREAD, what=what),
        Words("Import the bundle again."),
        folder,
    )

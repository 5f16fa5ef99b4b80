"""Training cases of a bundle as vectors, so that those near a new case can be named: an optional part of a bundle.

What is kept of a case is what the fusion sees of its inputs and which findings it had: no name, no note, no pixels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from medmm.core.errors import BundleRefused
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.models.spec import ModelSpec

NEIGHBOURS = "neighbours.safetensors"
N_NEAREST = 5
UNKNOWN_LABEL = -1
TABLES = ("labels", "present", "simulated")
# Stored in 16 bits, a vector of length 1 comes back within this.
LENGTH_TOLERANCE = 0.01
# Digits of a similarity: no processor's rounding may decide which of two cases is nearer.
DIGITS = 5


@dataclass(frozen=True)
class Neighbours:
    """n training cases.

    means: [d] of each input over the cases that have it; units: [n, d] the vectors without it, of length 1, or 0 where
    a case lacks the input; labels: int8 [n, F], 1 with, 0 without the finding, -1 unknown; present: bool [n, K] in the
    order of `units`; simulated: bool [n].
    """

    means: Mapping[InputKind, Tensor]
    units: Mapping[InputKind, Tensor]
    labels: Tensor
    present: Tensor
    simulated: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def places_with(self, kinds: tuple[InputKind, ...]) -> NDArray[np.intp]:
        """Give the places of the cases that have all of these inputs."""
        columns = [place for place, kind in enumerate(self.units) if kind in kinds]
        return np.flatnonzero(self.present.numpy()[:, columns].all(axis=1))

    def nearest(self, vectors: Mapping[InputKind, Tensor], *, n: int = N_NEAREST) -> tuple[tuple[int, float], ...]:
        """Give places and similarities of the nearest cases that have all these inputs, the nearest first.

        vectors: [1, d] of one case's present inputs. The similarity is the mean of the inputs' cosines; of equally near
        cases the one that lies first comes first.
        """
        # In numpy, whose single steps on so little cost a tenth of torch's.
        places = self.places_with(tuple(vectors))
        cosines = sum(self._cosines(kind, vector[0].numpy()) for kind, vector in vectors.items())
        found = np.clip(np.round(np.asarray(cosines)[places] / len(vectors), DIGITS), -1.0, 1.0)
        order = np.argsort(-found, kind="stable")[:n]
        return tuple((int(places[at]), float(found[at])) for at in order)

    def _cosines(self, kind: InputKind, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        away = vector - self.means[kind].numpy()
        # No case lies exactly in the middle; one that did would be like none.
        length = max(float(np.linalg.norm(away)), 1e-12)
        cosines: NDArray[np.float64] = (self.units[kind].numpy() @ away).astype(np.float64) / length
        return cosines


def make_neighbours(
    vectors: Mapping[InputKind, Tensor], *, labels: Tensor, present: Tensor, simulated: Tensor
) -> Neighbours:
    """Centre and scale vectors [n, d] of each input; the rest as in `Neighbours`.

    Without the mean taken off all cases lie in one narrow cone and the cosine tells little of them apart.
    """
    means, units = {}, {}
    for place, (kind, rows) in enumerate(vectors.items()):
        has = present[:, place]
        means[kind] = rows[has].mean(dim=0) if bool(has.any()) else torch.zeros(rows.shape[1])
        # As it will be read again: what is measured before writing is what is served.
        units[kind] = (unit(rows - means[kind]) * has[:, None]).half().float()
    return Neighbours(means, units, labels.to(torch.int8), present, simulated)


def unit(rows: Tensor) -> Tensor:
    """Scale rows [n, d] to length 1; a row of zeros stays as it is."""
    return torch.nn.functional.normalize(rows.float(), dim=1)


def write_neighbours(folder: Path, neighbours: Neighbours | None) -> None:
    """Write them into a bundle that is not sealed yet; nothing where there are none."""
    if neighbours is None:
        return
    tensors = {name: getattr(neighbours, name) for name in TABLES}
    for kind, rows in neighbours.units.items():
        tensors |= {kind.value: rows.half(), f"{kind.value}.mean": neighbours.means[kind].float()}
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, folder / NEIGHBOURS)


def read_neighbours(folder: Path, spec: ModelSpec) -> Neighbours | None:
    """Read the training cases of a verified bundle; None for a bundle without them.

    Raises BundleRefused where the file is damaged or does not fit the model.
    """
    if not (folder / NEIGHBOURS).is_file():
        return None
    try:
        found = load_file(folder / NEIGHBOURS)
        neighbours = Neighbours(
            {kind: found.pop(f"{kind.value}.mean") for kind in spec.input_kinds},
            {kind: found.pop(kind.value).float() for kind in spec.input_kinds},
            *(found.pop(name) for name in TABLES),
        )
    except (SafetensorError, OSError) as error:
        raise _refusal(folder, str(error)) from error
    except KeyError as error:
        raise _refusal(folder, f"{error.args[0]!r} is missing") from error
    if trouble := _unknown(found) or _trouble(neighbours, spec):
        raise _refusal(folder, trouble)
    return neighbours


def _unknown(left: Mapping[str, Tensor]) -> str:
    return f"{min(left)!r} is not known" if left else ""


def _trouble(neighbours: Neighbours, spec: ModelSpec) -> str:
    """Say what does not fit, empty where all does."""
    n, width = len(neighbours), spec.embedding * (len(spec.ensemble.members) if spec.ensemble else 1)
    labels, present, simulated = neighbours.labels, neighbours.present, neighbours.simulated
    if labels.dtype != torch.int8 or labels.shape != (n, len(spec.findings)) or n == 0:
        return "the labels do not fit the findings"
    if not bool(((labels >= UNKNOWN_LABEL) & (labels <= 1)).all()):
        return "a label is neither 0, 1 nor unknown"
    if present.dtype != torch.bool or present.shape != (n, len(spec.input_kinds)):
        return "the inputs of the cases do not fit the model"
    if simulated.dtype != torch.bool or simulated.shape != (n,):
        return "which cases are simulated does not fit their number"
    wrong = [kind for kind in spec.input_kinds if not _fits(neighbours, kind, (n, width))]
    return f"the vectors of {wrong[0].value} do not fit the network" if wrong else ""


def _fits(neighbours: Neighbours, kind: InputKind, shape: tuple[int, int]) -> bool:
    units, mean = neighbours.units[kind], neighbours.means[kind]
    if units.shape != shape or mean.shape != shape[1:] or mean.dtype != torch.float32:
        return False
    if not bool(torch.isfinite(units).all()) or not bool(torch.isfinite(mean).all()):
        return False
    expected = neighbours.present[:, [*neighbours.units].index(kind)].float()
    return bool(((units.norm(dim=1) - expected).abs() <= LENGTH_TOLERANCE).all())


def _refusal(folder: Path, what: str) -> BundleRefused:
    return BundleRefused(
        Words("bundle {name!r}: {entry} cannot be used: {what}", name=folder.name, entry=NEIGHBOURS, what=what),
        Words("Import the bundle again."),
        folder,
    )

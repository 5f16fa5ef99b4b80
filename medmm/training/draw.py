"""Which cases stand together in a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from medmm.training.config import StageConfig
from medmm.training.examples import Example


def draw_batches(
    examples: Sequence[Example], stage: StageConfig, rng: np.random.Generator, *, balanced: bool = False
) -> Iterator[list[Example]]:
    """Shuffle into batches; a last one of a single case is left out (batch norm needs two).

    A warm-up on records leaves out cases that have none. balanced: as many draws with replacement instead, where a
    case with a rare finding comes up as often as all cases with a common one.
    """
    wanted = [e for e in _drawn(examples, stage.base_share, rng) if stage.inputs == "all" or has_record(e)]
    if balanced:
        chances = balanced_chances(np.array([e.row.labels for e in wanted], dtype=np.float64))
        order = rng.choice(len(wanted), size=len(wanted), p=chances)
    else:
        order = rng.permutation(len(wanted))
    for start in range(0, len(order), stage.batch):
        picked = order[start : start + stage.batch]
        if len(picked) > 1:
            yield [wanted[index] for index in picked]


def _drawn(examples: Sequence[Example], share: float, rng: np.random.Generator) -> Sequence[Example]:
    if share == 1:
        return examples
    places = [place for place, one in enumerate(examples) if not one.row.is_real]
    n_drawn = max(2, round(share * len(places)))
    left_out = set(places) - set(rng.permutation(places)[:n_drawn].tolist())
    return [one for place, one in enumerate(examples) if place not in left_out]


def balanced_chances(labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the chance of every case: 1 / (cases with its rarest finding), or 1 / (cases without any). labels: [N, F]"""
    positive = np.nan_to_num(labels) > 0.5
    counts = positive.sum(axis=0).clip(min=1)
    weights = np.where(positive, 1.0 / counts, 0.0).max(axis=1)
    none = ~positive.any(axis=1)
    weights[none] = 1.0 / max(int(none.sum()), 1)
    chances: NDArray[np.float64] = weights / weights.sum()
    return chances


def has_record(example: Example) -> bool:
    """Tell whether a case has anything besides its image."""
    return any(part is not None for part in (example.note, example.vitals, example.reading.audio))

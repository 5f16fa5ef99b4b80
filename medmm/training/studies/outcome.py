"""An outcome told from the network's image vector and from laboratory values, each alone and together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from medmm.training.domain_config import OutcomeConfig
from medmm.training.examples import Example
from medmm.training.metrics import auroc
from medmm.training.studies.features import one_hot, raw_numbers, with_flags
from medmm.training.studies.logistic import out_of_fold
from medmm.training.studies.values import LEAST_OF_A_CLASS, Study, StudyRow, figure_row, ranking_row

Array = NDArray[np.float64]
ABOUT = (
    "A logistic regression on the network's image vector, on the laboratory values and on both, asked only about "
    "patients that it was not fitted on. A study, no finding of this bundle. How a film was taken says much about who "
    "it was taken of: compare with the view alone."
)


def measure_outcome(
    domain: str, examples: Sequence[Example], vectors: Array, config: OutcomeConfig, *, samples: int, seed: int
) -> Study | None:
    """Measure each source of the outcome and their union; vectors: [N, d] image embeddings.

    None where too few cases are known to have, or not to have, the outcome.
    """
    words = [one.row.record.raw.get(config.column, "") for one in examples]
    kept = [place for place, word in enumerate(words) if word in (config.positive, config.negative)]
    target = np.array([words[place] == config.positive for place in kept], dtype=np.intp)
    if np.bincount(target, minlength=2).min() < LEAST_OF_A_CLASS:
        return None
    chosen = [examples[place] for place in kept]
    patients = [one.row.patient for one in chosen]
    truth = target.astype(np.float64)
    scores = {
        name: out_of_fold(features, target, patients, seed)[:, 1]
        for name, features in _sources(chosen, vectors[kept], config)
    }
    found = (ranking_row(name, truth, s, patients, samples=samples, seed=seed) for name, s in scores.items())
    rows = [row for row in found if row is not None]
    rows += _differences(scores, truth, patients, samples=samples, seed=seed)
    return Study(domain, f"outcome: {config.column}", ABOUT, "AUROC", tuple(rows))


def _sources(examples: Sequence[Example], vectors: Array, config: OutcomeConfig) -> Iterator[tuple[str, Array]]:
    values = with_flags(raw_numbers(examples, config.values))
    yield "image and laboratory values", np.concatenate([vectors, values], axis=1)
    yield "image", vectors
    yield "laboratory values", values
    yield "view alone", one_hot([one.reading.facts.view for one in examples])


def _differences(
    scores: dict[str, Array], truth: Array, patients: Sequence[str], *, samples: int, seed: int
) -> list[StudyRow]:
    first, *rest = scores

    def less(rival: str) -> StudyRow:
        def difference(rows: NDArray[np.intp]) -> float:
            return auroc(truth[rows], scores[first][rows]) - auroc(truth[rows], scores[rival][rows])

        return figure_row(f"{first} less {rival}", difference, patients, samples=samples, seed=seed)

    return [less(rival) for rival in rest]

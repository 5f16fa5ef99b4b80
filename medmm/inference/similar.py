"""Name the training cases that lie near a predicted case, from its embeddings: no encoder runs again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from medmm.core.similar import SimilarCase, SimilarCases
from medmm.core.words import NOTHING, Words
from medmm.models.neighbours import UNKNOWN_LABEL, Neighbours

if TYPE_CHECKING:
    from medmm.inference.prediction import Prediction
    from medmm.inference.predictor import Predictor


def similar_cases(predictor: Predictor, prediction: Prediction) -> SimilarCases | None:
    """Give the nearest training cases, compared over exactly the inputs that took part; None where there are none.

    They are context: nothing that was predicted depends on them. Where the calibration does not hold for the case
    (`uncalibrated.py`: a stranger to the bundle, a washed-out film) even the nearest are no evidence, which is said.
    """
    neighbours = predictor.neighbours
    if neighbours is None:
        return None
    with torch.inference_mode():
        found = neighbours.nearest(predictor.net.projected(prediction.z))
    if not found:
        return None
    findings = predictor.spec.findings
    cases = tuple(
        _case(neighbours, rank, place, similarity, findings) for rank, (place, similarity) in enumerate(found, start=1)
    )
    doubt = Words(
        "This case is unlike all that the model was calibrated on; even the nearest training cases are no evidence "
        "for it."
    )
    n_searched = len(neighbours.places_with(prediction.kinds))
    return SimilarCases(cases, n_searched, prediction.kinds, doubt if prediction.doubt else NOTHING)


def _case(neighbours: Neighbours, rank: int, place: int, similarity: float, findings: tuple[str, ...]) -> SimilarCase:
    labels = dict(zip(findings, neighbours.labels[place].tolist(), strict=True))
    known = {name: bool(label) for name, label in labels.items() if label != UNKNOWN_LABEL}
    return SimilarCase(rank, place + 1, similarity, known, bool(neighbours.simulated[place]))

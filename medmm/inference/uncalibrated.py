"""Where the calibration does not hold for an input that took part, no number is a probability, nothing is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from medmm.core.prediction import InputUse
from medmm.core.quality import InputKind
from medmm.core.words import Words, in_a_row

if TYPE_CHECKING:
    from medmm.inference.prediction import Prediction
    from medmm.inference.predictor import Predictor

# Remarks on inputs that are read all the same, though the calibration cases held none like them. A washed-out film says
# more than none, and less than its number claims (tests/benchmarks/bench_demotion.py).
OUTSIDE_CALIBRATION = frozenset({"image_saturated", *(f"{kind.value}_unlike_training" for kind in InputKind)})


def doubtful_kinds(uses: Mapping[InputKind, InputUse]) -> tuple[InputKind, ...]:
    """Name the inputs that take part although the calibration says nothing of inputs like them."""
    return tuple(
        kind for kind, use in uses.items() if use.used and any(note.code in OUTSIDE_CALIBRATION for note in use.gate)
    )


def withhold_probabilities(
    predictor: Predictor, prediction: Prediction, uses: Mapping[InputKind, InputUse]
) -> Prediction:
    """Show scores in place of probabilities, and decide nothing, where an input lies outside the calibration.

    Temperature, threshold and conformal limits were all measured on the calibration cases; split conformal prediction
    covers what is exchangeable with them and nothing else (Vovk, Gammerman and Shafer 2005, 2.2).
    """
    kinds = doubtful_kinds(uses)
    if not kinds:
        return prediction
    doubt = Words(
        "Cannot tell: the calibration does not hold for the {inputs} of this case; the checks say why.",
        inputs=in_a_row(kinds),
    )
    return replace(prediction, findings=predictor.answer(prediction.z, doubt=doubt), doubt=doubt)

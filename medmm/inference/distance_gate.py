"""Tell an input that is unlike everything that the model was calibrated on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from torch import Tensor

from medmm.core.prediction import InputUse
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words, in_a_row
from medmm.inference.gated_input import GatedInput
from medmm.models.spread import Spread

if TYPE_CHECKING:
    from medmm.inference.prediction import Prediction
    from medmm.inference.predictor import Predictor

# Of inputs like those of the calibration at most this share is taken for a stranger, for each kind of input.
ALPHA = 0.01


def strangers(predictor: Predictor, prediction: Prediction) -> dict[InputKind, float]:
    """Give the inputs of a predicted case that are unlike the calibration cases, with their p-values."""
    return {kind: p for kind, p in p_values(predictor.spreads, prediction.z).items() if p <= ALPHA}


def p_values(spreads: Mapping[InputKind, Spread], z: Mapping[InputKind, Tensor]) -> dict[InputKind, float]:
    """Give the conformal p-value of each present input of one case; of a kind without a spread none."""
    return {kind: float(spreads[kind].p_value(vector)[0]) for kind, vector in z.items() if kind in spreads}


def cannot_tell(predictor: Predictor, kinds: Iterable[InputKind]) -> tuple[QualityNote, ...]:
    """Say of which of these inputs the bundle does not know how far from its own cases they may lie."""
    unknown = [kind for kind in kinds if kind not in predictor.spreads]
    if not unknown:
        return ()
    message = Words(
        "The model's bundle lacks the distances of its own cases for: {kinds}. Whether this case is like them there "
        "cannot be told.",
        kinds=in_a_row(unknown),
    )
    return (QualityNote("distance_unknown", message, Severity.INFO),)


def with_remarks(gated: GatedInput, strange: Mapping[InputKind, float]) -> GatedInput:
    """Say of each stranger that the model's numbers do not hold for it; it stays in, and nothing is decided from it
    (`uncalibrated.py`).

    Taken out, it would take every real film with it: of 59 films of ChestX-ray14 and 56 of another collection all are
    strangers to a model that was calibrated on simulated patients (p = 0.001).
    """
    uses = dict(gated.uses)
    for kind, p in strange.items():
        message = Words(
            "The {kind} is unlike all that the model was calibrated on (p = {p:.3f}); "
            "its numbers and decisions are not known to hold here.",
            kind=kind,
            p=p,
        )
        note = QualityNote(f"{kind.value}_unlike_training", message, Severity.WARNING, kind)
        uses[kind] = InputUse(uses[kind].used, (*uses[kind].gate, note))
    return GatedInput(gated.model_input, uses)

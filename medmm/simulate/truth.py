"""What is true of a simulated patient, drawn before any input.

The rule, so that the best possible classifier is known. All draws are independent given what is named:

    background      smoker .35; copd .30 of smokers, .04 else; failing (known, stable heart failure) .12 to .34 by age
    pulmonary_edema .30 if failing, .17 else
    pneumonia       .15 if oedema, .27 else
    infection       .32 of those without pneumonia (bronchitis, urinary tract): fever and cough without a shadow
    scar            .36 of those without pneumonia and oedema: old scar or atelectasis, a shadow without disease
    pleural_effusion .34 if oedema, .30 if pneumonia, .14 else (the largest that applies)
    cardiomegaly    .42 if oedema or failing, .19 else
    nodule          .30 if smoker, .12 else
    pneumothorax    .06 if oedema or pneumonia, .22 else

Pneumonia, oedema and scar are painted by one painter (opacities.py) with overlapping patterns, so the film shows
*that* there is a shadow and hardly *which*. What note and vitals say is in evidence.py and vitals.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

FINDINGS = ("pneumonia", "pulmonary_edema", "pleural_effusion", "nodule", "cardiomegaly", "pneumothorax")
SILENT_NOTE = 0.13
SILENT_VITALS = 0.13
SILENT_FILM = 0.08


@dataclass(frozen=True)
class Truth:
    """Findings and background of one patient; silent inputs carry no evidence of any finding's cause.

    film_silent: pneumonia or oedema is there but paints nothing (an early film).
    """

    present: Mapping[str, bool]
    age: int
    is_female: bool
    smoker: bool
    copd: bool
    failing: bool
    infection: bool
    scar: bool
    note_silent: bool
    vitals_silent: bool
    film_silent: bool


def draw_truth(rng: np.random.Generator) -> Truth:
    """Draw background, then findings, by the table above."""
    age = int(np.clip(rng.normal(62, 17), 19, 94))
    smoker = _is(rng, 0.35)
    failing = _is(rng, 0.12 + 0.22 * np.clip((age - 45) / 40, 0, 1))
    copd = _is(rng, 0.30 if smoker else 0.04)
    oedema = _is(rng, 0.30 if failing else 0.17)
    pneumonia = _is(rng, 0.15 if oedema else 0.27)
    present = {
        "pneumonia": pneumonia,
        "pulmonary_edema": oedema,
        "pleural_effusion": _is(rng, 0.34 if oedema else 0.30 if pneumonia else 0.14),
        "nodule": _is(rng, 0.30 if smoker else 0.12),
        "cardiomegaly": _is(rng, 0.42 if oedema or failing else 0.19),
        "pneumothorax": _is(rng, 0.06 if oedema or pneumonia else 0.22),
    }
    infection, scar = _is(rng, 0.32), _is(rng, 0.36)
    return Truth(
        present=MappingProxyType(present),
        age=age,
        is_female=_is(rng, 0.5),
        smoker=smoker,
        copd=copd,
        failing=failing,
        infection=infection and not pneumonia,
        scar=scar and not pneumonia and not oedema,
        note_silent=_is(rng, SILENT_NOTE),
        vitals_silent=_is(rng, SILENT_VITALS),
        film_silent=_is(rng, SILENT_FILM),
    )


def _is(rng: np.random.Generator, probability: float) -> bool:
    return bool(rng.random() < probability)

"""What the clinical note may say, given the truth.

Noisy-or: each concept is true with chance 1 - (1 - base) x product over its true causes of (1 - weight). A silent note
keeps only the base. Infection stands for bronchitis or a urinary infection, failing for stable heart failure, so fever
and cough come without a shadow and orthopnoea without oedema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from medmm.simulate.truth import Truth

CONCEPTS: Mapping[str, tuple[float, Mapping[str, float]]] = MappingProxyType(
    {
        "fever": (0.04, {"pneumonia": 0.76, "infection": 0.70}),
        "chills": (0.03, {"pneumonia": 0.42, "infection": 0.36}),
        "cough": (0.14, {"pneumonia": 0.72, "infection": 0.62, "pulmonary_edema": 0.12, "copd": 0.3}),
        "sputum": (0.04, {"pneumonia": 0.50, "infection": 0.42, "copd": 0.15}),
        "crp": (0.06, {"pneumonia": 0.72, "infection": 0.58}),
        "dyspnoea": (
            0.15,
            {"pulmonary_edema": 0.66, "pneumonia": 0.45, "pleural_effusion": 0.4, "pneumothorax": 0.6, "copd": 0.4},
        ),
        "orthopnoea": (0.04, {"pulmonary_edema": 0.66, "failing": 0.44}),
        "night_dyspnoea": (0.03, {"pulmonary_edema": 0.40, "failing": 0.26}),
        "leg_swelling": (0.08, {"pulmonary_edema": 0.54, "failing": 0.46}),
        "weight_gain": (0.04, {"pulmonary_edema": 0.38, "failing": 0.22}),
        "heart_failure": (0.02, {"failing": 0.93, "cardiomegaly": 0.10, "pulmonary_edema": 0.15}),
        "hypertension": (0.35, {"cardiomegaly": 0.3, "pulmonary_edema": 0.2, "failing": 0.3}),
        "atrial_fibrillation": (0.07, {"failing": 0.25, "cardiomegaly": 0.15}),
        "murmur": (0.05, {"cardiomegaly": 0.28}),
        "apex_displaced": (0.02, {"cardiomegaly": 0.35}),
        "neck_veins": (0.03, {"pulmonary_edema": 0.42, "failing": 0.26}),
        "pleuritic_pain": (0.06, {"pneumothorax": 0.56, "pneumonia": 0.16, "pleural_effusion": 0.12}),
        "sudden_onset": (0.08, {"pneumothorax": 0.50, "pulmonary_edema": 0.15}),
        "trauma": (0.02, {"pneumothorax": 0.18}),
        "smoker": (0.03, {"smoker": 0.92}),
        "copd": (0.01, {"copd": 0.92}),
        "weight_loss": (0.05, {"nodule": 0.38}),
        "haemoptysis": (0.02, {"nodule": 0.14, "pneumonia": 0.06}),
        "cancer": (0.06, {"nodule": 0.26}),
        "old_scar": (0.03, {"scar": 0.35}),
        "focal_crackles": (0.05, {"pneumonia": 0.36, "scar": 0.16, "infection": 0.10}),
        "bibasal_crackles": (0.05, {"pulmonary_edema": 0.48, "failing": 0.26, "pneumonia": 0.12, "scar": 0.08}),
        "wheeze": (0.05, {"infection": 0.25, "copd": 0.4, "pulmonary_edema": 0.1}),
        "dull_base": (0.04, {"pleural_effusion": 0.48, "pneumonia": 0.10}),
        "absent_sounds": (0.03, {"pneumothorax": 0.42, "pleural_effusion": 0.10}),
        "diabetes": (0.18, {}),
        "dysuria": (0.02, {"infection": 0.25}),
    }
)
WITNESSES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "pneumonia": frozenset({"fever", "chills", "sputum", "crp", "focal_crackles"}),
        "pulmonary_edema": frozenset(
            {"orthopnoea", "night_dyspnoea", "leg_swelling", "weight_gain", "neck_veins", "bibasal_crackles"}
        ),
        "pleural_effusion": frozenset({"dull_base"}),
        "nodule": frozenset({"weight_loss", "haemoptysis", "cancer"}),
        "cardiomegaly": frozenset({"apex_displaced", "murmur", "heart_failure"}),
        "pneumothorax": frozenset({"pleuritic_pain", "sudden_onset", "absent_sounds"}),
    }
)
# Background stays visible in a silent note; only what points to a present disease falls silent.
_BACKGROUND = frozenset({"smoker", "copd", "failing"})


@dataclass(frozen=True)
class Evidence:
    """Concepts that hold for this patient as far as the note's writer knows."""

    holds: Mapping[str, bool]

    def speaks_for(self, finding: str) -> bool:
        """Tell whether at least one concept that is typical of the finding holds."""
        return any(self.holds[concept] for concept in WITNESSES[finding])


def draw_evidence(rng: np.random.Generator, truth: Truth) -> Evidence:
    """Draw every concept by the table."""
    active = {name for name, is_present in truth.present.items() if is_present and not truth.note_silent}
    active |= {name for name in ("smoker", "copd", "failing", "infection", "scar") if getattr(truth, name)}
    if truth.note_silent:
        active &= _BACKGROUND
    holds = {}
    for concept, (base, weights) in CONCEPTS.items():
        absent = (1 - base) * float(np.prod([1 - weight for cause, weight in weights.items() if cause in active]))
        holds[concept] = bool(rng.random() < 1 - absent)
    return Evidence(MappingProxyType(holds))

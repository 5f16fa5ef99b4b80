"""Scores of an evaluation made up for the report, without a model."""

from __future__ import annotations

import numpy as np

from medmm.core.quality import InputKind
from medmm.models.calibration import Calibration
from medmm.training.figures import DomainScores
from medmm.training.reading import CaseFacts
from medmm.training.subgroups import groups_of

FINDINGS = ("pneumonia", "pulmonary_edema", "pleural_effusion", "nodule", "cardiomegaly", "pneumothorax")
KINDS = (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)


def make_scores(n: int = 300, *, findings: tuple[str, ...] = FINDINGS, seed: int = 0) -> DomainScores:
    """Draw labels, and logits of every subset that grow with the number of inputs."""
    rng = np.random.default_rng(seed)
    labels = (rng.random((n, len(findings))) < 0.25).astype(float)
    shared = rng.normal(size=labels.shape)
    logits = {}
    for bits in range(1, 8):
        subset = frozenset(kind for place, kind in enumerate(KINDS) if bits >> place & 1)
        value = (0.9 + 0.6 * len(subset)) * labels + 0.6 * shared + 0.7 * rng.normal(size=labels.shape) - 1.6
        logits[subset] = value
    facts = [
        CaseFacts(
            age_years=float(rng.uniform(20, 90)), sex="FM"[i % 2], view=("PA", "AP")[i % 3 == 0], source="Maker A"
        )
        for i in range(n)
    ]
    ones, thresholds = dict.fromkeys(findings, 1.0), dict.fromkeys(findings, 0.35)
    calibration = Calibration(ones, thresholds, "Youden on 300 calibration patients.", 300)
    patients = tuple(f"p{i}" for i in range(n))
    return DomainScores("simulated", findings, labels, logits, patients, calibration, groups_of(facts))

"""One tabular variable, or that it is missing, which alone gives a finding away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from medmm.core.record import VITAL_SIGNS
from medmm.inference.prepare_vitals import summarise, usable_measurements
from medmm.models.spec import VITAL_STATISTICS
from medmm.training.leaks.values import ANSWER_AUROC, Leak, Material, leak
from medmm.training.metrics import auroc
from medmm.training.reading import Reading

CHANCE = 1e-3


def check_variables(material: Material) -> Iterator[Leak]:
    """Find variables whose value or absence alone gives a finding with AUROC above 0.98, in either direction."""
    names, table = variables(material)
    evidence = []
    for column, finding in enumerate(material.findings):
        y = material.labels[:, column]
        for place, name in enumerate(names):
            value = auroc(y, table[:, place])
            if max(value, 1 - value) > ANSWER_AUROC and _chance(y, table[:, place]) * table.size < CHANCE * len(table):
                evidence.append(f"{finding}: {name} alone gives AUROC {max(value, 1 - value):.3f}")
    if evidence:
        yield leak("variable_is_answer", f"{len(evidence)} variables tell a finding by themselves", evidence)


def variables(material: Material) -> tuple[list[str], NDArray[np.float64]]:
    """Give the names and values [N, V] of all variables; NaN where there is none."""
    signs = [sign.name for sign in VITAL_SIGNS]
    names = ["image.missing", "note.missing", "vitals.missing"]
    names += [f"{sign}.{part}" for sign in signs for part in (*VITAL_STATISTICS, "missing")]
    return names, np.array([_row(reading, signs) for reading in material.readings], dtype=np.float64)


def _row(reading: Reading, signs: list[str]) -> list[float]:
    measured = usable_measurements(reading.vitals, index_time=None)
    row = [float(reading.image is None), float(not reading.notes), float(not measured)]
    for sign in signs:
        series = [m for m in measured if m.name == sign]
        values = summarise(series, until=measured[-1].time) if series else (np.nan,) * len(VITAL_STATISTICS)
        row += [*values, float(not series)]
    return row


def _chance(labels: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    """Two-sided Mann-Whitney p: a few cases are told apart by some variable out of many."""
    from scipy.stats import mannwhitneyu

    known = ~(np.isnan(labels) | np.isnan(values))
    ill = known & (labels > 0.5)
    return float(mannwhitneyu(values[ill], values[known & ~ill]).pvalue)

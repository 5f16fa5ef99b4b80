"""Do the scores of a finding rise with the severity that readers saw on the film?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from medmm.training.domain_config import StudyConfig
from medmm.training.examples import Example
from medmm.training.studies.features import raw_numbers
from medmm.training.studies.values import Study, StudyRow, figure_row

TITLE = "severity as readers saw it"
ABOUT = (
    "Spearman's rank correlation of the finding's logit, from the image alone, with the readers' severity score; "
    "0 means that they have nothing to do with each other."
)
LEAST_CASES = 20


def measure_severity(
    domain: str,
    examples: Sequence[Example],
    logits: Mapping[str, NDArray[np.float64]],
    config: StudyConfig,
    *,
    samples: int,
    seed: int,
) -> Study | None:
    """Correlate logits [N] of each finding with each severity column; None where there are too few films."""
    severity = raw_numbers(examples, config.severity)
    rows: list[StudyRow] = []
    for place, column in enumerate(config.severity):
        known = np.flatnonzero(~np.isnan(severity[:, place]))
        if known.size < LEAST_CASES:
            continue
        patients = [examples[index].row.patient for index in known.tolist()]
        for finding in config.findings:
            pair = np.stack([severity[known, place], logits[finding][known]])
            name = f"{finding} and {column}"
            rows.append(figure_row(name, partial(_rho, pair), patients, samples=samples, seed=seed))
    return Study(domain, TITLE, ABOUT, "Spearman's rho", tuple(rows)) if rows else None


def _rho(pair: NDArray[np.float64], rows: NDArray[np.intp]) -> float:
    pair = pair[:, rows]
    if np.ptp(pair, axis=1).min() == 0:
        return float("nan")
    return float(spearmanr(pair[0], pair[1]).statistic)

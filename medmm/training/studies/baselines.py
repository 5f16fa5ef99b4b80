"""How well a finding is told without looking at the film: from its view, its site, age and sex, or the note's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from medmm.training.examples import Example
from medmm.training.scores import labels_of
from medmm.training.studies.features import one_hot, with_flags, word_counts
from medmm.training.studies.logistic import out_of_fold
from medmm.training.studies.values import LEAST_OF_A_CLASS, Study, StudyRow, ranking_row

Array = NDArray[np.float64]
TITLE = "without the film"
ABOUT = (
    "A logistic regression on what has nothing to do with the lungs, or on the words of the notes, asked only about "
    "patients that it was not fitted on. Where it does as well as the model, the model has shown nothing. Below 0.5 it "
    "found nothing: what is rare in the other folds is less so in the one that is asked about."
)


def measure_baselines(
    domain: str, examples: Sequence[Example], findings: Sequence[str], *, samples: int, seed: int
) -> Study | None:
    """Measure the baselines of one domain; None where no finding has enough cases of both kinds."""
    labels = labels_of(examples)
    columns = dict(_columns(examples))
    rows: list[StudyRow] = []
    for place, finding in enumerate(findings):
        for name, features in columns.items():
            row = _row(f"{finding}: {name}", features, labels[:, place], examples, samples=samples, seed=seed)
            rows += [row] if row else []
    return Study(domain, TITLE, ABOUT, "AUROC", tuple(rows)) if rows else None


def _columns(examples: Sequence[Example]) -> Iterator[tuple[str, Array]]:
    facts = [one.reading.facts for one in examples]
    for name, values in (("view", [one.view for one in facts]), ("site", [one.source for one in facts])):
        if len(set(values)) > 1:
            yield f"{name} alone", one_hot(values)
    ages = np.array([[np.nan if one.age_years is None else one.age_years] for one in facts])
    if not np.isnan(ages).all():
        yield "age and sex alone", np.concatenate([with_flags(ages), one_hot([one.sex for one in facts])], axis=1)
    words = word_counts(examples)
    if words.shape[1]:
        yield "words of the note alone", words


def _row(
    name: str, features: Array, truth: Array, examples: Sequence[Example], *, samples: int, seed: int
) -> StudyRow | None:
    known = np.flatnonzero(~np.isnan(truth))
    target = (truth[known] > 0.5).astype(np.intp)
    if np.bincount(target, minlength=2).min() < LEAST_OF_A_CLASS:
        return None
    patients = [examples[place].row.patient for place in known.tolist()]
    scores = out_of_fold(features[known], target, patients, seed)[:, 1]
    return ranking_row(name, target.astype(np.float64), scores, patients, samples=samples, seed=seed)

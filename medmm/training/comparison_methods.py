"""What is compared on one choice of encoders: every fusion, and every classical classifier on the same embeddings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from medmm.training.classifiers import CLASSIFIERS, ON_ALL_INPUTS, Array, Scorer, score_held_out
from medmm.training.comparison import Cohort, Sizes, fused_logits, train_fusion
from medmm.training.embed import Embedded

# Scores [test cases, F] of a choice of one encoder per input.
Method = Callable[[Sizes, Sequence[Embedded], Cohort, int], Array]


def methods(fusions: Iterable[str], *, classifiers: Iterable[str] = ON_ALL_INPUTS) -> Mapping[str, Method]:
    """Give the methods by name, fusions first."""
    found: dict[str, Method] = {name: partial(_fusion, name) for name in fusions}
    return found | {name: partial(_classifier, CLASSIFIERS[name]) for name in classifiers}


def _fusion(name: str, sizes: Sizes, chosen: Sequence[Embedded], cohort: Cohort, seed: int) -> Array:
    net = train_fusion(replace(sizes, fusion=name), chosen, cohort, seed=seed)
    return fused_logits(net, chosen, frozenset(sizes.input_kinds))[cohort.rows("test")]


def _classifier(scorer: Scorer, sizes: Sizes, chosen: Sequence[Embedded], cohort: Cohort, seed: int) -> Array:
    by_input = {each.kind.value: np.where(each.has[:, None], each.z, np.nan).astype(np.float64) for each in chosen}
    # A fusion fits on the training cases and stops by the validation cases; a classifier has the same patients.
    train, test = np.isin(cohort.parts, ("train", "validation")), cohort.parts == "test"
    return score_held_out(by_input, cohort.labels, train=train, test=test, scorer=scorer, seed=seed)

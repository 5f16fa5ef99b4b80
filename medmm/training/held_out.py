"""What networks said of cases that they had not seen, with every subset of the inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.quality import InputKind
from medmm.models.calibration import Calibration
from medmm.models.case_net import CaseNet
from medmm.models.spec import ModelSpec
from medmm.training.examples import Example
from medmm.training.figures import DomainScores
from medmm.training.folds import NO_FOLD
from medmm.training.scores import Subset, all_subsets, labels_of, predict_logits
from medmm.training.subgroups import groups_of

Array = NDArray[np.float64]


OUT_OF_FOLD, BEFORE_FOLDS = "out of fold", "before the folds"
ABOUT = {
    OUT_OF_FOLD: "answered by the members that had not seen the case's patient; what ships is made of all members",
    BEFORE_FOLDS: "answered by the network that all members begin with, which had seen no labelled film",
}


@dataclass(frozen=True)
class HeldOut:
    """title: a key of ABOUT; examples: those of a fold; logits: subset -> [N, F], means over the networks asked."""

    title: str
    examples: tuple[Example, ...]
    folds: NDArray[np.int64]
    logits: Mapping[Subset, Array]


class HeldOutCollector:
    """Gathers the answers of one network after the other."""

    def __init__(
        self, title: str, examples: Sequence[Example], folds: NDArray[np.int64], net_kinds: Sequence[InputKind]
    ) -> None:
        self._title, self._examples, self._folds = title, examples, folds
        self._subsets = all_subsets(net_kinds)
        self._sums: dict[Subset, Array] = {}
        self._counts = np.zeros(len(examples))

    def ask(self, net: CaseNet, fold: int) -> None:
        """Let a network answer for the cases of a fold."""
        held = np.flatnonzero(self._folds == fold).tolist()
        answers = predict_logits(net, [self._examples[place] for place in held], self._subsets)
        for subset, logits in answers.items():
            total = self._sums.setdefault(subset, np.zeros((len(self._examples), logits.shape[1])))
            total[held] += logits
        self._counts[held] += 1

    def result(self) -> HeldOut:
        """Give the means over the networks that were asked."""
        held = np.flatnonzero((self._folds != NO_FOLD) & (self._counts > 0))
        means = {subset: total[held] / self._counts[held, None] for subset, total in self._sums.items()}
        return HeldOut(self._title, tuple(self._examples[place] for place in held.tolist()), self._folds[held], means)


def held_out_domains(held: HeldOut, calibration: Calibration, spec: ModelSpec) -> Iterator[DomainScores]:
    """Give what is measured of each domain; kinds that no case of it has are left out."""
    for domain in dict.fromkeys(one.row.domain for one in held.examples):
        places = np.array([n for n, one in enumerate(held.examples) if one.row.domain == domain])
        chosen = [held.examples[place] for place in places.tolist()]
        logits = {subset: values[places] for subset, values in held.logits.items()}
        found = _found_kinds(logits)
        kept = {subset: values for subset, values in logits.items() if subset <= found}
        yield domain_scores(f"{domain} ({held.title})", chosen, kept, calibration, spec)


def domain_scores(
    title: str, examples: Sequence[Example], logits: Mapping[Subset, Array], calibration: Calibration, spec: ModelSpec
) -> DomainScores:
    """Put what was said of the cases of a domain beside what the sources say of them."""
    return DomainScores(
        title,
        spec.findings,
        labels_of(examples),
        logits,
        tuple(one.row.patient for one in examples),
        calibration,
        groups_of([one.reading.facts for one in examples]),
        head=spec.head,
    )


def _found_kinds(logits: Mapping[Subset, Array]) -> frozenset[InputKind]:
    singles = [subset for subset, values in logits.items() if len(subset) == 1 and np.isfinite(values).any()]
    return frozenset[InputKind]().union(*singles)

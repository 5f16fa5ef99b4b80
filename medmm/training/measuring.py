"""Everything that is measured of a trained network before it ships: calibration, figures, studies, heat maps."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from medmm.core.quality import InputKind
from medmm.models.calibration import Calibration
from medmm.models.case_net import CaseNet
from medmm.models.map_tests import MapTests
from medmm.training.calibrate import calibrate_cases
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example, kinds_of
from medmm.training.figures import DomainFigures, DomainScores, measure
from medmm.training.held_out import domain_scores, held_out_domains
from medmm.training.maps.measure import Plan, measure_maps
from medmm.training.patients import SIMULATED
from medmm.training.pattern_scores import LabelledLogits
from medmm.training.scores import all_subsets, labels_of, predict_logits
from medmm.training.studies.measure import measure_studies
from medmm.training.studies.values import Study
from medmm.training.trained import Trained

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Measured:
    """figures: one a domain; studies: what else was asked of real films; map_tests: None where no place is known."""

    calibration: Calibration
    figures: tuple[DomainFigures, ...]
    studies: tuple[Study, ...] = ()
    map_tests: MapTests | None = None


def measure_everything(
    trained: Trained, config: TrainingConfig, examples: Sequence[Example], *, root: Path
) -> Measured:
    """Calibrate on the calibration part and measure on what was not trained on.

    root: what the domains' folders are relative to.
    """
    net = trained.net
    calibration = calibrate_on(net, [e for e in examples if e.row.part == "calibration" and e.row.domain == SIMULATED])
    tested = [e for e in examples if e.row.part in ("test", "held_out") and not e.row.is_soft]
    scores = [*score_domains(net, tested, calibration)]
    for held in trained.held_out:
        scores += held_out_domains(held, calibration, net.spec)
    figures = measure_domains(scores, samples=config.bootstrap, seed=config.seed)
    simulated = [e for e in tested if e.row.domain == SIMULATED]
    plan = Plan("simulated patients of the test part", samples=config.bootstrap, seed=config.seed)
    maps = measure_maps(net, calibration, simulated, plan)
    return Measured(calibration, figures, measure_studies(net, config, examples, root=root), maps)


def calibrate_on(net: CaseNet, examples: Sequence[Example]) -> Calibration:
    """Fit temperatures, thresholds and conformal scores by pattern on cases that were not trained on."""
    return calibrate_cases(net.spec.findings, labelled_logits(net, examples), head=net.spec.head)


def labelled_logits(net: CaseNet, examples: Sequence[Example]) -> LabelledLogits:
    """Score labelled cases with every subset of the inputs."""
    own = tuple(kinds_of(example, net.spec) for example in examples)
    return LabelledLogits(labels_of(examples), predict_logits(net, examples, all_subsets(net.kinds)), own)


def measure_domains(domains: Sequence[DomainScores], *, samples: int, seed: int) -> tuple[DomainFigures, ...]:
    """Measure every domain by itself; pooling them would mix different patients into one number."""
    figures = []
    for scores in domains:
        figures.append(measure(scores, samples=samples, seed=seed))
        log.info("%s: %s", scores.domain, ", ".join(f"{name} {value}" for name, value in figures[-1].by_subset.items()))
    return tuple(figures)


def score_domains(net: CaseNet, examples: Sequence[Example], calibration: Calibration) -> Iterator[DomainScores]:
    """Score the cases of each domain with every subset of the inputs that are there."""
    for domain in dict.fromkeys(domain_title(example) for example in examples):
        chosen = [example for example in examples if domain_title(example) == domain]
        found = frozenset[InputKind]().union(*(kinds_of(e, net.spec) for e in chosen))
        subsets = all_subsets([kind for kind in net.kinds if kind in found])
        yield domain_scores(domain, chosen, predict_logits(net, chosen, subsets), calibration, net.spec)


def domain_title(example: Example) -> str:
    """Name a domain; rows that were never open to training stand apart from those that were held back by lot."""
    row = example.row
    return f"{row.domain} (rows for evaluation only)" if row.part == "held_out" else row.domain

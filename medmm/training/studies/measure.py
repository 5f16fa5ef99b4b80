"""All studies that a configuration asks for, domain by domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from medmm.models.case_net import CaseNet
from medmm.training.config import TrainingConfig
from medmm.training.domain_config import DomainConfig
from medmm.training.examples import Example
from medmm.training.studies.baselines import measure_baselines
from medmm.training.studies.films import FilmAnswers, answer_films
from medmm.training.studies.masks import measure_masks
from medmm.training.studies.outcome import measure_outcome
from medmm.training.studies.severity import measure_severity
from medmm.training.studies.values import Study


def measure_studies(
    net: CaseNet, config: TrainingConfig, examples: Sequence[Example], *, root: Path
) -> tuple[Study, ...]:
    """Measure baselines and studies of every domain whose films are there.

    root: what the domains' folders are relative to.
    """
    found: list[Study] = []
    for domain in config.domains:
        chosen = [one for one in examples if one.row.domain == domain.name and one.row.is_real]
        if not chosen:
            continue
        lots = {"samples": config.bootstrap, "seed": config.seed}
        baselines = measure_baselines(domain.name, chosen, config.findings, **lots)
        found += [baselines] if baselines else []
        # A study of films that the network was trained on would flatter it.
        unseen = [one for one in chosen if one.row.part == "held_out" and one.reading.image is not None]
        if unseen and _has_study(domain):
            found += _studies(net, domain, unseen, answer_films(net, unseen), root / domain.folder, **lots)
    return tuple(found)


def _has_study(domain: DomainConfig) -> bool:
    study = domain.study
    return bool(study.masks or study.severity or study.outcome)


def _studies(
    net: CaseNet,
    domain: DomainConfig,
    examples: Sequence[Example],
    answers: FilmAnswers,
    folder: Path,
    *,
    samples: int,
    seed: int,
) -> Iterator[Study]:
    study, names = domain.study, net.spec.findings
    places = {name: names.index(name) for name in study.findings if name in names}
    if study.masks and net.spec.image is not None:
        for name, place in places.items():
            found = measure_masks(
                domain.name,
                examples,
                answers.maps[:, place],
                net.spec.image,
                column=study.masks,
                finding=name,
                folder=folder,
                samples=samples,
                seed=seed,
            )
            if found is not None:
                yield found
    if study.severity:
        logits = {name: answers.logits[:, place] for name, place in places.items()}
        if (rising := measure_severity(domain.name, examples, logits, study, samples=samples, seed=seed)) is not None:
            yield rising
    if study.outcome is not None:
        told = measure_outcome(domain.name, examples, answers.vectors, study.outcome, samples=samples, seed=seed)
        if told is not None:
            yield told

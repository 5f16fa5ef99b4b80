"""The model card: data, n, figures with intervals per domain and per subset of inputs, limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from medmm.training.bootstrap import Estimate
from medmm.training.calibration_words import calibration_section
from medmm.training.config import StageConfig, TrainingConfig
from medmm.training.examples import Example
from medmm.training.figures import DomainFigures
from medmm.training.held_out import ABOUT
from medmm.training.leakage import LeakageReport
from medmm.training.maps.words import maps_section
from medmm.training.measuring import Measured
from medmm.training.neighbour_words import neighbours_section
from medmm.training.neighbours import Near
from medmm.training.pages.content import (
    COMPARED,
    calibration_sentence,
    calibration_table,
    claim,
    class_table,
    classes_sentence,
    comparison_table,
    decision_table,
    left_out_sentence,
    ranking_table,
    shown,
    subgroup_table,
    subset_table,
)
from medmm.training.pages.markdown import to_markdown
from medmm.training.pages.studies import studies_section
from medmm.training.start_weights import LoadReport

# Tensors of one encoder that are named one by one.
MOST_NAMED = 6


def write_card(
    path: Path,
    config: TrainingConfig,
    examples: Sequence[Example],
    found: Measured,
    leakage: LeakageReport | None = None,
    *,
    members: str = "",
    starts: Sequence[LoadReport] = (),
    near: Near | None = None,
) -> None:
    """Write docs/README.md of a bundle.

    members: the section on its members, if it has any; starts: what encoders began with weights of somebody else;
    near: the training cases that it holds.
    """
    parts = [
        f"# {config.name} {config.version}",
        config.description,
        "**For research and demonstration only. Not a medical device. Not for diagnosis.**",
        f"## Intended use\n\n{config.intended_use}",
        "## Limits\n\n" + "\n".join(f"- {limit}" for limit in config.limits),
        _data(config, examples),
        *([_leakage(leakage)] if leakage else []),
        _training(config),
        *([_starting_weights(starts)] if starts else []),
        *([members] if members else []),
        calibration_section(found.calibration, cases="simulated patients", hold_for="patients like the simulated ones"),
        *([_titles(found.figures)] if any(_title(figure) for figure in found.figures) else []),
        *(_domain(figure, config.bootstrap) for figure in found.figures),
        *([studies_section(found.studies)] if found.studies else []),
        *([maps_section(found.map_tests)] if found.map_tests else []),
        *([neighbours_section(near)] if near else []),
        "## Licence\n\nApache-2.0.",
    ]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _data(config: TrainingConfig, examples: Sequence[Example]) -> str:
    counts = Counter((example.row.domain, _role(example)) for example in examples)
    rows = [f"| {domain} | {role} | {n} |" for (domain, role), n in sorted(counts.items())]
    sources = [f"- {domain.name}: {domain.source}" for domain in config.domains]
    lines = ["## Data", "", "Split by patient.", "", "| domain | part | cases |", "|---|---|---|", *rows, "", *sources]
    return "\n".join(lines).rstrip()


def _leakage(report: LeakageReport) -> str:
    lines = [f"## Leakage\n\nLooked for in {report.n_cases} cases before training."]
    lines += [f"- `{one.code}`: {one.message}. Went on: {report.allowed[one.code]}." for one in report.leaks]
    if not report.leaks:
        lines.append("None of the known leaks was found.")
    lines += [
        f"- {probe.what} told by {probe.by}: AUROC {shown(Estimate(probe.auroc, probe.low, probe.high))}"
        for probe in report.probes
    ]
    return "\n".join(lines)


def _role(example: Example) -> str:
    return f"{example.row.part} (scores of another model as soft targets)" if example.row.is_soft else example.row.part


def _training(config: TrainingConfig) -> str:
    head = f"## Training\n\nSeed {config.seed}, run {config.run_id[:16]}.\n"
    if not config.base:
        return "\n".join([head, *map(_stage, config.stages)])
    first = "Once, on everything but the labelled films of the domains:\n"
    then = f"\nThen {config.folds or 'no'} folds of those films, a member for each, without the films of its fold:\n"
    return "\n".join([head, first, *map(_stage, config.base), then, *map(_stage, config.stages)])


def _stage(stage: StageConfig) -> str:
    share = f", {stage.base_share:.0%} of what the base learns from" if stage.base_share < 1 else ""
    frozen = f", frozen: {', '.join(stage.frozen)}" if stage.frozen else ""
    return (
        f"- {stage.epochs} epochs, inputs: {stage.inputs}, {stage.size} px, batch {stage.batch}, "
        f"rate {stage.rate} to {stage.end_rate}{frozen}{share}"
    )


def _starting_weights(starts: Sequence[LoadReport]) -> str:
    lines = ["## Starting weights\n\nThese encoders did not begin with random weights."]
    for report in starts:
        lines.append(f"- {report.sentence}. SHA-256 of the weights: `{report.sha256}`.")
        lines += [f"  - {name}: {how}" for name, how in report.adapted.items()]
        if report.missing:
            named = ", ".join(f"`{name}`" for name in report.missing[:MOST_NAMED])
            rest = len(report.missing) - MOST_NAMED
            lines.append(f"  - began at random: {named}{f' and {rest} more' if rest > 0 else ''}")
    return "\n".join(lines)


def _titles(figures: Sequence[DomainFigures]) -> str:
    titles = dict.fromkeys(title for figure in figures if (title := _title(figure)))
    lines = [f"- {title}: {ABOUT[title]}." for title in titles]
    return "\n".join(["What the titles of the following tables mean:", "", *lines])


def _title(figure: DomainFigures) -> str:
    return next((title for title in ABOUT if figure.domain.endswith(f"({title})")), "")


def _domain(figure: DomainFigures, samples: int) -> str:
    head = (
        f"{figure.n_cases} cases of {figure.n_patients} patients that were not trained on. 95 % intervals: bootstrap "
        f"over patients, {samples} draws, percentile; left out where a class is too rare for one. Detectable: the "
        "smallest paired difference of AUROC that such a sample finds (two-sided 5 % level, 80 % power)."
    )
    tables = [ranking_table(figure.findings), decision_table(figure.findings), subset_table(figure)]
    parts = [f"## Figures: {figure.domain}", head, *map(to_markdown, tables)]
    if figure.classes is not None:
        parts += [classes_sentence(figure.classes), to_markdown(class_table(figure.classes))]
    if figure.comparisons:
        parts += [claim(figure), COMPARED, to_markdown(comparison_table(figure.comparisons))]
    parts += [calibration_sentence(figure), to_markdown(calibration_table(figure.findings))]
    if figure.subgroups:
        parts += [left_out_sentence(figure), to_markdown(subgroup_table(figure))]
    return "\n\n".join(parts)

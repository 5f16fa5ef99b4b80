"""The model card: data, n, figures with intervals per domain and per subset of inputs, limits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from medmm.models.calibration import Calibration
from medmm.training.bootstrap import Estimate
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example
from medmm.training.figures import DomainFigures
from medmm.training.leakage import LeakageReport


def write_card(
    path: Path,
    config: TrainingConfig,
    examples: Sequence[Example],
    figures: Sequence[DomainFigures],
    calibration: Calibration,
    leakage: LeakageReport | None = None,
) -> None:
    """Write docs/README.md of a bundle."""
    parts = [
        f"# {config.name} {config.version}",
        config.description,
        "**For research and demonstration only. Not a medical device. Not for diagnosis.**",
        f"## Intended use\n\n{config.intended_use}",
        "## Limits\n\n" + "\n".join(f"- {limit}" for limit in config.limits),
        _data(config, examples),
        *([_leakage(leakage)] if leakage else []),
        _training(config),
        _calibration(calibration),
        *(_domain(figure, config.bootstrap) for figure in figures),
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
        f"- {probe.what} told by {probe.by}: AUROC {_shown(probe.auroc, probe.low, probe.high)}"
        for probe in report.probes
    ]
    return "\n".join(lines)


def _role(example: Example) -> str:
    return f"{example.row.part} (scores of another model as soft targets)" if example.row.is_soft else example.row.part


def _training(config: TrainingConfig) -> str:
    stages = [
        f"- {stage.epochs} epochs, inputs: {stage.inputs}, {stage.size} px, batch {stage.batch}, "
        f"rate {stage.rate} to {stage.end_rate}"
        for stage in config.stages
    ]
    return "\n".join([f"## Training\n\nSeed {config.seed}, run {config.run_id[:16]}.\n", *stages])


def _calibration(calibration: Calibration) -> str:
    rows = [
        f"| {name} | {calibration.temperatures[name]:.3f} | {calibration.thresholds[name]:.3f} |"
        for name in calibration.temperatures
    ]
    head = [
        "## Calibration",
        "",
        f"On {calibration.n_cases} simulated patients that were not trained on. Temperature: least negative "
        f"log-likelihood. Threshold: {calibration.threshold_rule} Probabilities hold for patients like the simulated "
        "ones; on other patients they are not calibrated.",
        "",
        "| finding | temperature | threshold |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows])


def _domain(figure: DomainFigures, samples: int) -> str:
    head = [
        f"## Figures: {figure.domain}",
        "",
        f"{figure.n_cases} cases of {figure.n_patients} patients that were not trained on. 95 % intervals: bootstrap "
        f"over patients, {samples} draws, percentile; a dash where a class is too rare for one.",
        "",
        "| finding | n | positive | AUROC | sensitivity | specificity |",
        "|---|---|---|---|---|---|",
    ]
    rows = [
        f"| {f.name} | {f.n} | {f.positives} | {_shown(f.auroc.value, f.auroc.low, f.auroc.high)} "
        f"| {_estimate(f.sensitivity)} | {_estimate(f.specificity)} |"
        for f in figure.findings
    ]
    subsets = [f"| {name} | {_shown(e.value, e.low, e.high)} |" for name, e in figure.by_subset.items()]
    table = ["", "| inputs | mean AUROC |", "|---|---|", *subsets]
    return "\n".join([*head, *rows, *table, "", *_remarks(figure)]).rstrip()


def _remarks(figure: DomainFigures) -> list[str]:
    lines = []
    if figure.gain is not None:
        gain = _shown(figure.gain.value, figure.gain.low, figure.gain.high)
        verdict = "a gain" if figure.gain.low > 0 else "no detectable gain at this n"
        lines.append(
            f"All inputs against the single input that is hardest to beat ({figure.best_single}), paired: "
            f"{gain}: {verdict}."
        )
    lines.append(
        f"Before and after temperature: ECE {figure.ece[0]:.3f} and {figure.ece[1]:.3f}, "
        f"NLL {figure.nll[0]:.3f} and {figure.nll[1]:.3f}."
    )
    return lines


def _shown(value: float, low: float, high: float) -> str:
    if not math.isfinite(value):
        return "–"
    return f"{value:.3f} ({low:.3f}–{high:.3f})" if math.isfinite(low) else f"{value:.3f} (–)"


def _estimate(estimate: Estimate) -> str:
    return _shown(estimate.value, estimate.low, estimate.high)

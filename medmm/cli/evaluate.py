"""`medmm evaluate`: figures of a bundle on patients with known truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, out, progress_bar
from medmm.core.cores import n_cores

if TYPE_CHECKING:
    from medmm.training.figures import DomainFigures


def evaluate(
    model: Annotated[str, typer.Argument(help="Bundle name or folder.")],
    manifest: Annotated[Path, typer.Option("--data", help="truth.csv of a cohort, or its folder.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for metrics.json, plots, report.html and report.pdf.")],
    classifiers: Annotated[
        bool, typer.Option("--classifiers", help="Also compare classical classifiers on the embeddings (minutes).")
    ] = False,
) -> None:
    """Score a cohort with every subset of inputs and print AUROC with 95 % intervals.

    Example: medmm evaluate chest-multimodal --data cohort/truth.csv --out figures
    """
    from medmm.training.evaluate import evaluate as measure
    from medmm.workflow.bundles import resolve_bundle

    cohort = manifest.parent if manifest.is_file() else manifest
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        figures = measure(
            resolve_bundle(model),
            cohort,
            out=out_dir,
            workers=n_cores(),
            with_classifiers=classifiers,
            progress=progress,
            cancel=cancel,
        )
    for line in _lines(figures):
        out.print(line)
    out.print(f"written: {out_dir / 'metrics.json'}, {out_dir / 'report.html'}, {out_dir / 'report.pdf'}")


def _lines(figures: DomainFigures) -> Iterator[str]:
    yield f"{figures.n_cases} cases, {figures.n_patients} patients; AUROC with 95 % interval (patients resampled)"
    for finding in figures.findings:
        yield f"  {finding.name:20} {finding.auroc}   {finding.positives} of {finding.n} positive"
    if figures.classes is not None:
        yield f"  likeliest class is the true one {figures.classes.accuracy}"
    for inputs, estimate in sorted(figures.by_subset.items(), key=lambda entry: -entry[1].value):
        yield f"  mean, {inputs:18} {estimate}"
    yield from (f"  all inputs less {one.rival:31} {one.difference}   p {one.p:.3f}" for one in figures.comparisons)
    if figures.gain is not None:
        yield "  gain over the best single input" if figures.gain.low > 0 else "  no detectable gain at this n"
    yield f"  calibration error {figures.ece[0]:.3f} before, {figures.ece[1]:.3f} after temperature"

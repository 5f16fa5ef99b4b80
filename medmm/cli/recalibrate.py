"""`medmm recalibrate`: a bundle's probabilities and doubt from a department's own labelled cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, out, progress_bar
from medmm.core.cores import n_cores

if TYPE_CHECKING:
    from medmm.training.recalibrate import Recalibrated
    from medmm.training.recalibration import Losses


def recalibrate(
    model: Annotated[str, typer.Argument(help="Bundle name or folder.")],
    manifest: Annotated[Path, typer.Option("--data", help="truth.csv of labelled cases, or its folder.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder of the new bundle; it must not exist.")],
    name: Annotated[str, typer.Option("--name", help="Name of the new bundle.")] = "",
    version: Annotated[str, typer.Option("--version", help="Version of the new bundle.")] = "",
    left_out: Annotated[
        list[str] | None,
        typer.Option("--leave-out", help="A finding with too few cases: it stays as it was, always uncertain."),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", help="The bundle's training config, where the cases are its own cohort."),
    ] = None,
) -> None:
    """Fit probabilities and doubt of a bundle on labelled cases and write another bundle; the first one stays as it is.

    Example: medmm recalibrate chest-multimodal --data our_cases/truth.csv --out ours

    The cases must be some that the model was not trained on; --config takes the calibration part of its own cohort.
    """
    from medmm.training.config import load_config
    from medmm.training.recalibrate import Request
    from medmm.training.recalibrate import recalibrate as fit
    from medmm.workflow.bundles import resolve_bundle

    request = Request(
        cohort=manifest.parent if manifest.is_file() else manifest,
        out=out_dir,
        name=name,
        version=version,
        config=load_config(config) if config else None,
        left_out=tuple(left_out or ()),
    )
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        found = fit(resolve_bundle(model), request, workers=n_cores(), progress=progress, cancel=cancel)
    for line in _lines(found):
        out.print(line)


def _lines(found: Recalibrated) -> Iterator[str]:
    yield f"{found.name} {found.version}: calibrated on {found.calibration.n_cases} cases; measured on held-out ones:"
    mean, *every = found.figures
    for one in (*every, mean):
        yield f"  {one.name or 'mean':20} {_losses(one.losses)}"
    for pattern, scores in found.calibration.patterns.items():
        yield f"  decisions from {pattern}: {scores.n_cases} cases, {scores.n_own} with exactly these inputs"
    yield f"written: {found.folder}"


def _losses(losses: Losses) -> str:
    return (
        f"NLL {losses.nll_before} before, {losses.nll_after} after   "
        f"ECE {losses.ece_before} before, {losses.ece_after} after"
    )

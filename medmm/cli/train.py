"""`medmm train`: a bundle from a config."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, err, out, progress_bar


def train(
    config: Annotated[Path, typer.Argument(help="Training config (YAML).")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the cohort, checkpoints and the bundle.")],
    allow_leak: Annotated[
        list[str] | None, typer.Option("--allow-leak", help="Go on in spite of this kind of leakage (its code).")
    ] = None,
) -> None:
    """Train a model bundle; simulates its patients first when the config asks for them. Resumes where it stopped.

    Example: medmm train resources/training/chest-multimodal.yaml --out run
    """
    from medmm.training.config import load_config
    from medmm.training.fit import fit
    from medmm.workflow.simulation import simulate_patients

    settings = load_config(config)
    cohort = out_dir / "cohort"
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        if settings.simulate is not None and not cohort.exists():
            # Named so once it is whole: a run that was killed while it simulated begins again.
            unfinished = out_dir / "cohort.new"
            shutil.rmtree(unfinished, ignore_errors=True)
            err.print(f"simulating {settings.simulate.patients} patients (seed {settings.simulate.seed})")
            simulate_patients(
                unfinished,
                n_patients=settings.simulate.patients,
                seed=settings.simulate.seed,
                inputs=frozenset(settings.inputs),
                workers=os.cpu_count() or 1,
                progress=progress,
                cancel=cancel,
            )
            unfinished.rename(cohort)
        bundle = fit(
            settings,
            cohort=cohort,
            out=out_dir,
            allow_leaks=allow_leak or (),
            tell=err.print,
            progress=progress,
            cancel=cancel,
        )
    out.print(f"leakage: {out_dir / 'leakage.json'}")
    out.print(f"bundle: {bundle}")

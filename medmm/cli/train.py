"""`medmm train`: a bundle from a config."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, err, out, progress_bar
from medmm.core.cores import n_cores
from medmm.core.progress import CancelToken, Progress, no_progress

if TYPE_CHECKING:
    from medmm.training.config import TrainingConfig


def train(
    config: Annotated[Path, typer.Argument(help="Training config (YAML).")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the cohort, checkpoints and the bundle.")],
    allow_leak: Annotated[
        list[str] | None, typer.Option("--allow-leak", help="Go on in spite of this kind of leakage (its code).")
    ] = None,
) -> None:
    """Train a model bundle; simulates its patients first when the config asks for them. Resumes where it stopped.

    Example: medmm train resources/training/chest-multimodal.yaml --out run

    Several GPUs: torchrun --nproc-per-node 4 main.py train CONFIG --out run (needs `pip install "medmm[distributed]"`).
    """
    from medmm.training.config import load_config
    from medmm.training.fit import fit
    from medmm.training.ranks import join_ranks

    settings = load_config(config)
    cohort = out_dir / "cohort"
    with join_ranks(settings.device) as ranks, progress_bar() as bar, cancel_on_interrupt() as cancel:
        progress = bar if ranks.is_first else no_progress
        with ranks.first_alone():
            if settings.simulate is not None and not cohort.exists():
                _simulate(settings, cohort, progress, cancel)
        bundle = fit(
            settings,
            cohort=cohort,
            out=out_dir,
            allow_leaks=allow_leak or (),
            tell=err.print,
            progress=progress,
            cancel=cancel,
            ranks=ranks,
        )
    if ranks.is_first:
        out.print(f"leakage: {out_dir / 'leakage.json'}")
        out.print(f"bundle: {bundle}")


def _simulate(settings: TrainingConfig, cohort: Path, progress: Progress, cancel: CancelToken) -> None:
    from medmm.workflow.simulation import simulate_patients

    assert settings.simulate is not None
    # Named so once it is whole: a run that was killed while it simulated begins again.
    unfinished = cohort.with_name("cohort.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    err.print(f"simulating {settings.simulate.patients} patients (seed {settings.simulate.seed})")
    simulate_patients(
        unfinished,
        n_patients=settings.simulate.patients,
        seed=settings.simulate.seed,
        inputs=frozenset(settings.inputs),
        workers=n_cores(),
        progress=progress,
        cancel=cancel,
    )
    unfinished.rename(cohort)

"""`medmm simulate`: patients with planted truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, out, progress_bar
from medmm.cli.score import parse_kinds
from medmm.core.cores import n_cores


def simulate(
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the patients and truth.csv.")],
    patients: Annotated[int, typer.Option(min=1, help="How many.")] = 10,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 0,
    inputs: Annotated[
        str, typer.Option(help="Which inputs to write: image, note, vitals, audio.")
    ] = "image,note,vitals",
    planted: Annotated[bool, typer.Option("--planted", help="Add a finding that no single input can tell.")] = False,
) -> None:
    """Simulate patients: film, note, vital signs and, if asked for, a recording of the lungs, with known findings.

    Example: medmm simulate --out cohort --patients 20 --seed 7
    """
    from medmm.workflow.simulation import simulate_patients

    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        truth = simulate_patients(
            out_dir,
            n_patients=patients,
            seed=seed,
            inputs=parse_kinds(inputs),
            workers=n_cores(),
            is_planted=planted,
            progress=progress,
            cancel=cancel,
        )
    out.print(f"{patients} patients in {out_dir}, truth in {truth}")

"""`medmm batch`: every patient folder below a root."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, err, out, progress_bar
from medmm.core.errors import Cancelled


def batch(
    root: Annotated[Path, typer.Argument(help="Folder whose subfolders are one patient each.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    resume: Annotated[bool, typer.Option(help="Go on with a batch that was interrupted.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="Attempt at most so many cases; 0 = all.")] = 0,
    pdf: Annotated[bool, typer.Option(help="Write a PDF for each case.")] = False,
    workers: Annotated[int, typer.Option(min=0, help="Processes that read patients; 0 = half as many as cores.")] = 0,
    watch: Annotated[bool, typer.Option(help="Score patients as they arrive, until Ctrl+C.")] = False,
    quiet: Annotated[float, typer.Option(min=1, help="With --watch: seconds without a change.")] = 30,
    store: Annotated[
        str, typer.Option(help="Keep the rows on a server: postgresql://USER@HOST/DATABASE; empty = a file in --out.")
    ] = "",
    model: Annotated[str, typer.Option(help="Bundle name or folder; empty = the shipped one.")] = "",
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
) -> None:
    """Score a whole folder; safe to interrupt and to resume.

    Example: medmm batch resources/samples --out night --resume
    """
    from medmm.core.cores import n_lanes, n_readers_for
    from medmm.workflow.batch import BatchJob, score_batch
    from medmm.workflow.batch_watch import watch_folder
    from medmm.workflow.bundles import resolve_bundle
    from medmm.workflow.engine import LocalEngine

    n_readers = n_readers_for(workers)
    engine = LocalEngine(resolve_bundle(model), device=device, n_threads=1, n_lanes=n_lanes())
    job = BatchJob(root.absolute(), out_dir.absolute(), resume, limit, pdf, n_readers, store)
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        try:
            if watch:
                watch_folder(job, engine, quiet_s=quiet, progress=progress, cancel=cancel)
            summary = score_batch(job, engine, progress=progress, cancel=cancel)
        except Cancelled:
            again = f"medmm batch {root} --out {out_dir} --resume" + (" and the same --store" if store else "")
            err.print(f"Stopped; everything finished is kept. Go on with: {again}")
            raise
    counts = ", ".join(f"{count} {outcome}" for outcome, count in summary.outcomes.items() if count)
    out.print(f"{summary.n_cases} cases: {counts}. Results in {out_dir}")

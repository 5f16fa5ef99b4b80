"""`medmm batch`: every patient folder below a root."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, err, out, progress_bar
from medmm.core.errors import Cancelled
from medmm.core.progress import CancelToken, Progress

if TYPE_CHECKING:
    from medmm.workflow.batch import BatchJob
    from medmm.workflow.batch_tables import BatchSummary
    from medmm.workflow.cluster.run import ClusterJob


class EngineKind(StrEnum):
    """What runs the batch."""

    LOCAL = "local"
    RAY = "ray"


def batch(
    root: Annotated[
        str, typer.Argument(help="Folder whose subfolders are one patient each; with ray also s3://BUCKET/FOLDER.")
    ],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    resume: Annotated[bool, typer.Option(help="Go on with a batch that was interrupted.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="Attempt at most so many cases; 0 = all.")] = 0,
    pdf: Annotated[bool, typer.Option(help="Write a PDF for each case.")] = False,
    workers: Annotated[
        int,
        typer.Option(
            min=0,
            help="Processes that read patients; 0 = half as many as cores. "
            "With ray: for each network; 0 = one beside a CPU, all cores of a GPU beside it.",
        ),
    ] = 0,
    watch: Annotated[bool, typer.Option(help="Score patients as they arrive, until Ctrl+C.")] = False,
    quiet: Annotated[float, typer.Option(min=1, help="With --watch: seconds without a change.")] = 30,
    store: Annotated[
        str, typer.Option(help="Keep the rows on a server: postgresql://USER@HOST/DATABASE; empty = a file in --out.")
    ] = "",
    engine: Annotated[EngineKind, typer.Option(help="This machine, or a Ray cluster.")] = EngineKind.LOCAL,
    ray_address: Annotated[
        str, typer.Option(help="With ray: head of the cluster as HOST:PORT; empty = Ray is started on this machine.")
    ] = "",
    parts: Annotated[
        str,
        typer.Option(help="With ray: path or address where workers leave results to merge; empty = a folder in --out."),
    ] = "",
    model: Annotated[str, typer.Option(help="Bundle name or folder; empty = the shipped one.")] = "",
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
) -> None:
    """Score a whole folder; safe to interrupt and to resume.

    Example: medmm batch resources/samples --out night --resume
    """
    from medmm.workflow.batch import BatchJob
    from medmm.workflow.cluster.run import ClusterJob

    _refuse(root, engine, watch=watch, of_ray=ray_address or parts)
    job = BatchJob(Path(root).absolute(), out_dir.absolute(), resume, limit, pdf, workers, store)
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        try:
            if engine is EngineKind.RAY:
                where = root if "://" in root else str(job.root)
                summary = _on_cluster(ClusterJob(where, job, parts, ray_address), model, device, progress, cancel)
            else:
                summary = _here(job, model, device, progress, cancel, quiet_s=quiet if watch else 0.0)
        except Cancelled:
            flags = {"--engine ray": engine is EngineKind.RAY, "--pdf": pdf, "--watch": watch}
            given = {"--store": store, "--ray-address": ray_address, "--parts": parts, "--model": model}
            err.print(f"Stopped; everything finished is kept. Go on with: {_again(root, out_dir, flags, given)}")
            raise
    counts = ", ".join(f"{count} {outcome}" for outcome, count in summary.outcomes.items() if count)
    out.print(f"{summary.n_cases} cases: {counts}. Results in {out_dir}")


def _refuse(root: str, engine: EngineKind, *, watch: bool, of_ray: str) -> None:
    if engine is EngineKind.RAY and watch:
        raise typer.BadParameter("--watch runs on this machine alone, without --engine ray")
    if engine is EngineKind.LOCAL and ("://" in root or of_ray):
        raise typer.BadParameter("addresses, --ray-address and --parts need --engine ray")


def _again(root: str, out_dir: Path, flags: Mapping[str, bool], given: Mapping[str, str]) -> str:
    wanted = " ".join(["", *(flag for flag, is_set in flags.items() if is_set), "--resume"])
    # Not their values: an address may hold a name that is nobody's business.
    same = ", ".join(name for name, value in given.items() if value)
    return f"medmm batch {root} --out {out_dir}{wanted}" + (f" and the same {same}" if same else "")


def _here(
    job: BatchJob, model: str, device: str, progress: Progress, cancel: CancelToken, *, quiet_s: float
) -> BatchSummary:
    from dataclasses import replace

    from medmm.core.cores import n_lanes, n_readers_for
    from medmm.workflow.batch import score_batch
    from medmm.workflow.batch_watch import watch_folder
    from medmm.workflow.bundles import resolve_bundle
    from medmm.workflow.engine import LocalEngine

    n_readers = n_readers_for(job.n_readers)
    engine = LocalEngine(resolve_bundle(model), device=device, n_threads=1, n_lanes=n_lanes())
    job = replace(job, n_readers=n_readers)
    if quiet_s:
        watch_folder(job, engine, quiet_s=quiet_s, progress=progress, cancel=cancel)
    return score_batch(job, engine, progress=progress, cancel=cancel)


def _on_cluster(job: ClusterJob, model: str, device: str, progress: Progress, cancel: CancelToken) -> BatchSummary:
    from medmm.workflow.bundles import bundle_sha256, resolve_bundle
    from medmm.workflow.cluster.actor import BundleRecipe
    from medmm.workflow.cluster.run import score_on_cluster

    bundle = resolve_bundle(model).absolute()
    recipe = BundleRecipe(bundle, bundle_sha256(bundle), device)
    summary, set_aside = score_on_cluster(job, recipe, progress=progress, cancel=cancel)
    for told in set_aside:
        err.print(told)
    return summary

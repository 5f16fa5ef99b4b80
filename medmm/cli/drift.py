"""`medmm drift`: what moved between two batches of the same folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from medmm.cli.console import out
from medmm.cli.tables import SIGNS
from medmm.core.comparison import FindingDelta
from medmm.core.prediction import FindingScore
from medmm.core.words import as_title

SHOWN = 20


def drift(
    before: Annotated[Path, typer.Argument(help="Folder of an earlier batch (its --out).")],
    after: Annotated[Path, typer.Argument(help="Folder of the later batch of the same patients.")],
    out_file: Annotated[Path | None, typer.Option("--out", help="CSV with every finding of every case.")] = None,
) -> None:
    """Compare two batches: decisions that changed and numbers that moved by more than 0.1, the largest first.

    Example: medmm drift night_1.0 night_1.1 --out drift.csv
    """
    from medmm.workflow.drift import read_drift, write_drift

    found = read_drift(before, after)
    n_flipped = sum(delta.is_flipped for case in found.cases for delta in case.moved)
    n_large = sum(delta.is_large for case in found.cases for delta in case.moved)
    out.print(
        f"{len(found.cases)} cases in both: something moved in {len(found.moved)}; "
        f"decisions changed: {n_flipped}, numbers moved by more than 0.1: {n_large}",
        style="bold",
    )
    for title, keys in (("only before", found.only_before), ("only after", found.only_after)):
        if keys:
            out.print(f"{title}: {len(keys)} cases, first {keys[0]}", style="yellow")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("case", "finding", "before", "after", "difference", "decision"):
        table.add_column(title, justify="right" if title in ("before", "after", "difference") else "left")
    moved = [(case.key, delta) for case in found.moved for delta in case.moved]
    for key, delta in moved[:SHOWN]:
        table.add_row(key, *_cells(delta))
    if moved:
        out.print(table)
    if len(moved) > SHOWN:
        out.print(f"and {len(moved) - SHOWN} more; --out lists all of them")
    if out_file is not None:
        out.print(f"written: {write_drift(found, out_file)}")


def _cells(delta: FindingDelta) -> tuple[str, ...]:
    change = "" if delta.shown is None else f"{delta.shown:+.3f}"
    first, second = _decision(delta.first), _decision(delta.second)
    decision = f"{first} > {second}" if delta.is_flipped or not (first and second) else first
    return as_title(delta.name), _number(delta.first), _number(delta.second), change, decision


def _number(finding: FindingScore | None) -> str:
    return "-" if finding is None else f"{finding.shown:.3f}"


def _decision(finding: FindingScore | None) -> str:
    return "" if finding is None else f"{SIGNS[finding.decision]} {finding.decision}"

"""`medmm drift`: what changed between two batches of the same folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from medmm.cli.console import out
from medmm.core.words import as_title

if TYPE_CHECKING:
    from medmm.workflow.batch_compare import Change

SHOWN = 20


def drift(
    before: Annotated[Path, typer.Argument(help="Folder of an earlier batch (its --out).")],
    after: Annotated[Path, typer.Argument(help="Folder of the later batch of the same patients.")],
    out_file: Annotated[Path | None, typer.Option("--out", help="CSV with every change.")] = None,
) -> None:
    """Compare two batches: outcomes and decisions that changed, numbers that moved by more than 0.1.

    Example: medmm drift night_1.0 night_1.1 --out drift.csv
    """
    from medmm.workflow.batch_compare import compare_batches, write_drift

    found = compare_batches(before, after)
    out.print(
        f"{found.n_cases} cases in both: something changed in {found.n_changed_cases}; "
        f"decisions changed: {found.n_other_decisions}",
        style="bold",
    )
    for title, n_cases in (("only before", found.only_before), ("only after", found.only_after)):
        if n_cases:
            out.print(f"{title}: {n_cases} cases", style="yellow")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("case", "finding", "before", "after", "difference", "decision"):
        table.add_column(title, justify="right" if title in ("before", "after", "difference") else "left")
    for change in found.changes[:SHOWN]:
        table.add_row(change.case, *_cells(change))
    if found.changes:
        out.print(table)
    if len(found.changes) > SHOWN:
        out.print(f"and {len(found.changes) - SHOWN} more; --out lists all of them")
    if out_file is not None:
        out.print(f"written: {write_drift(found, out_file)}")


def _cells(change: Change) -> tuple[str, ...]:
    numbers = ("-" if one is None else f"{one:.3f}" for one in (change.before, change.after))
    difference = "" if change.by is None else f"{change.by:+.3f}"
    decisions = (change.decision_before, change.decision_after)
    decision = " > ".join(one or "-" for one in decisions) if change.is_other_decision else change.decision_after
    return as_title(change.finding) if change.finding else "", *numbers, difference, decision

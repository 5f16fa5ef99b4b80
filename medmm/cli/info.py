"""`medmm info`: what a folder holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, out, print_json, progress_bar
from medmm.cli.tables import print_checks
from medmm.core.case import CaseSources


def info(
    path: Annotated[Path, typer.Argument(help="Patient folder, file, zip or tar.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Show series, notes, vitals and checks, and every skipped file with its reason.

    Example: medmm info resources/samples/chest_no_vitals
    """
    from medmm.workflow.inventory import describe_case, inventory_lines
    from medmm.workflow.open_case import open_case
    from medmm.workflow.unread import UNREAD

    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        case = open_case(CaseSources(path.absolute()), progress=progress, cancel=cancel)
    if as_json:
        print_json(describe_case(case))
        return
    for line in inventory_lines(case):
        out.print(line)
    print_checks(tuple(check for check in case.checks if check.code != UNREAD))
    for skipped in case.skipped:
        out.print(f"skipped {skipped.path.name}: {skipped.reason}", style="yellow")

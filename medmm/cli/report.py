"""`medmm report`: the PDF again, from a stored result."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.console import out


def report(
    result: Annotated[Path, typer.Argument(help="A result.json that `score --out` or `batch` wrote.")],
    out_file: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    patient: Annotated[Path | None, typer.Option(help="The patient folder, for image, note and vitals.")] = None,
) -> None:
    """Write the PDF of a stored result again.

    Example: medmm report result/result.json --patient resources/samples/chest_pneumonia --out report.pdf
    """
    from medmm.workflow.export import write_report_again

    out.print(f"written: {write_report_again(result, out_file, patient=patient)}")

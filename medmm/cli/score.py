"""`medmm score`: one patient."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.console import cancel_on_interrupt, out, print_json, progress_bar
from medmm.cli.tables import print_result
from medmm.core.case import CaseSources
from medmm.core.quality import InputKind


def score(
    path: Annotated[Path, typer.Argument(help="Patient folder, file, zip or tar.")],
    model: Annotated[str, typer.Option(help="Bundle name or folder; empty = the shipped one.")] = "",
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    without: Annotated[str, typer.Option(help="Inputs to leave out: image,note,vitals.")] = "",
    explain: Annotated[bool, typer.Option(help="Compute heat maps, word and vital weights.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder for result.json, overlays and the PDF.")] = None,
    pdf: Annotated[bool, typer.Option(help="Write report.pdf into --out.")] = False,
    override: Annotated[
        str, typer.Option("--override-identity", help="Reason for scoring in spite of a conflict.")
    ] = "",
) -> None:
    """Score one patient and explain it.

    Example: medmm score resources/samples/chest_pneumonia --out result --pdf
    """
    if pdf and out_dir is None:
        raise typer.BadParameter("--pdf needs --out DIR")
    sources = CaseSources(path.absolute(), without=parse_kinds(without), identity_override=override)
    from medmm.workflow.bundles import resolve_bundle
    from medmm.workflow.engine import LocalEngine
    from medmm.workflow.export import write_result
    from medmm.workflow.open_case import open_case
    from medmm.workflow.result_json import result_to_json
    from medmm.workflow.reviews import reviews_for

    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        case = open_case(sources, progress=progress, cancel=cancel)
        engine = LocalEngine(resolve_bundle(model), device=device)
        result = engine.score(case, explain=explain, progress=progress, cancel=cancel)
        log = reviews_for(case, result)
        written = write_result(case, result, out_dir, pdf=pdf, log=log) if out_dir else ()
    if as_json:
        # With --out the same document as in the file, which names the overlays beside it.
        print_json(json.loads(written[0].read_text("utf-8")) if written else result_to_json(case, result, log=log))
        return
    print_result(case, result)
    for file in written:
        out.print(f"written: {file}")


def parse_kinds(text: str) -> frozenset[InputKind]:
    """Turn "note,vitals" into input kinds; a wrong word is a usage error with the nearest known one."""
    from medmm.core.lookup import find_entry

    table = {kind.value: kind for kind in InputKind}
    try:
        return frozenset(find_entry(table, word.strip(), what="input") for word in text.split(",") if word.strip())
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error

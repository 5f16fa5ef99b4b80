"""`medmm score`: one patient."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from medmm.cli.comparison_table import print_comparison
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
    former: Annotated[
        Path | None, typer.Option("--compare", help="result.json of an earlier run: tell what is different now.")
    ] = None,
    against: Annotated[str, typer.Option(help="A second bundle: its numbers beside those of --model.")] = "",
) -> None:
    """Score one patient and explain it; on request beside an earlier result, or beside another bundle.

    Example: medmm score resources/samples/chest_pneumonia --out result --pdf

    Run again and compare: medmm score PATIENT --compare result/result.json
    """
    if pdf and out_dir is None:
        raise typer.BadParameter("--pdf needs --out DIR")
    sources = CaseSources(path.absolute(), without=parse_kinds(without), identity_override=override)
    from medmm.core.comparison import compare
    from medmm.workflow.bundles import resolve_bundle
    from medmm.workflow.engine import LocalEngine
    from medmm.workflow.export import write_result
    from medmm.workflow.open_case import open_case
    from medmm.workflow.result_json import result_to_json
    from medmm.workflow.reviews import reviews_for
    from medmm.workflow.stored_result import read_stored

    # Before anything is computed: a wrong name is told at once.
    stored = read_stored(former) if former else None
    bundle, other = resolve_bundle(model), resolve_bundle(against) if against else None
    compared = {}
    with progress_bar() as progress, cancel_on_interrupt() as cancel:
        case = open_case(sources, progress=progress, cancel=cancel)
        result = LocalEngine(bundle, device=device).score(case, explain=explain, progress=progress, cancel=cancel)
        if stored is not None:
            compared["rerun"] = compare(stored.result, result)
        if other is not None:
            second = LocalEngine(other, device=device).score(case, explain=False, progress=progress, cancel=cancel)
            compared["against"] = compare(result, second)
        log = reviews_for(case, result)
        written = write_result(case, result, out_dir, pdf=pdf, log=log, compared=compared) if out_dir else ()
    if as_json:
        # With --out the same document as in the file, which names the overlays beside it.
        document = result_to_json(case, result, log=log, compared=compared)
        print_json(json.loads(written[0].read_text("utf-8")) if written else document)
        return
    print_result(case, result)
    for name, comparison in compared.items():
        print_comparison(comparison, what=name)
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

"""Results and findings of a scan as readable tables."""

from __future__ import annotations

from rich.table import Table

from medmm.cli.console import out
from medmm.core.case import Case
from medmm.core.identity import display_name
from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.similar import SimilarCases

SIGNS = {"positive": "▲", "uncertain": "◐", "negative": "●"}
# Remarks of lowest severity that are told all the same: what the decisions rest on.
DOUBT_CODES = ("no_conformal_decision", "no_conformal_by_inputs", "conformal_pooled")
STYLES = {"positive": "yellow", "uncertain": "magenta", "negative": "green"}


def print_result(case: Case, result: CaseResult) -> None:
    """Print the patient, the findings with shares, what was not used and why, and the model."""
    patient = case.patient
    out.print(
        f"{display_name(patient.name) or 'name not stated'}   ID {patient.patient_id or 'not stated'}   {patient.sex}"
    )
    out.print("RESEARCH USE ONLY - not for diagnosis", style="bold")
    out.print(_findings_table(result))
    _print_doubt(result)
    _print_maps(result)
    for kind, use in result.inputs_used.items():
        if not use.used and any(note.code != "not_in_model" for note in use.gate):
            reasons = " ".join(note.message for note in use.gate)
            out.print(f"without {kind.value}: {reasons}", style="yellow")
    print_checks(result.checks)
    if result.similar is not None:
        out.print(_similar_line(result, result.similar), style="dim")
    model = result.model
    total = result.timing_ms.get("total", 0.0) / 1000
    out.print(f"{model.name} {model.version} ({model.sha256[:12]}) on {model.device}, {model.precision}, {total:.1f} s")


def _print_doubt(result: CaseResult) -> None:
    if result.shared_reason:
        out.print(f"{SIGNS['uncertain']} all findings: {result.shared_reason}", style=STYLES["uncertain"])
    for finding in result.findings:
        if finding.reason and not result.shared_reason:
            out.print(f"{SIGNS['uncertain']} {finding.title}: {finding.reason}", style=STYLES["uncertain"])
    for note in result.checks:
        if note.code in DOUBT_CODES:
            out.print(note.message, style="dim")
    if result.model.n_members == 1:
        out.print("No interval: one network answers (a soup of several is one).", style="dim")


def _print_maps(result: CaseResult) -> None:
    for finding in result.findings:
        why = result.explanations.get(finding.name)
        if why is None or finding.decision != "positive":
            continue
        words = why.map_refusal or (why.heatmap.refusal or why.heatmap.warning if why.heatmap else "")
        if words:
            out.print(f"{finding.title}: {words}", style="yellow")


def _similar_line(result: CaseResult, similar: SimilarCases) -> str:
    if similar.doubt:
        return f"Similar training cases: {similar.doubt}"
    counts = {finding.title.lower(): similar.count(finding.name) for finding in result.findings}
    had = ", ".join(f"{title} {n_with}/{n_known}" for title, (n_with, n_known) in counts.items() if n_with)
    kind = "simulated training cases" if similar.are_simulated else "training cases"
    nearest = f"the nearest {len(similar.cases)} of {similar.n_searched:,} {kind}"
    return f"Similar, as context only: {nearest}: {had or 'none of the findings'}"


def print_checks(checks: tuple[QualityNote, ...]) -> None:
    """Print what deserves attention."""
    for note in checks:
        if note.severity is not Severity.INFO:
            out.print(
                f"{note.severity.value}: {note.message}", style="red" if note.severity is Severity.STOP else "yellow"
            )


def _findings_table(result: CaseResult) -> Table:
    kinds = [kind for kind, use in result.inputs_used.items() if use.used]
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("finding", no_wrap=True)
    table.add_column(result.score_word, justify="right")
    if any(finding.interval for finding in result.findings):
        table.add_column("interval", justify="right")
    table.add_column("threshold", justify="right")
    table.add_column("decision", no_wrap=True)
    for kind in kinds:
        table.add_column(f"{kind.value} (logit)", justify="right")
    for finding in sorted(result.findings, key=lambda f: -f.shown):
        cells = [*_finding_cells(finding, result), *_share_cells(result, finding.name, kinds)]
        table.add_row(*cells, style=STYLES[finding.decision])
    return table


def _finding_cells(finding: FindingScore, result: CaseResult) -> list[str]:
    decision = f"{SIGNS[finding.decision]} {finding.decision}"
    interval = f"{finding.interval[0]:.2f}-{finding.interval[1]:.2f}" if finding.interval else ""
    intervals = [interval] if any(other.interval for other in result.findings) else []
    return [finding.title, f"{finding.shown:.2f}", *intervals, f"{finding.threshold:.2f}", decision]


def _share_cells(result: CaseResult, finding: str, kinds: list[InputKind]) -> list[str]:
    shares = result.shares.get(finding)
    return [f"{shares.by_kind[kind]:+.2f}" if shares and kind in shares.by_kind else "" for kind in kinds]

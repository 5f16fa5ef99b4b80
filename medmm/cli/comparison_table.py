"""Two results of one case as a readable table."""

from __future__ import annotations

from rich.table import Table

from medmm.cli.console import out
from medmm.cli.tables import SIGNS
from medmm.core.comparison import Comparison, Difference, FindingDelta
from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.words import as_title

TITLES = {"rerun": ("Run again", "before", "now"), "against": ("Two bundles", "A", "B")}
VERDICTS = {
    "identical": "identical to the last bit",
    "within": "the same answer: largest difference {gap:.2g} logits, at most {most:g} expected",
    "beyond": "another answer: largest difference {gap:.3g} logits, at most {most:g} expected of another run",
}
# Hashes and lists of numbers: their beginning tells them apart.
MAX_SHOWN = 40


def print_comparison(comparison: Comparison, *, what: str) -> None:
    """Print the verdict, the deltas with the largest disagreement first, and what is different in the records."""
    title, first, second = TITLES[what]
    out.print()
    out.print(f"{title}: {_verdict(comparison, what)}", style="bold")
    for name, result in ((first, comparison.first), (second, comparison.second)):
        out.print(f"{name}: {_about(result)}", style="dim")
    out.print(_table(comparison, (first, second)))
    for difference in comparison.differences:
        out.print(_difference(difference, (first, second)), style="yellow")
    if comparison.first.record is None:
        out.print("The earlier result keeps no record of versions and steps.", style="yellow")


def _verdict(comparison: Comparison, what: str) -> str:
    flipped = sum(delta.is_flipped for delta in comparison.deltas)
    large = sum(delta.is_large for delta in comparison.deltas)
    if what == "against":
        return f"{flipped} decisions differ, {large} numbers by more than 0.1"
    gap = comparison.largest_logit
    if gap is None:
        return "no finding in common"
    return VERDICTS[comparison.verdict].format(gap=gap, most=comparison.tolerance)


def _about(result: CaseResult) -> str:
    model = result.model
    used = ", ".join(kind.value for kind, use in result.inputs_used.items() if use.used)
    when = f", scored {result.record.scored_at}" if result.record else ""
    return f"{model.name} {model.version} ({model.sha256[:12]}), {result.score_word}, from {used or 'nothing'}{when}"


def _table(comparison: Comparison, names: tuple[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("finding", no_wrap=True)
    for title in (*names, "difference", "logits"):
        table.add_column(title, justify="right")
    table.add_column("decision", no_wrap=True)
    for delta in comparison.deltas:
        style = "bold yellow" if delta.is_large or delta.is_flipped else ""
        table.add_row(*_cells(delta), style=style)
    return table


def _cells(delta: FindingDelta) -> list[str]:
    shown = "" if delta.shown is None else f"{delta.shown:+.4f}"
    logit = "" if delta.logit is None else f"{delta.logit:+.5f}"
    first, second = (_decision(finding) for finding in (delta.first, delta.second))
    decision = f"{first} > {second}" if delta.is_flipped else first or second
    return [as_title(delta.name), _number(delta.first), _number(delta.second), shown, logit, decision]


def _number(finding: FindingScore | None) -> str:
    return "-" if finding is None else f"{finding.shown:.4f}"


def _decision(finding: FindingScore | None) -> str:
    return "" if finding is None else f"{SIGNS[finding.decision]} {finding.decision}"


def _difference(difference: Difference, names: tuple[str, str]) -> str:
    one, other = (_short(text) for text in (difference.first, difference.second))
    return f"{difference.place} {difference.name}: {names[0]} {one}, {names[1]} {other}"


def _short(text: str) -> str:
    return (text if len(text) <= MAX_SHOWN else f"{text[:12]}...") or "none"

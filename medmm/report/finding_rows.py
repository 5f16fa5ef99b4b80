"""Findings as rows: order, numbers in print, shares, and what deserves a remark."""

from __future__ import annotations

from medmm.core.prediction import CaseResult, FindingScore, Shares
from medmm.core.quality import InputKind
from medmm.core.words import NOTHING
from medmm.report.value import FindingRow, ShareBar

DECISION_ORDER = {"positive": 0, "uncertain": 1, "negative": 2}
SIGNS = {"positive": "▲", "uncertain": "◐", "negative": "●"}
# Two inputs disagree when each moves the logit by at least this much, in opposite directions.
DISAGREEMENT_LOGITS = 0.5


def sort_findings(findings: tuple[FindingScore, ...]) -> tuple[FindingScore, ...]:
    """Sort by decision (positive first), then by the shown number."""
    return tuple(sorted(findings, key=lambda finding: (DECISION_ORDER[finding.decision], -finding.shown)))


def used_kinds(result: CaseResult) -> tuple[InputKind, ...]:
    """List the inputs that went into the prediction, in their fixed order."""
    return tuple(kind for kind in InputKind if kind in result.inputs_used and result.inputs_used[kind].used)


def signed(value: float) -> str:
    """Write a logit with its sign and two decimals; a true minus, so that columns align."""
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", "−")


def finding_rows(result: CaseResult) -> tuple[FindingRow, ...]:
    """Give every finding as a row, sorted."""
    return tuple(_row(finding, result) for finding in sort_findings(result.findings))


def summarize(result: CaseResult) -> str:
    """Say the outcome in one or two sentences, with the inputs that were missing."""
    names = {word: [f.title for f in sort_findings(result.findings) if f.decision == word] for word in DECISION_ORDER}
    positive = ", ".join(names["positive"]) or "none"
    uncertain = f" Uncertain: {', '.join(names['uncertain'])}." if names["uncertain"] else ""
    missing = [kind.value for kind in result.missing_inputs]
    without = f" Scored without {' and without '.join(missing)}." if missing else ""
    n_negative = len(names["negative"])
    negative = f" Negative: {n_negative} of {len(result.findings)}." if n_negative else ""
    reason = f" {result.shared_reason}" if result.shared_reason else ""
    return f"Positive: {positive}.{uncertain}{negative}{without}{reason}"


def _row(finding: FindingScore, result: CaseResult) -> FindingRow:
    shares = result.shares.get(finding.name)
    interval = finding.interval
    return FindingRow(
        name=finding.title,
        decision=finding.decision,
        shown=finding.shown,
        shown_text=f"{finding.shown:.2f}",
        threshold=finding.threshold,
        threshold_text=f"{finding.threshold:.2f}",
        interval=interval,
        interval_text=f"{interval[0]:.2f}–{interval[1]:.2f}" if interval else "–",
        shares=_bars(shares),
        baseline=signed(shares.baseline) if shares else "",
        total=signed(shares.total) if shares else "",
        remark=_remark(NOTHING if result.shared_reason else finding.reason, _source_remark(finding, shares)),
    )


def _bars(shares: Shares | None) -> tuple[ShareBar, ...]:
    if shares is None:
        return ()
    present = [kind for kind in InputKind if kind in shares.by_kind]
    return tuple(ShareBar(kind.value, shares.by_kind[kind], signed(shares.by_kind[kind])) for kind in present)


def _remark(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _source_remark(finding: FindingScore, shares: Shares | None) -> str:
    if shares is None or finding.decision == "negative":
        return ""
    if shares.rests_on is not None:
        return f"rests on the {shares.rests_on.value} alone"
    raising = [kind.value for kind, share in shares.by_kind.items() if share >= DISAGREEMENT_LOGITS]
    lowering = [kind.value for kind, share in shares.by_kind.items() if share <= -DISAGREEMENT_LOGITS]
    if raising and lowering:
        return f"inputs disagree: {', '.join(raising)} says yes, {', '.join(lowering)} says no"
    return ""

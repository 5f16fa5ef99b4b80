"""The findings as rows of plain text, for a terminal or a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.prediction import CaseResult
from medmm.report.finding_rows import SIGNS, finding_rows, used_kinds


@dataclass(frozen=True)
class FindingsTable:
    """Headings and rows of equal length; decisions[i] belongs to rows[i] (for its colour)."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    decisions: tuple[str, ...]


def findings_table(result: CaseResult) -> FindingsTable:
    """Give the findings in report order, with shares in logits for each input that was used."""
    kinds = [kind.value for kind in used_kinds(result)]
    rows = finding_rows(result)
    return FindingsTable(
        headings=(
            "finding",
            result.score_word,
            "interval",
            "threshold",
            "decision",
            *(f"{kind} (logit)" for kind in kinds),
        ),
        rows=tuple(
            (
                row.name,
                row.shown_text,
                row.interval_text,
                row.threshold_text,
                f"{SIGNS[row.decision]} {row.decision}",
                *({share.kind: share.text for share in row.shares}.get(kind, "–") for kind in kinds),
            )
            for row in rows
        ),
        decisions=tuple(row.decision for row in rows),
    )

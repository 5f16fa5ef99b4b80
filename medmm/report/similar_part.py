"""Similar training cases in a sentence or two: context, and where they say nothing, why."""

from __future__ import annotations

from medmm.core.prediction import CaseResult
from medmm.core.similar import SimilarCases
from medmm.report.finding_rows import sort_findings


def similar_sentences(result: CaseResult) -> str:
    """Say what the nearest training cases had; empty where the bundle holds none."""
    similar = result.similar
    if similar is None or not similar.cases:
        return ""
    kind = "simulated training cases" if similar.are_simulated else "training cases"
    inputs = ", ".join(one.value for one in similar.inputs)
    if similar.doubt:
        return f"Not shown. {similar.doubt}"
    found = f"Of the {len(similar.cases)} nearest of {similar.n_searched:,} {kind}, compared by {inputs}: "
    return f"{found}{_counts(result, similar)}."


def _counts(result: CaseResult, similar: SimilarCases) -> str:
    counts = [(finding.title.lower(), *similar.count(finding.name)) for finding in sort_findings(result.findings)]
    had = [_count(title, n_with, n_known, len(similar.cases)) for title, n_with, n_known in counts if n_with]
    none = [title for title, n_with, n_known in counts if n_known and not n_with]
    unknown = [title for title, _, n_known in counts if not n_known]
    parts = (", ".join(had), _named("in none", none), _named("not known", unknown))
    return "; ".join(part for part in parts if part)


def _count(title: str, n_with: int, n_known: int, n_cases: int) -> str:
    of = "" if n_known == n_cases else f" of {n_known} known"
    return f"{title} in {n_with}{of}"


def _named(words: str, titles: list[str]) -> str:
    return f"{words}: {', '.join(titles)}" if titles else ""

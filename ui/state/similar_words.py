"""What the training cases near this one had, as sentences."""

from __future__ import annotations

from medmm.core.prediction import FindingScore
from medmm.core.similar import SimilarCases
from ui.language import mark, told, tr

MEANING = mark(
    "Near to the network: the vectors that it makes of the inputs point the same way (1 = exactly). Nothing else is "
    "known to be alike, and no number above depends on these cases."
)


def similar_lines(similar: SimilarCases | None, finding: FindingScore) -> list[str]:
    """Say how many of the nearest training cases had a finding; nothing where the bundle holds none."""
    if similar is None or not similar.cases:
        return []
    if similar.doubt:
        return [told(similar.doubt)]
    return [_count(similar, finding), _searched(similar)]


def _count(similar: SimilarCases, finding: FindingScore) -> str:
    title, (n_with, n_known) = tr(finding.title), similar.count(finding.name)
    if not n_known:
        return tr("{finding}: not known of any of them.").format(finding=title)
    if similar.are_simulated:
        return tr("{finding}: {n_with} of {n_known} simulated patients had it.").format(
            finding=title, n_with=n_with, n_known=n_known
        )
    return tr("{finding}: {n_with} of {n_known} had it.").format(finding=title, n_with=n_with, n_known=n_known)


def _searched(similar: SimilarCases) -> str:
    inputs = tr(", ").join(tr(kind.value) for kind in similar.inputs)
    return tr("Nearest of {n} by {inputs}; similarity {most} to {least}.").format(
        n=f"{similar.n_searched:,}",
        inputs=inputs,
        most=f"{similar.cases[0].similarity:.2f}",
        least=f"{similar.cases[-1].similarity:.2f}",
    )

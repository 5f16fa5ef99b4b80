"""Which heat map may be drawn, and what is said of it: areas that changed the score, never what is there."""

from __future__ import annotations

from medmm.core.heat_map import HeatMap
from medmm.core.prediction import Explanation, FindingScore
from ui.language import told, tr


def map_line(explanation: Explanation | None, finding: FindingScore) -> str:
    """Say what the overlay is, or why there is none."""
    if finding.decision != "positive":
        return tr("No map is shown for a finding that is {decision}.").format(decision=tr(finding.decision))
    if explanation is not None and explanation.map_refusal:
        return told(explanation.map_refusal)
    heatmap = explanation.heatmap if explanation else None
    if heatmap is None:
        return tr("No map: the image was not used, or it was not explained.")
    if not heatmap.is_reliable:
        return tr("No map: {reason}").format(reason=_lower(told(heatmap.refusal)))
    rows, cols = heatmap.values.shape
    parts = [heatmap.method, tr("map resolution {rows}×{cols}").format(rows=rows, cols=cols)]
    if heatmap.stability is not None:
        parts.append(tr("stability {value}").format(value=f"{heatmap.stability:.2f}"))
    parts.append(_test_words(heatmap))
    return tr("Areas of the image that changed the score: {facts}.").format(facts=tr(", ").join(parts))


def map_warning(explanation: Explanation | None, finding: FindingScore) -> str:
    """Warn of a map whose evidence lies beyond the body; empty where there is nothing to warn of."""
    heatmap = shown_map(finding, explanation, None)
    return told(heatmap.warning) if heatmap is not None else ""


def overlay_caption(finding: FindingScore | None, explanation: Explanation | None, image_index: int) -> str:
    """Name what is, or why nothing is, drawn over the image shown."""
    if finding is None:
        return tr("No finding is selected")
    title = tr(finding.title)
    if finding.decision != "positive":
        return tr("{finding}: no map for a finding that is {decision}").format(
            finding=title, decision=tr(finding.decision)
        )
    if explanation is not None and explanation.map_refusal:
        return tr("{finding}: no map, it failed the tests of this model").format(finding=title)
    heatmap = explanation.heatmap if explanation else None
    if heatmap is None:
        return tr("{finding}: no map, the image was not used").format(finding=title)
    if heatmap.image_index != image_index:
        words = tr("{finding}: the map belongs to image {number}")
        return words.format(finding=title, number=heatmap.image_index + 1)
    if not heatmap.is_reliable:
        return f"{title}: {_lower(told(heatmap.refusal))}"
    return f"{title} · {heatmap.method}"


def shown_map(finding: FindingScore | None, explanation: Explanation | None, image_index: int | None) -> HeatMap | None:
    """Give the heat map that may be drawn over an image of the case, None for any of them."""
    heatmap = explanation.heatmap if explanation is not None and not explanation.map_refusal else None
    if finding is None or finding.decision != "positive" or heatmap is None or not heatmap.is_reliable:
        return None
    return heatmap if image_index in (None, heatmap.image_index) else None


def _test_words(heatmap: HeatMap) -> str:
    if not heatmap.is_tested or heatmap.hits is None:
        return tr("not tested for this finding of this model")
    return tr("hottest at the finding in {percent} % of the tests").format(percent=f"{100 * heatmap.hits:.0f}")


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"

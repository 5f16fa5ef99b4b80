"""Why a finding got its number, as plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from medmm.core.prediction import CaseResult, Explanation, FindingScore, HeatMap, Shares, TokenWeight, VitalWeight
from medmm.core.record import VITAL_BY_NAME
from ui.state.finding_words import margin_words, number_words, scale_word

N_TOP = 4
# Below this a weight would be written as 0.00.
FAINTEST = 0.005


def headline(finding: FindingScore, result: CaseResult) -> str:
    """Say the decision and where the number stands."""
    return f"{finding.decision.capitalize()}: {scale_word(result)} {number_words(finding)}, {margin_words(finding)}."


def sum_words(shares: Shares) -> str:
    """Write the shares as the sum that they are."""
    parts = [f"{kind.value} {signed_fine(share)}" for kind, share in shares.by_kind.items()]
    return f"baseline {signed_fine(shares.baseline)}   {'   '.join(parts)}   =   {signed_fine(shares.total)} logits"


def word_lines(tokens: Sequence[TokenWeight]) -> list[str]:
    """Name the words of the note that weigh most, for and against."""
    raising = sorted((t for t in tokens if t.weight >= FAINTEST), key=lambda t: -t.weight)[:N_TOP]
    lowering = sorted((t for t in tokens if t.weight <= -FAINTEST), key=lambda t: t.weight)[:N_TOP]
    lines = []
    if raising:
        lines.append("Raise it: " + _word_list(raising))
    if lowering:
        lines.append("Lower it: " + _word_list(lowering))
    return lines or ["No word of the note weighs anything for this finding, or the note was not used."]


def vital_lines(weights: Sequence[VitalWeight]) -> list[str]:
    """Name the vital signs by weight, with value and unit."""
    heavy = sorted(weights, key=lambda weight: -abs(weight.weight))[:N_TOP]
    return [vital_line(weight) for weight in heavy] or ["Vital signs were not used for this finding."]


def vital_line(weight: VitalWeight) -> str:
    """Say one vital sign: name, value, weight."""
    sign = VITAL_BY_NAME.get(weight.name)
    title = sign.title if sign else weight.name
    value = "not measured, from default" if weight.value is None else f"{weight.value:g} {weight.unit}"
    return f"{title} {value}: {signed_fine(weight.weight)}"


def map_line(heatmap: HeatMap | None, finding: FindingScore) -> str:
    """Say what the overlay is, or why there is none. Words: areas that changed the score, never what is there."""
    if finding.decision != "positive":
        return f"No map is shown for a finding that is {finding.decision}."
    if heatmap is None:
        return "No map: the image was not used, or it was not explained."
    if not heatmap.is_reliable:
        return f"No map: {heatmap.refusal[0].lower()}{heatmap.refusal[1:]}"
    rows, cols = heatmap.values.shape
    stability = "" if heatmap.stability is None else f", stability {heatmap.stability:.2f}"
    return f"Areas of the image that changed the score: {heatmap.method}, map resolution {rows}×{cols}{stability}."


def overlay_caption(finding: FindingScore | None, explanation: Explanation | None, image_index: int) -> str:
    """Name what is, or why nothing is, drawn over the image shown."""
    if finding is None:
        return "No finding is selected"
    if finding.decision != "positive":
        return f"{finding.title}: no map for a finding that is {finding.decision}"
    heatmap = explanation.heatmap if explanation else None
    if heatmap is None:
        return f"{finding.title}: no map, the image was not used"
    if heatmap.image_index != image_index:
        return f"{finding.title}: the map belongs to image {heatmap.image_index + 1}"
    if not heatmap.is_reliable:
        return f"{finding.title}: {heatmap.refusal[0].lower()}{heatmap.refusal[1:]}"
    return f"{finding.title} · {heatmap.method}"


def shown_map(finding: FindingScore | None, explanation: Explanation | None, image_index: int) -> HeatMap | None:
    """Give the heat map that may be drawn over the image shown."""
    heatmap = explanation.heatmap if explanation else None
    is_for_this = heatmap is not None and heatmap.image_index == image_index and heatmap.is_reliable
    return heatmap if finding is not None and finding.decision == "positive" and is_for_this else None


def signed_fine(value: float) -> str:
    """Write a small weight with two digits and its sign."""
    return f"+{abs(value):.2f}" if round(value, 2) >= 0 else f"−{abs(value):.2f}"


def _word_list(tokens: Sequence[TokenWeight]) -> str:
    return ", ".join(f"“{' '.join(token.text.split())}” {signed_fine(token.weight)}" for token in tokens)

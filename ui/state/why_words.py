"""Why a finding got its number, as plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from medmm.core.prediction import (
    MAX_GAP,
    CaseResult,
    Explanation,
    FindingScore,
    HeatMap,
    JointSum,
    Shares,
    TokenWeight,
    VitalWeight,
)
from medmm.core.record import VITAL_BY_NAME
from ui.language import told, tr
from ui.state.finding_words import margin_words, number_words, scale_word

N_TOP = 4
# Below this a weight would be written as 0.00.
FAINTEST = 0.005


def headline(finding: FindingScore, result: CaseResult) -> str:
    """Say the decision and where the number stands."""
    words = tr("{decision}: {scale} {number}, {margin}.").format(
        decision=tr(finding.decision),
        scale=scale_word(result),
        number=number_words(finding),
        margin=margin_words(finding),
    )
    return words[0].upper() + words[1:]


def sum_words(shares: Shares) -> str:
    """Write the shares as the sum that they are."""
    parts = [f"{tr(kind.value)} {signed_fine(share)}" for kind, share in shares.by_kind.items()]
    return tr("baseline {baseline}   {parts}   =   {total} logits").format(
        baseline=signed_fine(shares.baseline), parts="   ".join(parts), total=signed_fine(shares.total)
    )


def joint_words(joint: JointSum) -> str:
    """Write what each input adds on the way from blank inputs, and how far the parts miss the change."""
    parts = tr(", ").join(f"{tr(kind.value)} {signed_fine(part)}" for kind, part in joint.by_kind.items())
    words = tr(
        "From blank inputs ({baseline}) to this case: {parts}. The parts miss the change by {gap} of it."
    ).format(baseline=signed_fine(joint.baseline), parts=parts, gap=f"{joint.gap:.4f}")
    if joint.is_complete:
        return words
    return f"{words} {tr('That is over {most}: the weights below are rough.').format(most=MAX_GAP)}"


def word_lines(tokens: Sequence[TokenWeight]) -> list[str]:
    """Name the words of the note that weigh most, for and against."""
    raising = sorted((t for t in tokens if t.weight >= FAINTEST), key=lambda t: -t.weight)[:N_TOP]
    lowering = sorted((t for t in tokens if t.weight <= -FAINTEST), key=lambda t: t.weight)[:N_TOP]
    lines = []
    if raising:
        lines.append(tr("Raise it: {words}").format(words=_word_list(raising)))
    if lowering:
        lines.append(tr("Lower it: {words}").format(words=_word_list(lowering)))
    return lines or [tr("No word of the note weighs anything for this finding, or the note was not used.")]


def vital_lines(weights: Sequence[VitalWeight]) -> list[str]:
    """Name the vital signs by weight, with value and unit."""
    heavy = sorted(weights, key=lambda weight: -abs(weight.weight))[:N_TOP]
    return [vital_line(weight) for weight in heavy] or [tr("Vital signs were not used for this finding.")]


def vital_line(weight: VitalWeight) -> str:
    """Say one vital sign: name, value, weight."""
    sign = VITAL_BY_NAME.get(weight.name)
    title = tr(sign.title) if sign else weight.name
    value = tr("not measured, from default") if weight.value is None else f"{weight.value:g} {weight.unit}"
    return tr("{title} {value}: {weight}").format(title=title, value=value, weight=signed_fine(weight.weight))


def map_line(heatmap: HeatMap | None, finding: FindingScore) -> str:
    """Say what the overlay is, or why there is none. Words: areas that changed the score, never what is there."""
    if finding.decision != "positive":
        return tr("No map is shown for a finding that is {decision}.").format(decision=tr(finding.decision))
    if heatmap is None:
        return tr("No map: the image was not used, or it was not explained.")
    if not heatmap.is_reliable:
        return tr("No map: {reason}").format(reason=_refusal(heatmap))
    rows, cols = heatmap.values.shape
    parts = [heatmap.method, tr("map resolution {rows}×{cols}").format(rows=rows, cols=cols)]
    if heatmap.stability is not None:
        parts.append(tr("stability {value}").format(value=f"{heatmap.stability:.2f}"))
    return tr("Areas of the image that changed the score: {facts}.").format(facts=tr(", ").join(parts))


def _refusal(heatmap: HeatMap) -> str:
    words = told(heatmap.refusal)
    return f"{words[0].lower()}{words[1:]}"


def overlay_caption(finding: FindingScore | None, explanation: Explanation | None, image_index: int) -> str:
    """Name what is, or why nothing is, drawn over the image shown."""
    if finding is None:
        return tr("No finding is selected")
    if finding.decision != "positive":
        return tr("{finding}: no map for a finding that is {decision}").format(
            finding=tr(finding.title), decision=tr(finding.decision)
        )
    heatmap = explanation.heatmap if explanation else None
    if heatmap is None:
        return tr("{finding}: no map, the image was not used").format(finding=tr(finding.title))
    if heatmap.image_index != image_index:
        words = tr("{finding}: the map belongs to image {number}")
        return words.format(finding=tr(finding.title), number=heatmap.image_index + 1)
    if not heatmap.is_reliable:
        return f"{tr(finding.title)}: {_refusal(heatmap)}"
    return f"{tr(finding.title)} · {heatmap.method}"


def shown_map(finding: FindingScore | None, explanation: Explanation | None, image_index: int) -> HeatMap | None:
    """Give the heat map that may be drawn over the image shown."""
    heatmap = explanation.heatmap if explanation else None
    is_for_this = heatmap is not None and heatmap.image_index == image_index and heatmap.is_reliable
    return heatmap if finding is not None and finding.decision == "positive" and is_for_this else None


def signed_fine(value: float) -> str:
    """Write a small weight with two digits and its sign."""
    return f"+{abs(value):.2f}" if round(value, 2) >= 0 else f"−{abs(value):.2f}"


def _word_list(tokens: Sequence[TokenWeight]) -> str:
    return tr(", ").join(f"“{' '.join(token.text.split())}” {signed_fine(token.weight)}" for token in tokens)

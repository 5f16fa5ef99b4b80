"""Why a finding got its number, as plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from medmm.core.prediction import (
    MAX_GAP,
    CaseResult,
    Explanation,
    FindingScore,
    JointSum,
    Shares,
    TokenWeight,
    VitalWeight,
)
from medmm.core.record import VITAL_BY_NAME
from ui.language import tr
from ui.state.finding_words import margin_words, number_words, scale_word
from ui.state.time_words import short_moment

N_TOP = 4
N_SENTENCES = 2
SIDES = {"above": " ▲", "below": " ▼", "": ""}
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


def sum_lines(shares: Shares | None, joint: JointSum | None) -> list[str]:
    """Say what the inputs add to the answer, by exact shares, each alone, and on the way of the attribution."""
    lines = [sum_words(shares), alone_words(shares)] if shares else []
    return [line for line in (*lines, joint_words(joint) if joint else "") if line]


def alone_words(shares: Shares) -> str:
    """Write what each input says by itself, and who contradicts whom; empty where no head was asked."""
    if len(shares.alone) < 2:
        return ""
    parts = tr(", ").join(f"{tr(kind.value)} {signed_fine(logit)}" for kind, logit in shares.alone.items())
    words = tr("Each input alone: {parts} logits, not calibrated.").format(parts=parts)
    yes, no = (tr(", ").join(tr(kind.value) for kind in kinds) for kinds in shares.opposed)
    if not yes:
        return words
    against = tr("They disagree: yes from {yes}, no from {no}.").format(yes=yes, no=no)
    return f"{words} {against}"


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
    # A stop or a bracket has its weight too, and its tint in the note, but nobody reads it as a reason.
    words = [token for token in tokens if any(letter.isalnum() for letter in token.text)]
    raising = sorted((t for t in words if t.weight >= FAINTEST), key=lambda t: -t.weight)[:N_TOP]
    lowering = sorted((t for t in words if t.weight <= -FAINTEST), key=lambda t: t.weight)[:N_TOP]
    lines = []
    if raising:
        lines.append(tr("Raise it: {words}").format(words=_word_list(raising)))
    if lowering:
        lines.append(tr("Lower it: {words}").format(words=_word_list(lowering)))
    return lines or [tr("No word of the note weighs anything for this finding, or the note was not used.")]


def note_lines(explanation: Explanation) -> list[str]:
    """Name the words and the sentences of the note that weigh most."""
    sentences = sentence_line(explanation.sentences)
    return [*word_lines(explanation.tokens), *([sentences] if sentences else [])]


def sentence_line(sentences: Sequence[TokenWeight]) -> str:
    """Name the sentences that weigh most, whichever way; empty where none weighs anything."""
    heavy = sorted((s for s in sentences if abs(s.weight) >= FAINTEST), key=lambda s: -abs(s.weight))[:N_SENTENCES]
    words = (f"“{shortened(sentence.text)}” {signed_fine(sentence.weight)}" for sentence in heavy)
    return tr("By sentence: {sentences}").format(sentences=tr("; ").join(words)) if heavy else ""


def shortened(text: str, most: int = 72) -> str:
    """Write a stretch of a note on one line, its middle left out where it is long."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    # At the space before and after, where the script has any.
    return f"{flat[: most * 2 // 3].rsplit(' ', 1)[0]} … {flat[-most // 4 :].split(' ', 1)[-1]}"


def vital_lines(weights: Sequence[VitalWeight]) -> list[str]:
    """Name the vital signs by weight, with value, unit, usual range and time."""
    heavy = sorted(weights, key=lambda weight: -abs(weight.weight))
    return [vital_line(weight) for weight in heavy] or [tr("Vital signs were not used for this finding.")]


def vital_line(weight: VitalWeight) -> str:
    """Say one vital sign: name, value, where it lies and when it was measured, weight."""
    sign = VITAL_BY_NAME.get(weight.name)
    title = tr(sign.title) if sign else weight.name
    facts = _usual(weight)
    if weight.value is None:
        value = tr("not measured, from default")
    else:
        value = f"{weight.value:g} {weight.unit}{SIDES[weight.side]}"
    if weight.time:
        facts.append(short_moment(datetime.fromisoformat(weight.time)))
    about = f" ({tr(', ').join(facts)})" if facts else ""
    return tr("{title} {value}: {weight}").format(
        title=title, value=f"{value}{about}", weight=signed_fine(weight.weight)
    )


def _usual(weight: VitalWeight) -> list[str]:
    if weight.reference is None:
        return []
    low, high = weight.reference
    return [tr("usual {low}–{high}").format(low=f"{low:g}", high=f"{high:g}")]


def signed_fine(value: float) -> str:
    """Write a small weight with two digits and its sign."""
    return f"+{abs(value):.2f}" if round(value, 2) >= 0 else f"−{abs(value):.2f}"


def _word_list(tokens: Sequence[TokenWeight]) -> str:
    return tr(", ").join(f"“{' '.join(token.text.split())}” {signed_fine(token.weight)}" for token in tokens)

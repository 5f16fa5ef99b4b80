"""Findings as words and numbers, the same for the panel, the screen reader and the tests."""

from __future__ import annotations

from medmm.core.prediction import CaseResult, FindingScore, Shares
from medmm.core.quality import InputKind

STRONG_LOGIT = 0.5
SMALL_LOGIT = 0.1


def number_words(finding: FindingScore) -> str:
    """Write the number with two digits; never as a percentage."""
    return f"{finding.shown:.2f}"


def scale_word(result: CaseResult) -> str:
    """Name what the numbers are: a calibrated probability, or only a score."""
    return "probability" if result.model.is_calibrated else "score"


def margin_words(finding: FindingScore) -> str:
    """Say the interval, if there is one, and the threshold."""
    interval = finding.interval
    spread = f"{interval[0]:.2f}–{interval[1]:.2f}  ·  " if interval else ""
    return f"{spread}threshold {finding.threshold:.2f}"


def signed(value: float) -> str:
    """Write a share in logits with its sign: one digit, two for small ones, so that a bar never shows beside a zero."""
    digits = 1 if abs(value) >= SMALL_LOGIT else 2
    # A typographic minus is as wide as the plus: columns of numbers stay straight.
    return f"+{abs(value):.{digits}f}" if round(value, digits) >= 0 else f"−{abs(value):.{digits}f}"


def share_words(shares: Shares | None) -> str:
    """Say every share on one line."""
    if shares is None:
        return "shares not computed"
    return "   ".join(f"{kind.value} {signed(share)}" for kind, share in shares.by_kind.items())


def spoken(finding: FindingScore, result: CaseResult) -> str:
    """Describe a finding for a screen reader."""
    shares = share_words(result.shares.get(finding.name))
    return (
        f"{finding.title}: {finding.decision}, {scale_word(result)} {number_words(finding)}, "
        f"{margin_words(finding)}, {shares}"
    )


def disagreement(shares: Shares | None) -> str:
    """Say where inputs pull strongly in opposite directions, empty where they do not."""
    if shares is None:
        return ""
    for_it = [kind.value for kind, share in shares.by_kind.items() if share >= STRONG_LOGIT]
    against = [kind.value for kind, share in shares.by_kind.items() if share <= -STRONG_LOGIT]
    if not for_it or not against:
        return ""
    return f"{_joined(for_it)} {_verb(for_it, 'speak')} for it, {_joined(against)} {_verb(against, 'speak')} against it"


def without_words(result: CaseResult) -> str:
    """Say which inputs the prediction did without."""
    missing = [kind.value for kind, use in result.inputs_used.items() if not use.used and kind is not InputKind.AUDIO]
    return f"without {_joined(missing)}" if missing else ""


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _verb(subjects: list[str], plural: str) -> str:
    # "vitals" and "image and note" take the plural, one image or note the singular.
    return plural if len(subjects) > 1 or subjects == ["vitals"] else f"{plural}s"

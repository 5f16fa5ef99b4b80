"""Findings as words and numbers, the same for the panel, the screen reader and the tests."""

from __future__ import annotations

from medmm.core.prediction import CaseResult, FindingScore, Shares
from medmm.core.quality import InputKind
from ui.language import told, tr

STRONG_LOGIT = 0.5
SMALL_LOGIT = 0.1


def number_words(finding: FindingScore) -> str:
    """Write the number with two digits; never as a percentage."""
    return f"{finding.shown:.2f}"


def scale_word(result: CaseResult) -> str:
    """Name what the numbers are: a calibrated probability, or only a score."""
    return tr("probability") if result.is_calibrated else tr("uncalibrated score")


def doubt_words(finding: FindingScore) -> str:
    """Say why a finding is uncertain, empty where it is not."""
    return told(finding.reason)


def margin_words(finding: FindingScore) -> str:
    """Say the interval, if there is one, and the threshold."""
    interval = finding.interval
    spread = f"{interval[0]:.2f}–{interval[1]:.2f}  ·  " if interval else ""
    return spread + threshold_words(finding)


def threshold_words(finding: FindingScore) -> str:
    """Say the operating point."""
    return tr("threshold {value}").format(value=f"{finding.threshold:.2f}")


def signed(value: float) -> str:
    """Write a share in logits with its sign: one digit, two for small ones, so that a bar never shows beside a zero."""
    digits = 1 if abs(value) >= SMALL_LOGIT else 2
    # A typographic minus is as wide as the plus: columns of numbers stay straight.
    return f"+{abs(value):.{digits}f}" if round(value, digits) >= 0 else f"−{abs(value):.{digits}f}"


def share_words(shares: Shares | None) -> str:
    """Say every share on one line."""
    if shares is None:
        return tr("shares not computed")
    return "   ".join(f"{tr(kind.value)} {signed(share)}" for kind, share in shares.by_kind.items())


def spoken(finding: FindingScore, result: CaseResult) -> str:
    """Describe a finding for a screen reader."""
    shares = share_words(result.shares.get(finding.name))
    doubt = f". {doubt_words(finding)}" if finding.reason else ""
    return (
        f"{tr(finding.title)}: {tr(finding.decision)}, {scale_word(result)} {number_words(finding)}, "
        f"{margin_words(finding)}, {shares}{doubt}"
    )


def disagreement(shares: Shares | None) -> str:
    """Say where inputs pull strongly in opposite directions, empty where they do not."""
    if shares is None:
        return ""
    for_it = [kind for kind, share in shares.by_kind.items() if share >= STRONG_LOGIT]
    against = [kind for kind, share in shares.by_kind.items() if share <= -STRONG_LOGIT]
    if not for_it or not against:
        return ""
    yes = tr("{inputs} speak for it") if _is_plural(for_it) else tr("{inputs} speaks for it")
    no = tr("{inputs} speak against it") if _is_plural(against) else tr("{inputs} speaks against it")
    return tr("{one}, {other}").format(one=yes.format(inputs=_joined(for_it)), other=no.format(inputs=_joined(against)))


def interval_words(result: CaseResult) -> str:
    """Say what the intervals are, or why there are none."""
    n = result.model.n_members
    if n > 1:
        return tr("interval: range of {n} members").format(n=n)
    return "" if any(finding.interval for finding in result.findings) else tr("no interval: a single network")


def without_words(result: CaseResult) -> str:
    """Say which inputs the prediction did without."""
    missing = list(result.missing_inputs)
    return tr("without {inputs}").format(inputs=_joined(missing)) if missing else ""


def _joined(kinds: list[InputKind]) -> str:
    words = [tr(kind.value) for kind in kinds]
    if len(words) == 1:
        return words[0]
    return tr("{first} and {last}").format(first=tr(", ").join(words[:-1]), last=words[-1])


def _is_plural(kinds: list[InputKind]) -> bool:
    # "vitals" and "image and note" take the plural, one image or note the singular.
    return len(kinds) > 1 or kinds == [InputKind.VITALS]

"""The reader's reviews as words and signs, the same for rows, tips, the screen reader and the tests."""

from __future__ import annotations

from medmm.core.review import Call, Review, ReviewCount, Signature, Verdict
from ui.language import mark, tr

NOT_REVIEWED_SIGN = "○"
SIGNS = {Verdict.ACCEPTED: "✓", Verdict.REJECTED: "✗", Verdict.MODIFIED: "±", Verdict.NO_OPINION: "–"}
VERDICTS = {
    Verdict.ACCEPTED: mark("accepted"),
    Verdict.REJECTED: mark("rejected"),
    Verdict.MODIFIED: mark("changed"),
    Verdict.NO_OPINION: mark("no opinion"),
}
CALLS = {
    Call.PRESENT: mark("present"),
    Call.ABSENT: mark("absent"),
    Call.UNSURE: mark("cannot tell"),
    Call.NO_OPINION: mark("no opinion"),
}
CALL_SIGNS = {Call.PRESENT: "▲", Call.ABSENT: "●", Call.UNSURE: "◐", Call.NO_OPINION: "–"}


def review_line(review: Review | None) -> str:
    """Say the reader's verdict in one line: sign, verdict, call and reason."""
    if review is None:
        return f"{NOT_REVIEWED_SIGN} {tr('not reviewed')}"
    parts = [tr(VERDICTS[review.verdict])]
    if review.verdict is not Verdict.NO_OPINION:
        parts.append(tr(CALLS[review.call]))
    if review.reason:
        parts.append(review.reason)
    return f"{SIGNS[review.verdict]} " + "  ·  ".join(parts)


def review_tip(review: Review | None, first: Review | None) -> str:
    """Say in full who said what, when, and whether the model's value had been seen."""
    if review is None:
        return tr("Not reviewed yet.")
    who = review.reader or tr("reader not named")
    lines = [
        tr("Reader: {verdict}").format(verdict=review_line(review)),
        f"{who}, {review.time[:16].replace('T', ' ')}",
    ]
    if first is not None:
        words = tr("Said before the AI value was shown: {call}")
        lines.append(words.format(call=tr(CALLS[first.call])))
    else:
        lines.append(tr("Said after the AI value was shown"))
    return "\n".join(lines)


def count_words(count: ReviewCount, signature: Signature | None) -> str:
    """Say how far the review has come, and whether it is signed."""
    words = tr("{n} of {total} reviewed").format(n=count.n_reviewed, total=count.n_findings)
    if count.n_rejected or count.n_modified:
        words += "  ·  " + tr("{n} overruled").format(n=count.n_rejected + count.n_modified)
    if signature is not None:
        who = signature.reader or tr("reader not named")
        words += "  ·  " + tr("signed by {who}").format(who=who)
    return words

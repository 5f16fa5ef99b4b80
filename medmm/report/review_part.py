"""What the reader said of each finding, beside what the model says; a finding nobody looked at says so."""

from __future__ import annotations

from datetime import datetime

from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.review import (
    Call,
    Review,
    ReviewCount,
    ReviewLog,
    Verdict,
    count_reviews,
    first_reads,
    reviews_of,
    signature_of,
)
from medmm.report.dates import spell_moment
from medmm.report.finding_rows import sort_findings
from medmm.report.value import ReviewPart, ReviewRow

CALLS = {Call.PRESENT: "present", Call.ABSENT: "absent", Call.UNSURE: "cannot tell", Call.NO_OPINION: "no opinion"}
NOT_REVIEWED = "not reviewed"


def review_part(result: CaseResult, log: ReviewLog) -> ReviewPart:
    """Give the section of the report."""
    current, first = reviews_of(result, log.reviews), first_reads(result, log.reviews)
    count, signature = count_reviews(result, log.reviews), signature_of(result, log)
    rows = [_row(one, current.get(one.name), first.get(one.name)) for one in sort_findings(result.findings)]
    return ReviewPart(
        rows=tuple(rows),
        summary=_summary(count, n_first=len(first)),
        signed_by=(signature.reader or "reader not named") if signature else "",
        signed_at=_moment(signature.time) if signature else "",
        signed_words=_signed_words(count) if signature else "",
        void_words=_void_words(result, log) if signature is None else "",
    )


def _row(finding: FindingScore, review: Review | None, first: Review | None) -> ReviewRow:
    ai = f"{finding.decision} ({finding.shown:.2f})"
    if review is None:
        return ReviewRow(finding.title, finding.decision, ai, NOT_REVIEWED, "")
    return ReviewRow(
        name=finding.title,
        decision=finding.decision,
        ai=ai,
        verdict=review.verdict.value,
        call=CALLS[review.call],
        reason=review.reason or ("no reason given" if review.verdict is Verdict.REJECTED else ""),
        by=_by(review),
        order=_order(review, first),
    )


def _by(review: Review) -> str:
    return f"{review.reader or 'reader not named'}, {_moment(review.time)}"


def _order(review: Review, first: Review | None) -> str:
    if first is None:
        return "after the AI value was seen"
    if review.id == first.id or review.call is first.call:
        return "before the AI value was seen"
    return f"before the AI value was seen: {CALLS[first.call]}; changed after"


def _moment(text: str) -> str:
    return spell_moment(datetime.fromisoformat(text))


def _summary(count: ReviewCount, *, n_first: int) -> str:
    if not count.n_reviewed:
        return f"No reader's verdict: 0 of {count.n_findings} findings reviewed."
    parts = (
        (count.n_accepted, "accepted"),
        (count.n_rejected, "rejected"),
        (count.n_modified, "modified"),
        (count.n_no_opinion, "without an opinion"),
    )
    said = ", ".join(f"{n} {word}" for n, word in parts if n)
    order = f" {n_first} of them were committed before the AI value was shown." if n_first else ""
    return f"{count.n_reviewed} of {count.n_findings} findings reviewed: {said}.{order}"


def _signed_words(count: ReviewCount) -> str:
    if count.is_complete:
        return f"All {count.n_findings} findings were reviewed when this was signed."
    return (
        f"{count.n_reviewed} of {count.n_findings} findings were reviewed when this was signed; "
        f"{count.n_findings - count.n_reviewed} were not."
    )


def _void_words(result: CaseResult, log: ReviewLog) -> str:
    was_signed = any(one.model_sha256 == result.model.sha256 for one in log.signatures)
    return "Signed before, changed since: that signature no longer holds." if was_signed else ""

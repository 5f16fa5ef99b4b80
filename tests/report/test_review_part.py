"""The report tells the model's value and the reader's verdict apart, and what nobody reviewed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from medmm.core.review import Call, Review, ReviewedModel, ReviewLog, Signature, reviewed_model
from medmm.report.content import compose_report
from medmm.report.pdf import render_pdf
from medmm.report.review_part import review_part
from tests.report.builders import make_case, make_result
from tests.report.pdf_tools import squeeze, text_of

RESULT = make_result()
MODEL: ReviewedModel = reviewed_model(RESULT)
ONE = next(finding for finding in RESULT.findings if finding.decision == "positive")


def make_review(call: Call = Call.ABSENT, **changes: object) -> Review:
    review = Review("r1", ONE, MODEL, call, "old scar, seen in 2019", "Dr. Reader", "2026-11-03T15:04:00+01:00")
    return replace(review, **changes)  # type: ignore[arg-type]


def row_of(log: ReviewLog, name: str = ONE.title) -> tuple[str, str, str, str]:
    row = next(row for row in review_part(RESULT, log).rows if row.name == name)
    return row.verdict, row.call, row.reason, row.order


def test_a_verdict_stands_beside_the_value_of_the_model() -> None:
    part = review_part(RESULT, ReviewLog((make_review(),)))

    row = next(row for row in part.rows if row.name == ONE.title)
    assert row.ai == f"positive ({ONE.shown:.2f})"
    assert (row.verdict, row.call, row.reason) == ("rejected", "absent", "old scar, seen in 2019")
    assert row.by == "Dr. Reader, 3 November 2026, 15:04"
    assert part.summary == f"1 of {len(RESULT.findings)} findings reviewed: 1 rejected."


def test_what_nobody_reviewed_says_so() -> None:
    part = review_part(RESULT, ReviewLog())

    assert {row.verdict for row in part.rows} == {"not reviewed"}
    assert part.summary == f"No reader's verdict: 0 of {len(RESULT.findings)} findings reviewed."
    assert part.signed_by == ""


def test_a_rejection_without_words_says_so() -> None:
    assert row_of(ReviewLog((make_review(reason=""),)))[2] == "no reason given"


def test_it_is_told_which_came_first_and_what_changed_after() -> None:
    first = make_review(is_first=True)
    later = make_review(Call.PRESENT, id="r2", time="2026-11-03T15:06:00+01:00")

    assert row_of(ReviewLog((first,)))[3] == "before the AI value was seen"
    assert row_of(ReviewLog((first, later)))[3] == "before the AI value was seen: absent; changed after"
    assert row_of(ReviewLog((later,)))[3] == "after the AI value was seen"


def test_a_signed_report_tells_how_many_were_reviewed_and_is_no_draft(tmp_path: Path) -> None:
    signed = Signature("s", MODEL.sha256, ("r1",), "Dr. Reader", "2026-11-03T15:10:00+01:00")
    n = len(RESULT.findings)

    text = text_of(_pdf(ReviewLog((make_review(),), (signed,))), tmp_path)

    assert squeeze("Signed by Dr. Reader, 3 November 2026, 15:10") in text
    assert squeeze(f"1 of {n} findings were reviewed when this was signed; {n - 1} were not.") in text
    assert "DRAFT" not in text


def test_a_review_after_the_signature_makes_it_a_draft_again(tmp_path: Path) -> None:
    signed = Signature("s", MODEL.sha256, ("r1",), "Dr. Reader", "2026-11-03T15:10:00+01:00")
    later = make_review(Call.PRESENT, id="r2")

    text = text_of(_pdf(ReviewLog((make_review(), later), (signed,))), tmp_path)

    assert "DRAFT" in text
    assert squeeze("Signed before, changed since: that signature no longer holds.") in text


def test_the_words_of_a_reader_are_printed_and_never_set_as_markup(tmp_path: Path) -> None:
    text = text_of(_pdf(ReviewLog((make_review(reason='#panic("x") *no* 纤维灶 $1$'),))), tmp_path)

    assert squeeze('#panic("x") *no* 纤维灶 $1$') in text


def _pdf(log: ReviewLog) -> bytes:
    return render_pdf(compose_report(replace(make_case(), images=()), RESULT, log=log))

"""Reviews stand beside the model's values, belong to one value each, and never change it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.quality import InputFile, InputKind
from medmm.core.review import (
    SAME_LOGIT,
    Call,
    ReviewLog,
    Signature,
    Verdict,
    count_reviews,
    first_reads,
    review_document,
    reviews_of,
    signature_of,
)
from tests.core.review_builders import make_ai, make_review
from tests.ui.builders import make_result

RESULT: CaseResult = make_result()
NODULE, PNEUMONIA, EDEMA = RESULT.findings


def sign(*ids: str) -> Signature:
    return Signature("s", RESULT.model.sha256, ids, "R", "2026-11-03T15:00:00+01:00")


@pytest.mark.parametrize(
    ("decision", "call", "verdict"),
    [
        ("+", "+", Verdict.ACCEPTED),
        ("+", "-", Verdict.REJECTED),
        ("-", "-", Verdict.ACCEPTED),
        ("-", "?", Verdict.REJECTED),
        ("?", "?", Verdict.ACCEPTED),
        ("?", "+", Verdict.REJECTED),
        ("+", "0", Verdict.NO_OPINION),
    ],
)
def test_a_call_is_a_verdict_on_the_decision(decision: str, call: str, verdict: Verdict) -> None:
    assert make_review(make_ai(decision=decision), call).verdict is verdict


def test_a_modification_may_keep_the_decision() -> None:
    assert make_review(make_ai(), "+", is_modified=True, reason="left, not right").verdict is Verdict.MODIFIED


def test_the_models_value_cannot_be_set() -> None:
    review = make_review(PNEUMONIA, "-")

    with pytest.raises(FrozenInstanceError):
        review.ai.score = 0.0  # type: ignore[misc]
    assert replace(review, call=Call.PRESENT).ai is PNEUMONIA


def test_the_last_review_is_in_force() -> None:
    log = [make_review(PNEUMONIA, "+"), make_review(PNEUMONIA, "-"), make_review(NODULE, "0")]

    found = reviews_of(RESULT, log)

    assert {name: review.call for name, review in found.items()} == {
        "pneumonia": Call.ABSENT, "nodule": Call.NO_OPINION,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ai", "is_found"),
    [
        (replace(PNEUMONIA, logit=PNEUMONIA.logit + 0.9 * SAME_LOGIT), True),
        (replace(PNEUMONIA, logit=PNEUMONIA.logit + 2 * SAME_LOGIT), False),
        (replace(PNEUMONIA, decision="negative"), False),
    ],
)
def test_a_review_of_another_value_does_not_count(ai: FindingScore, is_found: bool) -> None:
    assert ("pneumonia" in reviews_of(RESULT, [make_review(ai, "+")])) is is_found


def test_a_review_of_another_model_does_not_count() -> None:
    other = make_review(PNEUMONIA, "+")
    other = replace(other, model=replace(other.model, sha256="cd" * 32))

    assert reviews_of(RESULT, [other]) == {}


def test_what_was_said_before_the_model_was_seen_is_never_overtaken() -> None:
    log = [make_review(PNEUMONIA, "-", is_first=True), make_review(PNEUMONIA, "+")]

    assert first_reads(RESULT, log)["pneumonia"].call is Call.ABSENT
    assert reviews_of(RESULT, log)["pneumonia"].call is Call.PRESENT


def test_findings_are_counted_once_and_by_the_review_in_force() -> None:
    log = [make_review(PNEUMONIA, "+"), make_review(PNEUMONIA, "-"), make_review(EDEMA, "0")]

    count = count_reviews(RESULT, log)

    assert (count.n_findings, count.n_reviewed, count.n_rejected, count.n_no_opinion) == (3, 2, 1, 1)
    assert (count.n_accepted, count.n_modified, count.is_complete) == (0, 0, False)


def test_a_signature_holds_for_the_reviews_it_was_given_for_only() -> None:
    first, second = make_review(PNEUMONIA, "+"), make_review(EDEMA, "?")
    signed = sign(first.id)

    assert signature_of(RESULT, ReviewLog((first,), (signed,))) == signed
    assert signature_of(RESULT, ReviewLog((first, second), (signed,))) is None
    assert signature_of(RESULT, ReviewLog((), (sign(),))) is None


def test_a_case_without_study_is_known_by_its_files_wherever_they_lie() -> None:
    one, other = InputFile(InputKind.NOTE, "a/note.txt", "1" * 64), InputFile(InputKind.VITALS, "v.csv", "2" * 64)

    assert review_document("", [one, other]) == review_document("", [replace(other, path="x"), one])
    assert review_document("", [one]) != review_document("", [other])
    assert review_document("1.2", [one]) == "1.2"
    assert review_document("", []) == ""

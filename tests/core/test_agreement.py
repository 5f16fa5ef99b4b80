"""Agreement of readers and model: kappa and its interval against known values, and what counts as a reading."""

from __future__ import annotations

import random

import pytest

from medmm.core.agreement import (
    CaseReviews,
    Reads,
    agreement_by_finding,
    agreement_by_month,
    cohen_kappa,
    kappa_interval,
)
from medmm.core.review import Review
from tests.core.review_builders import make_ai, make_review


def pairs_of(table: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    return [pair for pair, n in table.items() for _ in range(n)]


def test_kappa_of_a_textbook_table() -> None:
    # 20 and 15 agreements, 5 and 10 disagreements of 50: observed 0.7, expected 0.5.
    pairs = pairs_of({("+", "+"): 20, ("+", "-"): 5, ("-", "+"): 10, ("-", "-"): 15})

    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_kappa_of_three_categories_equals_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    draw = random.Random(3)
    pairs = [(draw.choice("+-?"), draw.choice("++-?")) for _ in range(60)]

    assert cohen_kappa(pairs) == pytest.approx(metrics.cohen_kappa_score(*zip(*pairs, strict=True)))


@pytest.mark.parametrize("pairs", [[], [("+", "+")] * 9])
def test_kappa_is_not_defined_where_chance_alone_agrees(pairs: list[tuple[str, str]]) -> None:
    assert cohen_kappa(pairs) is None
    assert kappa_interval(pairs) is None


def test_full_agreement_of_few_is_no_certainty() -> None:
    # Wilson's lower end for 4 of 4 is 4 / (4 + 1.96^2) = 0.5101; expected agreement is 0.5.
    interval = kappa_interval(pairs_of({("+", "+"): 2, ("-", "-"): 2}))

    assert interval is not None
    assert interval == pytest.approx((0.0202, 1.0), abs=1e-3)


def case_of(*reviews: Review) -> CaseReviews:
    return CaseReviews("c", reviews)


def test_findings_are_counted_apart_and_no_opinion_is_none() -> None:
    nodule, edema = make_ai("nodule", "-"), make_ai("edema", "?")
    cases = [
        case_of(make_review(nodule, "-"), make_review(edema, "0")),
        case_of(make_review(nodule, "+"), make_review(edema, "?")),
    ]

    by_name = {row.name: row for row in agreement_by_finding(cases)}

    assert (by_name["nodule"].n, by_name["nodule"].n_agreed, by_name["nodule"].n_overruled) == (2, 1, 1)
    assert (by_name["edema"].n, by_name["edema"].n_agreed, by_name["edema"].n_no_opinion) == (1, 1, 1)


def test_the_independent_reading_counts_and_a_change_after_it_is_told() -> None:
    ai = make_ai(decision="+")
    cases = [case_of(make_review(ai, "-", is_first=True), make_review(ai, "+")), case_of(make_review(ai, "+"))]

    (all_reads,) = agreement_by_finding(cases)
    (blind,) = agreement_by_finding(cases, reads=Reads.READER_FIRST)
    (seen,) = agreement_by_finding(cases, reads=Reads.AI_FIRST)

    assert (all_reads.n, all_reads.n_overruled, all_reads.n_changed) == (2, 1, 1)
    assert (blind.n, blind.n_agreed) == (1, 0)
    assert (seen.n, seen.n_agreed) == (1, 1)


def test_a_change_of_mind_is_one_reading_and_two_answers_are_two() -> None:
    before, after = make_ai(logit=0.2), make_ai(logit=0.9)

    (row,) = agreement_by_finding(
        [case_of(make_review(before, "+"), make_review(before, "-"), make_review(after, "+"))]
    )

    assert (row.n, row.n_agreed, row.n_overruled) == (2, 1, 1)


def test_months_come_in_order_and_for_one_finding_alone() -> None:
    nodule, edema = make_ai("nodule"), make_ai("edema")
    cases = [
        case_of(make_review(nodule, "+", time="2026-12-01T08:00:00+01:00")),
        case_of(make_review(nodule, "+"), make_review(edema, "-")),
    ]

    assert [(row.name, row.n) for row in agreement_by_month(cases)] == [("2026-11", 2), ("2026-12", 1)]
    assert [(row.name, row.n) for row in agreement_by_month(cases, finding="edema")] == [("2026-11", 1)]

"""Similar training cases as the report says them."""

from __future__ import annotations

from dataclasses import replace

from medmm.core.quality import InputKind
from medmm.core.similar import SimilarCase, SimilarCases
from medmm.core.words import Words
from medmm.report.similar_part import similar_sentences
from tests.report.builders import make_finding, make_result

FINDINGS = tuple(make_finding(name, shown) for name, shown in (("nodule", 0.1), ("pneumonia", 0.8), ("effusion", 0.3)))


def make_similar(*labels: dict[str, bool], doubt: str = "", simulated: bool = True) -> SimilarCases:
    """Training cases with these labels."""
    cases = tuple(SimilarCase(n, 40 + n, 0.9 - n / 100, own, simulated) for n, own in enumerate(labels, start=1))
    return SimilarCases(cases, 1000, (InputKind.IMAGE, InputKind.NOTE), Words("{doubt}", doubt=doubt))


def sentence_of(similar: SimilarCases | None) -> str:
    return similar_sentences(replace(make_result(findings=FINDINGS), similar=similar))


def test_every_finding_has_its_count_in_the_order_of_the_report() -> None:
    ill, well = {"pneumonia": True, "nodule": False}, {"pneumonia": False, "nodule": False}

    assert sentence_of(make_similar(ill, well, ill)) == (
        "Of the 3 nearest of 1,000 simulated training cases, compared by image, note: pneumonia in 2; in none: nodule; "
        "not known: effusion."
    )


def test_a_label_that_is_not_known_is_not_counted_as_absent() -> None:
    similar = make_similar({"pneumonia": True}, {"pneumonia": True, "nodule": True}, simulated=False)

    assert sentence_of(similar) == (
        "Of the 2 nearest of 1,000 training cases, compared by image, note: pneumonia in 2, nodule in 1 of 1 known; "
        "not known: effusion."
    )


def test_of_a_stranger_the_reason_stands_in_place_of_counts() -> None:
    words = sentence_of(make_similar({"pneumonia": True}, doubt="Unlike all."))
    assert words == "Not shown. Unlike all."


def test_a_bundle_without_them_says_nothing() -> None:
    assert sentence_of(None) == ""

"""What the terminal says of a result."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medmm.cli.tables import print_result
from medmm.core.prediction import CaseResult
from medmm.core.quality import InputKind
from medmm.core.similar import SimilarCase, SimilarCases
from medmm.core.words import Words
from tests.report.builders import make_case, make_result


def said(result: CaseResult, capsys: pytest.CaptureFixture[str]) -> str:
    print_result(make_case(), result)
    return " ".join(capsys.readouterr().out.split())


def test_a_map_that_is_not_shown_has_its_reason_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    result = make_result()
    why = result.explanations["pneumonia"]
    refused = replace(why, heatmap=None, map_refusal=Words("No heat map: {n} test maps.", n=40))
    strayed = replace(why, heatmap=replace(why.heatmap, outside=0.8))

    assert "No heat map" not in said(result, capsys)
    assert "Pneumonia: No heat map: 40 test maps." in said(replace(result, explanations={"pneumonia": refused}), capsys)
    assert "Pneumonia: Evidence lies outside the anatomy: 80 %" in said(
        replace(result, explanations={"pneumonia": strayed}), capsys
    )


def test_similar_training_cases_are_one_line_and_of_a_stranger_none_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    near = tuple(SimilarCase(n, n, 0.9, {"pneumonia": n < 4, "nodule": False}, True) for n in range(1, 6))
    similar = SimilarCases(near, 1000, (InputKind.IMAGE,))
    strange = replace(similar, doubt=Words("Unlike all."))

    assert "Similar" not in said(make_result(), capsys)
    words = said(replace(make_result(), similar=similar), capsys)
    assert "Similar, as context only: the nearest 5 of 1,000 simulated training cases: pneumonia 3/5" in words
    words = said(replace(make_result(), similar=strange), capsys)
    assert "Similar training cases: Unlike all." in words
    assert "3/5" not in words

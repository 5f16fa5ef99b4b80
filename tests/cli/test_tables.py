"""What the terminal says of a result."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medmm.cli.tables import print_result
from medmm.core.prediction import CaseResult
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

"""The evaluation report: every number is there, words are escaped, the PDF is sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from medmm.training.bootstrap import Estimate
from medmm.training.figures import DomainFigures, DomainScores, measure
from medmm.training.pages.content import claim, evaluation_page, shown, subset_table
from medmm.training.pages.html import to_html
from medmm.training.pages.markdown import to_markdown
from medmm.training.pages.page import Page, Section, Table
from medmm.training.pages.write import write_page
from tests.training.page_scores import make_scores


@pytest.fixture(scope="module")
def measured() -> tuple[DomainScores, DomainFigures]:
    scores = make_scores(120, findings=("pneumonia", "nodule"))
    return scores, measure(scores, samples=100, seed=0)


@pytest.mark.slow
def test_report_is_written_with_every_plot(measured: tuple[DomainScores, DomainFigures], tmp_path: Path) -> None:
    page = evaluation_page(*measured, model="tiny 1", samples=100, is_calibrated=True)

    write_page(page, tmp_path)

    names = {path.name for path in tmp_path.iterdir()}
    plots = {"roc", "precision_recall", "calibration", "confusion", "subsets", "comparisons", "subgroups"}
    assert names == {f"{name}.png" for name in plots} | {"report.html", "report.pdf"}
    assert all((tmp_path / f"{name}.png").read_bytes()[1:4] == b"PNG" for name in plots)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    auroc = measured[1].findings[0].auroc
    assert f"{auroc.value:.2f} ({auroc.low:.2f} to {auroc.high:.2f})" in html
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_one_finding_with_one_class_and_one_input_still_makes_a_report(tmp_path: Path) -> None:
    scores = make_scores(30, findings=("pneumonia", "nodule"))
    labels = scores.labels.copy()
    labels[:, 1] = 0
    subset = min(scores.logits, key=len)
    scores = replace(scores, labels=labels, logits={subset: scores.logits[subset]})
    figures = measure(scores, samples=100, seed=0)

    write_page(evaluation_page(scores, figures, model="tiny", samples=100, is_calibrated=False), tmp_path)

    assert figures.comparisons == ()
    assert np.isnan(figures.findings[1].auroc.value)
    assert (tmp_path / "report.pdf").is_file()


def test_words_of_patients_stay_words() -> None:
    page = Page("<b>", (("Model", "a & b"),), (Section("x", ("<script>",), (Table(("h",), (("<i>",),)),)),))

    html = to_html(page)

    assert "<script>" not in html
    assert "<i>" not in html
    assert "a &amp; b" in html


def test_card_table_is_markdown() -> None:
    table = Table(("finding", "n"), (("a|b", "3"),))

    assert to_markdown(table) == "| finding | n |\n| --- | --- |\n| a\\|b | 3 |"


def test_claim_follows_the_interval(measured: tuple[DomainScores, DomainFigures]) -> None:
    _, figures = measured
    closest = next(one for one in figures.comparisons if one.rival == figures.best_single)
    weak = replace(closest, difference=Estimate(0.01, -0.02, 0.04), detectable=0.043)

    assert claim(figures).startswith("Gain:")
    said = claim(replace(figures, comparisons=(weak,)))
    assert said.startswith("No detectable gain at this n")
    assert "0.043" in said


def test_every_subset_has_its_row(measured: tuple[DomainScores, DomainFigures]) -> None:
    rows = subset_table(measured[1]).rows

    assert len(rows) == 7
    assert {row[0] for row in rows} >= {"image", "image + note + vitals"}


def test_value_without_interval_is_shown_alone() -> None:
    nan = float("nan")

    assert (shown(Estimate(0.5, nan, nan)), shown(Estimate(nan, nan, nan))) == ("0.50", "–")

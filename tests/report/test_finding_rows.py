"""Findings as rows, for the PDF and the terminal."""

from __future__ import annotations

from dataclasses import replace

from medmm.core.prediction import InputUse, Shares
from medmm.core.quality import InputKind
from medmm.core.words import Words
from medmm.report.finding_rows import finding_rows, signed, sort_findings, summarize, used_kinds
from medmm.report.table import findings_table
from tests.report.builders import make_finding, make_model, make_result, make_shares


def test_findings_are_sorted_by_decision_then_number() -> None:
    findings = (
        make_finding("nodule", 0.30),
        make_finding("pneumonia", 0.60),
        make_finding("pleural_effusion", 0.55, decision="uncertain"),
        make_finding("cardiomegaly", 0.90),
    )

    names = [finding.name for finding in sort_findings(findings)]

    assert names == ["cardiomegaly", "pneumonia", "pleural_effusion", "nodule"]


def test_signed_uses_a_true_minus_and_no_negative_zero() -> None:
    assert [signed(1.234), signed(-0.6), signed(-0.001)] == ["+1.23", "−0.60", "0.00"]


def test_summary_names_positive_uncertain_and_missing_inputs() -> None:
    result = make_result()
    used = {**result.inputs_used, InputKind.VITALS: InputUse(False)}

    summary = summarize(replace(result, inputs_used=used))

    assert summary == "Positive: Pneumonia. Uncertain: Pleural effusion. Negative: 4 of 6. Scored without vitals."


def test_row_says_when_inputs_disagree() -> None:
    rows = {row.name: row for row in finding_rows(make_result())}

    assert rows["Pleural effusion"].remark == "inputs disagree: image says yes, note says no"
    assert rows["Pneumonia"].remark == ""


def test_row_says_when_it_rests_on_one_input() -> None:
    shares = {"pneumonia": make_shares("pneumonia", 2.0, 0.05, 0.05)}
    result = make_result(findings=(make_finding("pneumonia", 0.8),), shares=shares)

    assert finding_rows(result)[0].remark == "rests on the image alone"


def test_row_prints_shares_baseline_and_total_in_logits() -> None:
    row = finding_rows(make_result())[0]

    assert [(share.kind, share.text) for share in row.shares] == [
        ("image", "+1.42"),
        ("note", "+0.93"),
        ("vitals", "+0.34"),
    ]
    assert (row.baseline, row.total) == ("−1.10", "+1.59")  # -1.1 + 1.42 + 0.93 + 0.34


def test_absent_input_has_no_column() -> None:
    result = make_result()
    used = {**result.inputs_used, InputKind.NOTE: InputUse(False)}

    kinds = used_kinds(replace(result, inputs_used=used))

    assert kinds == (InputKind.IMAGE, InputKind.VITALS)


def test_an_uncertain_finding_says_why_before_what_it_rests_on() -> None:
    finding = replace(make_result().findings[1], reason=Words("Cannot tell at 90 %: both answers are possible."))

    (row,) = finding_rows(make_result(findings=(finding,)))

    assert row.remark.startswith("Cannot tell at 90 %: both answers are possible. inputs disagree")


def test_table_has_a_cell_for_every_heading() -> None:
    table = findings_table(make_result())

    assert table.headings[:2] == ("finding", "probability")
    assert table.rows[0] == ("Pneumonia", "0.83", "0.75–0.91", "0.50", "▲ positive", "+1.42", "+0.93", "+0.34")
    assert {len(row) for row in table.rows} == {len(table.headings)}
    assert table.decisions[:2] == ("positive", "uncertain")


def test_table_of_an_uncalibrated_model_speaks_of_scores_and_no_percent() -> None:
    table = findings_table(make_result(is_calibrated=False))

    assert table.headings[1] == "uncalibrated score"
    assert "%" not in str(table)


def test_table_marks_a_share_that_was_not_computed() -> None:
    result = make_result(
        shares={"pneumonia": Shares("pneumonia", {InputKind.IMAGE: 0.5}, 0.0, 0.5)}, model=make_model()
    )

    assert findings_table(result).rows[0][5:] == ("+0.50", "–", "–")
    assert findings_table(result).rows[1][5:] == ("–", "–", "–")

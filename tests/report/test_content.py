"""The report as a value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medmm.core.image import ImageGeometry
from medmm.core.prediction import CaseResult, InputUse
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.report.content import compose_report
from medmm.report.key_images import ready_images
from medmm.report.value import Fact
from tests.report.builders import (
    make_case,
    make_explanation,
    make_finding,
    make_heatmap,
    make_image,
    make_note,
    make_result,
)


def with_stability(result: CaseResult, stability: float) -> CaseResult:
    """The result with a heat map of that stability for pneumonia."""
    heatmap = replace(make_heatmap(), stability=stability)
    return replace(result, explanations={"pneumonia": replace(make_explanation("pneumonia"), heatmap=heatmap)})


def test_patient_block_spells_dates_and_age() -> None:
    report = compose_report(make_case(images=(make_image(32, 28),)), make_result())

    assert report.patient_name == "MILLER ANNA"
    assert report.patient == (
        Fact("Patient ID", "004211"),
        Fact("Born", "12 March 1961 (65 y)"),
        Fact("Sex", "female"),
    )
    assert Fact("Performed", "3 November 2026, 14:02") in report.study
    assert Fact("Examination", "DX, Chest radiograph, view PA") in report.study


def test_running_head_shortens_a_name_that_would_fill_two_lines() -> None:
    case = make_case(images=())
    case = replace(case, patient=replace(case.patient, name="A" * 64, patient_id="9" * 64))

    report = compose_report(case, make_result())

    assert report.running_head == f"{'A' * 35}…  ·  ID {'9' * 17}…  ·  12 March 1961"
    assert report.patient_name == "A" * 64


def test_map_is_shown_for_positive_findings_only() -> None:
    explanations = {name: make_explanation(name) for name in ("pneumonia", "pleural_effusion", "nodule")}

    report = compose_report(make_case(images=(make_image(32, 28),)), make_result(explanations=explanations))

    assert [overlay.finding for overlay in report.images[0].overlays] == ["Pneumonia"]


def test_unstable_map_is_replaced_by_a_sentence() -> None:
    report = compose_report(make_case(images=(make_image(32, 28),)), with_stability(make_result(), 0.31))

    overlay = report.images[0].overlays[0]
    assert overlay.refusal == "No reliable location (stability 0.31, at least 0.50 needed)."
    assert overlay.cells == ()


def with_refusal(result: CaseResult) -> CaseResult:
    """The result of a bundle whose maps of pneumonia failed its tests."""
    reason = Words("No heat map: of {n} test maps the hottest cell touched it in {hits} %.", n=40, hits=42)
    why = replace(result.explanations["pneumonia"], heatmap=None, map_refusal=reason)
    return replace(result, explanations={**result.explanations, "pneumonia": why})


def test_a_map_that_failed_the_tests_of_its_model_is_replaced_by_the_reason() -> None:
    report = compose_report(make_case(images=(make_image(32, 28),)), with_refusal(make_result()))

    overlay = report.images[0].overlays[0]
    assert (overlay.finding, overlay.cells) == ("Pneumonia", ())
    assert overlay.refusal == "No heat map: of 40 test maps the hottest cell touched it in 42 %."
    assert report.images[0].png


def test_a_report_from_a_stored_result_says_the_reason_as_well() -> None:
    (shown,) = ready_images(with_refusal(make_result()), {})

    assert [overlay.refusal for overlay in shown.overlays] == [
        "No heat map: of 40 test maps the hottest cell touched it in 42 %."
    ]


def test_evidence_beyond_the_body_is_told_beside_the_map() -> None:
    result = make_result()
    why = result.explanations["pneumonia"]
    strayed = replace(why, heatmap=replace(why.heatmap, outside=0.8))

    report = compose_report(
        make_case(images=(make_image(32, 28),)), replace(result, explanations={"pneumonia": strayed})
    )

    overlay = report.images[0].overlays[0]
    assert overlay.warning == "Evidence lies outside the anatomy: 80 % of the map's weight is beyond the body."
    assert len(overlay.cells) == 49


def test_overlay_names_method_grid_and_absolute_scale() -> None:
    report = compose_report(make_case(images=(make_image(32, 28),)), with_stability(make_result(), 0.9))

    overlay = report.images[0].overlays[0]
    assert (overlay.method, overlay.grid, overlay.scale) == ("Grad-CAM (fusion head)", "7 × 7", "0.5")
    assert len(overlay.cells) == 49


def test_no_positive_finding_shows_the_image_and_says_why_there_is_no_map() -> None:
    result = make_result(findings=(make_finding("nodule", 0.1),), explanations={})

    report = compose_report(make_case(images=(make_image(32, 28),)), result)

    assert report.images[0].overlays == ()
    assert report.image_sentence == "No map: it is drawn for positive findings only, and none is positive."


def test_missing_input_is_said_with_its_reason() -> None:
    result = make_result()
    reason = QualityNote("vitals_absent", "No vitals table was found.", Severity.WARNING, InputKind.VITALS)
    used = {**result.inputs_used, InputKind.VITALS: InputUse(False, (reason,))}

    report = compose_report(make_case(images=(), vitals=()), replace(result, inputs_used=used, explanations={}))

    assert ("vitals", False, "No vitals table was found.") in [(i.kind, i.used, i.words) for i in report.inputs]
    assert report.vitals_sentence == "No vital signs in this case."
    assert [check.code for check in report.checks].count("vitals_absent") == 1


def test_checks_come_gravest_first_and_once() -> None:
    stop = QualityNote("identity_conflict", "Two patients: 1 and 2.", Severity.STOP)
    case = make_case(images=())

    report = compose_report(case.with_checks(stop), make_result(checks=(*case.checks, stop)))

    assert [check.severity for check in report.checks] == ["stop", "warning", "info"]


@pytest.mark.parametrize(
    ("coverage", "words"), [(1.0, "all of it but lines that name the patient"), (0.5, "about 102 of 203 characters")]
)
def test_excerpt_says_how_much_of_the_note_the_model_read(coverage: float, words: str) -> None:
    case = make_case(images=(), notes=(make_note("cough " * 33 + "fever"),))

    report = compose_report(case, make_result(note_coverage=coverage, explanations={}))

    assert report.notes[0].coverage == f"Shown: whole note. Read by the model: {words}."


def test_uncalibrated_report_speaks_of_scores_and_says_so() -> None:
    report = compose_report(make_case(images=()), make_result(is_calibrated=False))

    assert report.score_word == "uncalibrated score"
    assert "The scores are not calibrated: they rank cases and are no probabilities." in report.limits


def test_a_calibrated_model_that_withheld_its_probabilities_speaks_of_scores() -> None:
    result = make_result(is_calibrated=True)
    withheld = tuple(replace(finding, probability=None, decision="uncertain") for finding in result.findings)

    report = compose_report(make_case(images=()), replace(result, findings=withheld))

    assert report.score_word == "uncalibrated score"
    assert "The scores are not calibrated: they rank cases and are no probabilities." in report.limits
    assert {fact.label: fact.value for fact in report.model}["Numbers"] == "uncalibrated scores"
    assert "%" not in str(report.findings)


def test_a_reason_that_all_findings_share_is_said_once() -> None:
    reason = Words("Cannot tell: the calibration does not hold for the image of this case; the checks say why.")
    result = make_result()
    undecided = tuple(replace(finding, decision="uncertain", reason=reason) for finding in result.findings)

    report = compose_report(make_case(images=()), replace(result, findings=undecided))

    assert report.summary.count(reason) == 1
    assert reason not in str([row.remark for row in report.findings])


def test_model_limits_and_files_are_listed() -> None:
    report = compose_report(make_case(images=()), make_result())

    assert report.limits[-1] == "Trained on simulated patients; not for children below 16 years."
    assert [(file.kind, file.sha256[:2]) for file in report.files] == [
        ("image", "aa"),
        ("note", "bb"),
        ("vitals", "cc"),
    ]
    assert Fact("Bundle SHA-256", "4f" * 32) in report.model


def test_the_image_that_was_scored_is_shown_and_not_the_first() -> None:
    lateral, scored = make_image(320, 280), make_image(200, 100)
    lateral = replace(lateral, header=replace(lateral.header, view_position="LL", series_description="lateral"))
    scored = replace(scored, geometry=ImageGeometry())
    result = make_result(findings=(make_finding("nodule", 0.1),), explanations={}, image_index=1)

    report = compose_report(make_case(images=(lateral, scored)), result)

    assert [picture.caption for picture in report.images] == ["DX CHEST PA, 3 November 2026"]
    assert report.images[0].aspect == 0.5
    assert any("view PA" in fact.value for fact in report.study)

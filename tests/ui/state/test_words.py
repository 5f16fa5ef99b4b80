"""What the panels say: banner, findings and reasons, with hand-written expectations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medmm.core.identity import PatientIdentity
from medmm.core.prediction import JointSum, Shares, TokenWeight, VitalWeight
from medmm.core.quality import InputKind
from medmm.core.words import Words
from tests.ui.builders import make_case, make_finding, make_result
from ui.state.finding_words import disagreement, margin_words, signed, spoken, without_words
from ui.state.identity_line import identity_checks, patient_words, study_words
from ui.state.map_words import map_line, map_warning, overlay_caption, shown_map
from ui.state.why_words import alone_words, joint_words, sentence_line, sum_words, vital_line, vital_lines, word_lines


def test_the_banner_says_id_birth_date_age_and_sex() -> None:
    # Born 12 Mar 1961, seen 3 Nov 2026: 65 completed years.
    assert patient_words(make_case()) == "ID 004211  ·  12 Mar 1961 (65 y)  ·  female"


def test_the_banner_says_what_was_taken_when() -> None:
    assert study_words(make_case().images[0]) == "CR chest PA  ·  3 Nov 2026 14:02  ·  acc 88213"


def test_a_missing_identity_is_said_and_not_filled_in() -> None:
    case = replace(make_case(), patient=PatientIdentity())

    assert patient_words(case) == "no ID"


def test_each_input_has_its_identity_verdict() -> None:
    case = make_case()
    silent = replace(case, notes=(replace(case.notes[0], identity=PatientIdentity()),), vitals=())

    assert [check.verdict for check in identity_checks(case)] == ["ok", "ok", "ok"]
    assert [check.verdict for check in identity_checks(silent)] == ["ok", "silent", "none"]
    assert [check.verdict for check in identity_checks(make_case(stop=True))] == ["conflict"] * 3


@pytest.mark.parametrize(
    ("value", "words"), [(1.44, "+1.4"), (-0.9, "−0.9"), (-0.03, "−0.03"), (0.0, "+0.00"), (-0.004, "+0.00")]
)
def test_shares_carry_their_sign(value: float, words: str) -> None:
    assert signed(value) == words


def test_an_uncalibrated_score_is_never_called_a_probability() -> None:
    result = make_result(is_calibrated=False)
    words = spoken(replace(result.findings[1], probability=None), result)

    assert "probability" not in words
    assert "%" not in words
    assert "score 0.83" in words


def test_interval_and_threshold_are_on_the_scale_of_the_number() -> None:
    assert margin_words(make_finding("nodule", 0.3, "negative")) == "0.20–0.40  ·  threshold 0.50"


def test_inputs_that_disagree_are_named() -> None:
    shares = Shares("x", {InputKind.IMAGE: 1.4, InputKind.NOTE: -0.9, InputKind.VITALS: 0.1}, 0.0, 0.6)
    agreeing = Shares("x", {InputKind.IMAGE: 1.4, InputKind.NOTE: 0.9, InputKind.VITALS: -0.1}, 0.0, 2.2)

    assert disagreement(shares) == "image speaks for it, note speaks against it"
    assert disagreement(agreeing) == ""


def test_a_prediction_without_an_input_says_so() -> None:
    result = make_result()
    used = {**result.inputs_used, InputKind.VITALS: replace(result.inputs_used[InputKind.VITALS], used=False)}

    assert without_words(replace(result, inputs_used=used)) == "without vitals"
    assert without_words(result) == ""


def test_the_sum_of_the_shares_is_written_out() -> None:
    words = sum_words(make_result().shares["pneumonia"])

    assert words == "baseline −1.00   image +1.40   note −0.90   vitals +0.00   =   −0.50 logits"


def test_the_heaviest_words_and_vitals_are_named() -> None:
    explanation = make_result().explanations["pneumonia"]

    tokens = (*explanation.tokens, TokenWeight(5, 6, "?", 0.9))
    assert word_lines(tokens) == [
        "Raise it: “Cough” +0.60",
        "Lower it: “No effusion” −0.30",
    ]
    assert vital_lines(explanation.vitals) == [
        "Temperature 39.1 °C: +0.40",
        "SpO₂ not measured, from default: −0.10",
    ]


def test_only_a_positive_finding_has_a_map_and_only_on_its_image() -> None:
    result = make_result()
    explanation = result.explanations["pneumonia"]
    nodule, pneumonia, edema = result.findings

    assert shown_map(pneumonia, explanation, 0) is explanation.heatmap
    assert shown_map(pneumonia, explanation, 1) is None
    assert shown_map(edema, explanation, 0) is None
    assert "no map" in overlay_caption(nodule, None, 0)
    assert overlay_caption(pneumonia, explanation, 1) == "Pneumonia: the map belongs to image 1"


def test_a_map_that_does_not_hold_still_is_not_drawn_and_the_words_say_so() -> None:
    result = make_result()
    pneumonia, explanation = result.findings[1], result.explanations["pneumonia"]
    shaky = replace(explanation, heatmap=replace(explanation.heatmap, stability=0.31))

    assert shown_map(pneumonia, shaky, 0) is None
    reason = "no reliable location (stability 0.31, at least 0.50 needed)."
    assert overlay_caption(pneumonia, shaky, 0) == f"Pneumonia: {reason}"
    assert map_line(shaky, pneumonia) == f"No map: {reason}"


def test_a_map_that_failed_the_tests_of_its_model_is_not_drawn_and_the_reason_stands_in_its_place() -> None:
    result = make_result()
    pneumonia, explanation = result.findings[1], result.explanations["pneumonia"]
    reason = Words("No heat map: of {n} test maps the hottest cell touched it in {hits:.0f} %.", n=40, hits=42.0)
    refused = replace(explanation, heatmap=None, map_refusal=reason)

    assert map_line(refused, pneumonia) == "No heat map: of 40 test maps the hottest cell touched it in 42 %."
    assert overlay_caption(pneumonia, refused, 0) == "Pneumonia: no map, it failed the tests of this model"
    # Not even where a map came along with the refusal.
    assert shown_map(pneumonia, replace(explanation, map_refusal=reason), 0) is None


def test_the_words_say_how_often_maps_of_the_finding_pointed_right_or_that_nobody_knows() -> None:
    result = make_result()
    pneumonia, explanation = result.findings[1], result.explanations["pneumonia"]
    tested = replace(explanation, heatmap=replace(explanation.heatmap, is_tested=True, hits=0.934))

    assert map_line(tested, pneumonia).endswith("hottest at the finding in 93 % of the tests.")
    assert map_line(explanation, pneumonia).endswith("not tested for this finding of this model.")


def test_evidence_beyond_the_body_is_warned_of_where_the_map_is_drawn() -> None:
    result = make_result()
    edema = result.findings[2]
    pneumonia, explanation = result.findings[1], result.explanations["pneumonia"]
    strayed = replace(explanation, heatmap=replace(explanation.heatmap, outside=0.72))
    words = "Evidence lies outside the anatomy: 72 % of the map's weight is beyond the body."

    assert map_warning(strayed, pneumonia) == words
    assert map_warning(explanation, pneumonia) == ""
    assert map_warning(strayed, edema) == ""


def test_the_map_is_never_called_a_lesion() -> None:
    line = map_line(make_result().explanations["pneumonia"], make_result().findings[1])

    assert line.startswith("Areas of the image that changed the score: Grad-CAM (fusion head), map resolution 2×3")
    assert "lesion" not in line


def test_an_image_whose_pixels_cannot_be_read_is_not_called_right_for_its_header() -> None:
    unread = identity_checks(make_case(), is_image_unread=True)
    conflict = identity_checks(make_case(stop=True), is_image_unread=True)

    assert [check.verdict for check in unread] == ["unread", "ok", "ok"]
    assert conflict[0].verdict == "conflict"


def test_the_joint_sum_names_its_parts_and_a_gap_is_not_hidden() -> None:
    joint = JointSum({InputKind.IMAGE: 0.66, InputKind.NOTE: 10.16}, 10.8, -7.24, 0.0063, 8, "method")

    assert joint_words(joint) == (
        "From blank inputs (−7.24) to this case: image +0.66, note +10.16. The parts miss the change by 0.0063 of it."
    )
    assert joint_words(replace(joint, gap=0.034)).endswith(
        "The parts miss the change by 0.0340 of it. That is over 0.01: the weights below are rough."
    )


def test_a_vital_sign_is_named_with_its_range_and_time() -> None:
    weight = VitalWeight("temperature_c", 38.3, "°C", 0.21, reference=(36.1, 38.0), time="2023-06-26T15:26:00")

    assert vital_line(weight) == "Temperature 38.3 °C ▲ (usual 36.1–38, 26 Jun 15:26): +0.21"
    missing = replace(weight, value=None, imputed=True, time="")
    assert vital_line(missing) == "Temperature not measured, from default (usual 36.1–38): +0.21"
    assert vital_line(replace(weight, value=36.5)) == "Temperature 36.5 °C (usual 36.1–38, 26 Jun 15:26): +0.21"


def test_sentences_are_named_by_weight_and_shortened() -> None:
    long = "58-year-old man, shaking chills, fever up to 39, c/o cough for 6 days, worse at night, no haemoptysis."
    sentences = (
        TokenWeight(0, 9, "Bases clear.", -0.4),
        TokenWeight(9, 99, long, 3.25),
        TokenWeight(99, 100, "x", 0.1),
    )

    line = sentence_line(sentences)

    first = "58-year-old man, shaking chills, fever up to … no haemoptysis."
    assert line == f"By sentence: “{first}” +3.25; “Bases clear.” −0.40"
    assert sentence_line(()) == ""


def test_inputs_that_contradict_each_other_alone_are_named() -> None:
    shares = Shares("pneumonia", {}, 0.0, 0.0, {InputKind.IMAGE: -2.1, InputKind.NOTE: 3.0, InputKind.VITALS: -0.5})

    assert alone_words(shares) == (
        "Each input alone: image −2.10, note +3.00, vitals −0.50 logits, not calibrated. "
        "They disagree: yes from note, no from image."
    )
    agreeing = replace(shares, alone={InputKind.IMAGE: 2.0, InputKind.NOTE: 0.5})
    assert alone_words(agreeing) == "Each input alone: image +2.00, note +0.50 logits, not calibrated."
    assert alone_words(replace(shares, alone={InputKind.NOTE: 3.0})) == ""

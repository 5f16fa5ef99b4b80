"""medmm.result/1: valid, finite, and read back as it was."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from medmm.core.errors import ReportError
from medmm.core.heat_map import SoundMap
from medmm.core.prediction import CaseResult, InputUse, JointSum, MomentWeight, TokenWeight, VitalWeight
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.resources import resource
from medmm.core.similar import SimilarCase, SimilarCases
from medmm.core.what_if import WhatIf
from medmm.core.words import Words
from medmm.workflow.result_json import result_from_json, result_to_json
from tests.report.builders import make_case, make_finding, make_result


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """The schema in the repository."""
    schema = json.loads(resource("schema", "medmm.result-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def document_of(result: CaseResult) -> dict[str, Any]:
    """The document as another program would read it."""
    return json.loads(json.dumps(result_to_json(make_case(), result), allow_nan=False))


@pytest.mark.parametrize("is_calibrated", [True, False])
def test_document_is_valid_against_the_schema(validator: Draft202012Validator, is_calibrated: bool) -> None:
    validator.validate(document_of(make_result(is_calibrated=is_calibrated)))


def test_document_without_explanation_is_valid(validator: Draft202012Validator) -> None:
    validator.validate(document_of(make_result(explanations={}, shares={}, note_coverage=None)))


def test_a_refused_map_has_its_reason_there_and_back_and_a_shown_one_its_tests(validator: Draft202012Validator) -> None:
    result = make_result()
    why = result.explanations["pneumonia"]
    refused = replace(why, heatmap=None, map_refusal=Words("No heat map: {n} test maps.", n=40))
    tested = replace(why, heatmap=replace(why.heatmap, is_tested=True, hits=0.93, outside=0.25))
    for given in (refused, tested):
        document = document_of(replace(result, explanations={"pneumonia": given}))
        validator.validate(document)
        read = result_from_json(json.dumps(document)).result.explanations["pneumonia"]
        assert read.map_refusal == given.map_refusal
        if given.heatmap is None:
            assert read.heatmap is None
        else:
            assert (read.heatmap.is_tested, read.heatmap.hits, read.heatmap.outside) == (True, 0.93, 0.25)


def test_withheld_probabilities_are_null_beside_a_calibrated_model(validator: Draft202012Validator) -> None:
    result = make_result(is_calibrated=True)
    withheld = tuple(replace(finding, probability=None, decision="uncertain") for finding in result.findings)

    document = document_of(replace(result, findings=withheld))

    validator.validate(document)
    assert {(finding["probability"], finding["decision"]) for finding in document["findings"]} == {(None, "uncertain")}
    assert result_from_json(json.dumps(document)).result.score_word == "uncalibrated score"


def test_uncalibrated_probability_is_null() -> None:
    findings = document_of(make_result(is_calibrated=False))["findings"]

    assert {finding["probability"] for finding in findings} == {None}
    assert findings[0]["score"] == 0.83


def test_an_uncertain_decision_carries_its_reason_there_and_back() -> None:
    reason = Words("Cannot tell at {level} %: both answers are possible.", level="90")
    finding = replace(make_finding("pneumonia", 0.4, decision="uncertain"), reason=reason)
    model = replace(make_result().model, n_members=5)

    document = document_of(make_result(findings=(finding,), model=model))
    read = result_from_json(json.dumps(document)).result

    assert document["findings"][0]["reason"] == "Cannot tell at 90 %: both answers are possible."
    assert read.findings[0].reason == reason
    assert read.model.n_members == 5


def test_every_input_kind_is_named_with_its_gate() -> None:
    result = make_result()
    reason = QualityNote("vitals_absent", "No vitals table was found.", Severity.WARNING, InputKind.VITALS)
    used = {InputKind.IMAGE: result.inputs_used[InputKind.IMAGE], InputKind.VITALS: InputUse(False, (reason,))}

    named = document_of(replace(result, inputs_used=used))["inputs_used"]

    assert list(named) == ["image", "note", "vitals", "audio"]
    assert named["vitals"]["used"] is False
    assert named["vitals"]["gate"][0]["code"] == "vitals_absent"


def test_shares_are_in_logits_and_sum() -> None:
    shares = document_of(make_result())["shares"]

    assert shares["unit"] == "logit"
    own = shares["finding"]["pneumonia"]
    assert own["image"] + own["note"] + own["vitals"] == pytest.approx(own["total"] - own["baseline"], abs=1e-9)


def test_checks_of_case_and_result_are_named_once() -> None:
    case = make_case()

    checks = document_of(make_result(checks=case.checks))["checks"]

    assert [check["code"] for check in checks] == ["identity_equal", "implausible_vital"]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_number_that_is_not_finite_is_refused(value: float) -> None:
    finding = replace(make_finding("pneumonia", 0.8), logit=value)

    with pytest.raises(ReportError, match="findings"):
        result_to_json(make_case(), make_result(findings=(finding,)))


def test_overlay_file_is_named_where_it_was_written() -> None:
    document = result_to_json(make_case(), make_result(), overlay_files={"pneumonia": "overlay_pneumonia.png"})

    heatmap = json.loads(json.dumps(document))["explanation"]["finding"]["pneumonia"]["heatmap"]
    assert heatmap["file"] == "overlay_pneumonia.png"
    assert heatmap["grid"] == [7, 7]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("findings", 0, "score"), 1.5),
        (("findings", 0, "decision"), "maybe"),
        (("model", "sha256"), "abc"),
        (("research_use_only",), False),
        (("shares", "unit"), "percent"),
        (("checks", 0, "severity"), "fatal"),
        (("extra",), 1),
        (("case", "inputs", 0, "kind"), "video"),
        (("explanation", "finding", "pneumonia", "heatmap", "file"), "../../etc/passwd"),
        (("timing_ms", "total"), -1),
    ],
)
def test_schema_refuses_a_wrong_document(validator: Draft202012Validator, path: tuple[Any, ...], value: object) -> None:
    document = copy.deepcopy(document_of(make_result()))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert not validator.is_valid(document)


def test_result_reads_back_as_it_was() -> None:
    case, result = make_case(), make_result()

    stored = result_from_json(json.dumps(result_to_json(case, result)))

    assert stored.result.findings == result.findings
    assert stored.result.shares == result.shares
    assert stored.result.model == result.model
    assert stored.result.inputs_used == result.inputs_used
    assert stored.result.timing_ms == result.timing_ms
    assert stored.case.inputs == case.inputs
    assert stored.case.checks == case.checks
    assert stored.case.index_time == case.index_time
    assert replace(stored.case.patient, source="images") == case.patient
    assert stored.study.study_description == "Chest radiograph"


def test_the_image_that_was_scored_is_named_and_reads_back(validator: Draft202012Validator) -> None:
    for index in (1, None):
        document = document_of(make_result(image_index=index))
        validator.validate(document)
        assert result_from_json(json.dumps(document)).result.image_index == index


def test_explanation_reads_back_with_its_map() -> None:
    own = make_result().explanations["pneumonia"]

    read = result_from_json(json.dumps(document_of(make_result()))).result.explanations["pneumonia"]

    assert (read.tokens, read.vitals, read.completeness_gap) == (own.tokens, own.vitals, own.completeness_gap)
    assert own.heatmap is not None
    assert read.heatmap is not None
    np.testing.assert_array_equal(read.heatmap.values, own.heatmap.values)
    np.testing.assert_array_equal(read.heatmap.to_stored, own.heatmap.to_stored)
    assert read.heatmap.seen_box == own.heatmap.seen_box


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "JSONDecodeError"),
        ("[]", "TypeError"),
        ("{}", "'schema' is missing"),
        ('{"schema": "medmm.result/9"}', "schema is 'medmm.result/9'"),
        ('{"schema": "medmm.result/1"}', "'case' is missing"),
        ('{"schema": NaN}', "ValueError"),
        ('{"schema": 1e999}', "ValueError"),
        ("[" * 100_000, "RecursionError"),
    ],
)
def test_document_of_another_kind_is_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ReportError, match=words):
        result_from_json(text)


def test_document_with_a_wrong_value_is_refused() -> None:
    document = document_of(make_result())
    document["findings"][0]["decision"] = "maybe"

    with pytest.raises(ReportError, match=r"no medmm\.result/1"):
        result_from_json(json.dumps(document))


def test_maps_of_sound_and_weights_over_time_are_valid_and_read_back(validator: Draft202012Validator) -> None:
    result = make_result()
    why = result.explanations["pneumonia"]
    sound = SoundMap(np.array([[0.0, 0.5], [0.25, 0.0]], np.float32), 0.2, ((40.0, 300.0), (300.0, 2000.0)), 1)
    moments = (MomentWeight("2024-03-05T06:00:00", 0.5), MomentWeight("2024-03-05T09:00:00", -0.125))
    vital = VitalWeight("heart_rate", 90.0, "/min", 0.375, moments=moments)
    heard = replace(result, explanations={"pneumonia": replace(why, sounds=(sound,), vitals=(vital,))})

    document = document_of(heard)
    back = result_from_json(json.dumps(document)).result.explanations["pneumonia"]

    validator.validate(document)
    assert back.vitals == (vital,)
    assert back.sounds[0].values.tolist() == sound.values.tolist()
    assert replace(back.sounds[0], values=sound.values) == sound
    assert "audio" not in document_of(result)["explanation"]["finding"]["pneumonia"]


def test_the_joint_sum_is_valid_and_reads_back(validator: Draft202012Validator) -> None:
    result = make_result()
    joint = JointSum({InputKind.IMAGE: 0.5, InputKind.NOTE: -0.25}, 0.25, -1.0, 0.004, 8, "layer integrated gradients")
    explained = {name: replace(why, joint=joint) for name, why in result.explanations.items()}

    document = document_of(replace(result, explanations=explained))

    validator.validate(document)
    written = [why["joint"]["by_kind"] for why in document["explanation"]["finding"].values()]
    assert written == [{"image": 0.5, "note": -0.25}] * len(explained)
    stored = result_from_json(json.dumps(document)).result
    assert [why.joint for why in stored.explanations.values()] == [joint] * len(explained)


def test_units_of_a_note_and_what_is_known_of_a_vital_sign_are_valid_and_read_back(
    validator: Draft202012Validator,
) -> None:
    result = make_result()
    unit = TokenWeight(0, 11, "No effusion", -0.5, "exam", 0, is_negated=True)
    vital = VitalWeight("spo2", 88.0, "%", 0.5, reference=(96.0, 100.0), time="2024-03-05T12:00:00")
    name, why = next(iter(result.explanations.items()))
    told = replace(why, tokens=(unit,), sentences=(replace(unit, end=12, text="No effusion."),), vitals=(vital,))

    document = document_of(replace(result, explanations={name: told}))

    validator.validate(document)
    assert document["explanation"]["finding"][name]["tokens"][0]["is_negated"] is True
    stored = result_from_json(json.dumps(document)).result.explanations[name]
    assert (stored.tokens, stored.sentences, stored.vitals) == (told.tokens, told.sentences, told.vitals)


def test_what_would_change_the_answer_is_valid_and_reads_back(validator: Draft202012Validator) -> None:
    result = make_result()
    name, why = next(iter(result.explanations.items()))
    after = replace(next(finding for finding in result.findings if finding.name == name), decision="uncertain")
    changes = (
        WhatIf("without_input", "image", after),
        WhatIf("sentence_negated", "No fever.", after, "Fever.", note_index=1, start=5, end=14),
        WhatIf("vital_in_range", "spo2", after, value=88.0, new_value=96.0),
    )

    document = document_of(replace(result, explanations={name: replace(why, what_if=changes)}))

    validator.validate(document)
    read = result_from_json(json.dumps(document)).result.explanations[name].what_if
    assert [replace(one, score=after) for one in read] == list(changes)
    assert {(one.score.logit, one.score.decision, one.score.shown) for one in read} == {
        (after.logit, "uncertain", after.shown)
    }


def test_what_each_input_says_alone_is_valid_and_reads_back(validator: Draft202012Validator) -> None:
    result = make_result()
    alone = {InputKind.IMAGE: 1.5, InputKind.NOTE: -2.0}
    told = {name: replace(share, alone=alone) for name, share in result.shares.items()}

    document = document_of(replace(result, shares=told))

    validator.validate(document)
    assert result_from_json(json.dumps(document)).result.shares == told


def test_similar_training_cases_go_there_and_back_and_older_documents_have_none(
    validator: Draft202012Validator,
) -> None:
    labels = {"pneumonia": True, "nodule": False}
    cases = (SimilarCase(1, 17, 0.93, labels, True), SimilarCase(2, 803, 0.9, {"nodule": False}, True))
    similar = SimilarCases(cases, 1000, (InputKind.IMAGE, InputKind.VITALS), Words("Unlike {what}.", what="all"))

    document = document_of(replace(make_result(), similar=similar))
    validator.validate(document)

    assert document["similar"]["counts"]["pneumonia"] == {"with": 1, "known": 1}
    assert result_from_json(json.dumps(document)).result.similar == similar
    del document["similar"]
    assert result_from_json(json.dumps(document)).result.similar is None
    assert "similar" not in document_of(make_result())


@pytest.mark.parametrize(("name", "value"), [("cases", 3), ("inputs", ["smell"]), ("searched", None)])
def test_a_malformed_block_of_similar_cases_is_refused(name: str, value: object) -> None:
    similar = SimilarCases((SimilarCase(1, 17, 0.93, {}, True),), 1000, (InputKind.IMAGE,))
    document = document_of(replace(make_result(), similar=similar))
    document["similar"][name] = value
    with pytest.raises(ReportError, match=r"medmm.result/1"):
        result_from_json(json.dumps(document))

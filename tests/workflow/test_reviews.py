"""Reviews from the making to the file, the document and the table."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from medmm.core.errors import ReportError
from medmm.core.resources import resource
from medmm.core.review import Call, ReviewLog, Verdict, count_reviews, review_document, reviews_of
from medmm.workflow.result_json import result_from_json, result_to_json
from medmm.workflow.reviews import (
    load_all_reviews,
    load_reviews,
    make_first_reads,
    make_review,
    make_signature,
    reviews_for,
    save_reviews,
    write_review_log,
)
from tests.report.builders import make_case, make_result

RESULT = make_result()
ONE, TWO = RESULT.findings[:2]


def make_log() -> ReviewLog:
    reviews = (
        make_review(RESULT, ONE, Call.ABSENT, reader=" R ", words=" old\n scar "),
        make_review(RESULT, TWO, Call.PRESENT, reader="R", words="=1+1", is_modified=True),
    )
    return ReviewLog(reviews, (make_signature(RESULT, reviews, reader="R"),))


def test_what_is_kept_comes_back_with_the_case() -> None:
    log = make_log()
    save_reviews(review_document(RESULT.study_uid, make_case().inputs), log, known=set())

    assert reviews_for(make_case(), RESULT) == log
    assert log.reviews[0].reason == "old scar"
    assert log.reviews[0].reader == "R"


def test_a_case_without_a_name_of_its_own_has_no_reviews() -> None:
    assert reviews_for(replace(make_case(), inputs=()), replace(RESULT, study_uid="")) == ReviewLog()


def test_first_reads_cover_every_finding_and_an_open_one_is_no_opinion() -> None:
    reads = make_first_reads(RESULT, {ONE.name: Call.PRESENT}, reader="R")

    found = reviews_of(RESULT, reads)
    assert found.keys() == {finding.name for finding in RESULT.findings}
    assert found[ONE.name].call is Call.PRESENT
    assert found[TWO.name].verdict is Verdict.NO_OPINION
    assert all(review.is_first for review in reads)


def test_the_result_carries_the_log_apart_from_the_values_of_the_model() -> None:
    log = make_log()
    document = json.loads(json.dumps(result_to_json(make_case(), RESULT, log=log)))

    Draft202012Validator(json.loads(resource("schema", "medmm.result-1.schema.json").read_text("utf-8"))).validate(
        document
    )
    assert document["findings"] == json.loads(json.dumps(result_to_json(make_case(), RESULT)))["findings"]
    assert document["review"]["n_reviewed"] == 2
    assert document["review"]["is_signed"]
    assert result_from_json(json.dumps(document)).log == log


def test_a_result_without_reviews_says_that_nothing_was_reviewed() -> None:
    review = result_to_json(make_case(), RESULT)["review"]

    assert isinstance(review, dict)
    assert (review["n_reviewed"], review["is_signed"], review["log"]) == (0, False, [])


def test_reviews_of_another_value_stay_out_of_the_result() -> None:
    other = make_review(RESULT, replace(ONE, logit=ONE.logit + 1), Call.ABSENT, reader="R")

    review = result_to_json(make_case(), RESULT, log=ReviewLog((other,)))["review"]

    assert isinstance(review, dict)
    assert review["log"] == []


def test_a_malformed_review_in_a_document_is_refused() -> None:
    document = json.loads(json.dumps(result_to_json(make_case(), RESULT, log=make_log())))
    document["review"]["log"][0]["call"] = "maybe"

    with pytest.raises(ReportError):
        result_from_json(json.dumps(document))


def test_the_log_of_all_cases_names_no_patient_and_runs_no_formula(tmp_path: Path, medmm_home: Path) -> None:
    save_reviews(RESULT.study_uid, make_log(), known=set())

    path = write_review_log(load_all_reviews(), tmp_path / "log.csv")

    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    assert [row["verdict"] for row in rows] == [make_log().reviews[0].verdict.value, "modified"]
    assert rows[1]["reason"] == "'=1+1"
    assert RESULT.study_uid not in path.read_text("utf-8")
    assert rows[0]["came_first"] == "AI"


def test_what_was_signed_counts_only_what_is_in_force() -> None:
    log = make_log()

    assert count_reviews(RESULT, log.reviews).n_reviewed == len(log.signatures[0].review_ids) == 2


def test_where_nothing_was_kept_there_is_nothing() -> None:
    assert load_reviews("nowhere").log == ReviewLog()
    assert load_all_reviews() == ()

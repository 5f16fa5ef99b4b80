"""The reader's verdicts: by gesture, with undo, hidden results judged before they are seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from medmm.core.review import Call, ReviewLog, Verdict
from tests.ui.builders import make_case, make_result
from ui.state.case_state import CaseState
from ui.state.measurement_state import MeasurementState
from ui.state.review_state import ReviewState

ORDER = ["pneumonia", "pulmonary_edema", "nodule"]


@pytest.fixture
def measurements(application: QApplication) -> MeasurementState:
    return MeasurementState()


@pytest.fixture
def cases(application: QApplication) -> CaseState:
    made = CaseState()
    key = made.add(Path("/patients/a"))
    made.select(key)
    made.set_case(key, make_case())
    return made


@pytest.fixture
def reviews(cases: CaseState, measurements: MeasurementState) -> ReviewState:
    made = ReviewState(cases, measurements.stack_of)
    made.reader = "R"
    return made


def verdicts(reviews: ReviewState) -> dict[str, Verdict]:
    return {name: review.verdict for name, review in reviews.in_force.items()}


def test_a_reader_goes_down_the_findings_by_accepting(cases: CaseState, reviews: ReviewState) -> None:
    cases.set_result(cases.key, make_result())
    walked = []
    for _ in ORDER:
        walked.append(cases.finding.name if cases.finding else "")
        reviews.accept()

    assert walked == ORDER
    assert set(verdicts(reviews).values()) == {Verdict.ACCEPTED}
    assert reviews.count is not None
    assert reviews.count.is_complete


def test_a_rejection_asks_for_its_reason_and_keeps_the_models_value(cases: CaseState, reviews: ReviewState) -> None:
    cases.set_result(cases.key, make_result())

    reviews.ask_rejection()
    assert reviews.asking is not None
    assert reviews.in_force == {}
    reviews.answer(Call.ABSENT, "old scar")

    review = reviews.in_force["pneumonia"]
    assert (review.verdict, review.reason, review.reader) == (Verdict.REJECTED, "old scar", "R")
    assert review.ai is make_or(cases, "pneumonia")
    assert reviews.asking is None


def make_or(cases: CaseState, name: str) -> object:
    assert cases.result is not None
    return next(finding for finding in cases.result.findings if finding.name == name)


def test_an_uncertain_finding_is_rejected_by_saying_what_is_so(cases: CaseState, reviews: ReviewState) -> None:
    cases.set_result(cases.key, make_result())
    cases.select_finding("pulmonary_edema")

    reviews.ask_rejection()

    assert reviews.asking is not None
    assert reviews.asking.call is None


def test_a_call_like_the_models_is_accepted_and_another_asks_why(cases: CaseState, reviews: ReviewState) -> None:
    cases.set_result(cases.key, make_result())

    reviews.say(Call.PRESENT)
    assert verdicts(reviews) == {"pneumonia": Verdict.ACCEPTED}
    reviews.say(Call.ABSENT)

    assert reviews.asking is not None
    assert reviews.asking.call is Call.ABSENT
    assert verdicts(reviews) == {"pneumonia": Verdict.ACCEPTED}


def test_leaving_the_finding_takes_the_question_back(cases: CaseState, reviews: ReviewState) -> None:
    cases.set_result(cases.key, make_result())
    reviews.ask_change()

    cases.select_finding("nodule")

    assert reviews.asking is None
    assert reviews.in_force == {}


def test_undo_brings_back_the_verdict_before_and_redo_the_later_one(
    cases: CaseState, reviews: ReviewState, measurements: MeasurementState
) -> None:
    cases.set_result(cases.key, make_result())
    reviews.accept()
    cases.select_finding("pneumonia")
    reviews.ask_rejection()
    reviews.answer(Call.ABSENT, "")

    measurements.undo_group.undo()
    assert verdicts(reviews) == {"pneumonia": Verdict.ACCEPTED}
    assert cases.finding is not None
    assert cases.finding.name == "pneumonia"
    measurements.undo_group.undo()
    assert verdicts(reviews) == {}
    measurements.undo_group.redo()

    assert verdicts(reviews) == {"pneumonia": Verdict.ACCEPTED}


def test_a_former_result_cannot_be_judged(cases: CaseState, reviews: ReviewState) -> None:
    from ui.state.patient import Stage

    cases.set_result(cases.key, make_result())
    cases.set_stage(cases.key, Stage.SCORING)

    reviews.accept()

    assert reviews.in_force == {}


def test_a_hidden_result_opens_once_every_finding_is_judged(
    cases: CaseState, reviews: ReviewState, measurements: MeasurementState
) -> None:
    cases.set_reader_first(True)
    cases.set_result(cases.key, make_result())
    assert reviews.hidden.names == ["nodule", "pneumonia", "pulmonary_edema"]

    reviews.say(Call.ABSENT)
    reviews.say(Call.ABSENT)
    reviews.commit()
    assert cases.result is None
    reviews.say(Call.NO_OPINION)
    reviews.commit()

    assert cases.result is not None
    assert verdicts(reviews) == {
        "nodule": Verdict.ACCEPTED, "pneumonia": Verdict.REJECTED, "pulmonary_edema": Verdict.NO_OPINION,
    }  # fmt: skip
    assert all(review.is_first for review in reviews.in_force.values())
    assert not measurements.undo_group.canUndo()


def test_before_committing_a_call_can_be_changed(cases: CaseState, reviews: ReviewState) -> None:
    cases.set_reader_first(True)
    cases.set_result(cases.key, make_result())
    reviews.say(Call.ABSENT)

    reviews.hidden.move("nodule")
    reviews.say(Call.PRESENT)

    assert reviews.hidden.calls == {"nodule": Call.PRESENT}


def test_a_change_after_the_reveal_leaves_the_first_read(cases: CaseState, reviews: ReviewState) -> None:
    cases.set_reader_first(True)
    cases.set_result(cases.key, make_result())
    for _ in ORDER:
        reviews.say(Call.ABSENT)
    reviews.commit()

    cases.select_finding("pneumonia")
    reviews.accept()

    assert verdicts(reviews)["pneumonia"] is Verdict.ACCEPTED
    assert reviews.first_reads["pneumonia"].call is Call.ABSENT


def test_what_an_earlier_session_judged_is_not_hidden_again(cases: CaseState, reviews: ReviewState) -> None:
    cases.set_result(cases.key, make_result())
    for _ in ORDER:
        reviews.accept()
    log, document = reviews.log(reviews.document), reviews.document
    again = CaseState()
    again.set_reader_first(True)
    key = again.add(Path("/patients/a"))
    again.select(key)
    again.set_case(key, make_case())
    other = ReviewState(again, MeasurementState().stack_of)
    again.set_result(key, make_result())
    assert again.result is None

    other.load(document, log)

    assert again.result is not None
    assert other.log(document) == log


def test_loading_twice_changes_nothing_and_what_was_undone_stays_away(
    cases: CaseState, reviews: ReviewState, measurements: MeasurementState
) -> None:
    cases.set_result(cases.key, make_result())
    reviews.accept()
    log = reviews.log(reviews.document)
    measurements.undo_group.undo()

    reviews.load(reviews.document, log)

    assert reviews.log(reviews.document) == ReviewLog()


def test_a_signature_ends_with_the_next_verdict(cases: CaseState, reviews: ReviewState) -> None:
    cases.set_result(cases.key, make_result())
    reviews.sign()
    assert reviews.signature is None
    reviews.accept()

    reviews.sign()
    assert reviews.signature is not None
    reviews.accept()

    assert reviews.signature is None

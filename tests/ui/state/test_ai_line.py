"""The fixed line of each viewport: which model, in what state, and never a claim about an image it did not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.builders import make_case, make_result
from ui.state.ai_line import ai_words
from ui.state.engine_state import EngineState
from ui.state.patient import Patient, Stage

pytestmark = pytest.mark.gui


def make_patient(stage: Stage, *, has_result: bool, is_previous: bool = False) -> Patient:
    result = make_result() if has_result else None
    return Patient("k", Path("p"), case=make_case(), result=result, stage=stage, is_previous=is_previous)


@pytest.mark.parametrize(
    ("patient", "has_seen", "said"),
    [
        (make_patient(Stage.SCORED, has_result=True), True, "chest-multimodal 1.0.0, scored"),
        (make_patient(Stage.SCORED, has_result=True), False, "chest-multimodal 1.0.0, has not seen this image"),
        (
            make_patient(Stage.SCORED, has_result=True, is_previous=True),
            True,
            "chest-multimodal 1.0.0, previous result",
        ),
        (make_patient(Stage.OPEN, has_result=False), False, "engine starting"),
    ],
)
def test_the_line_says_what_the_model_has_done(
    application: object, patient: Patient, has_seen: bool, said: str
) -> None:
    assert ai_words(EngineState(), patient, has_seen=has_seen) == said

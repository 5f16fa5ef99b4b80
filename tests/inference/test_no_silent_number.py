"""Each of the 24 kinds of bad input: its own code stands beside the result as a warning, or there is no result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pytest

from medmm.core.case import CaseSources
from medmm.core.errors import IdentityMismatch
from medmm.core.quality import InputKind, Severity
from medmm.core.record import VITAL_BY_NAME
from medmm.core.resources import resource
from medmm.inference.uncalibrated import OUTSIDE_CALIBRATION
from medmm.models.spec import VITAL_STATISTICS, VitalsSpec
from medmm.workflow.open_case import open_case
from medmm.workflow.score import score_case
from tests.inference.builders import make_predictor, make_spec, make_tokenizer
from tests.inference.planted_faults import (
    IMAGE_FAULTS,
    NOTE_FAULTS,
    VITALS_FAULTS,
    WARNED,
    Planted,
    faulty_cases,
)

SAMPLE = resource("samples", "chest_pneumonia")


@dataclass(frozen=True)
class Engine:
    """What `score_case` asks of an engine."""

    predictor: Any
    asked_device: str = "cpu"


@lru_cache(maxsize=1)
def engine() -> Engine:
    n = len(VITAL_BY_NAME) * len(VITAL_STATISTICS)
    signs = VitalsSpec(names=tuple(VITAL_BY_NAME), centre=(50.0,) * n, scale=(25.0,) * n)
    spec = replace(make_spec(), vitals=signs)
    note = (SAMPLE / "note.txt").read_text(encoding="utf-8")
    spec = replace(spec, text=replace(spec.text, max_tokens=256))
    return Engine(make_predictor(spec=spec, tokenizer=make_tokenizer(note)))


@lru_cache(maxsize=1)
def planted() -> dict[str, Planted]:
    return {fault.name: fault for fault in faulty_cases(open_case(CaseSources(SAMPLE)), SAMPLE)}


def test_there_are_eight_kinds_a_source_and_the_sample_shows_them_all() -> None:
    assert len(IMAGE_FAULTS) == len(NOTE_FAULTS) == len(VITALS_FAULTS) == 8
    assert set(planted()) == {*IMAGE_FAULTS, *NOTE_FAULTS, *VITALS_FAULTS}


def test_the_sound_case_has_none_of_the_codes() -> None:
    result = score_case(open_case(CaseSources(SAMPLE)), engine(), explain=False)  # type: ignore[arg-type]
    assert all(result.inputs_used[kind].used for kind in (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS))
    assert not {note.code for note in result.checks} & {fault.code for fault in planted().values()}


@pytest.mark.parametrize("name", [*IMAGE_FAULTS, *NOTE_FAULTS, *VITALS_FAULTS])
def test_no_bad_input_gives_a_silent_number(name: str) -> None:
    fault = planted()[name]
    if fault.code == "identity_conflict":
        assert fault.case.stop is not None
        assert fault.case.stop.code == fault.code
        with pytest.raises(IdentityMismatch):
            score_case(fault.case, engine(), explain=False)  # type: ignore[arg-type]
        return

    result = score_case(fault.case, engine(), explain=False)  # type: ignore[arg-type]

    told = {note.code for note in result.checks if note.severity is not Severity.INFO}
    assert fault.code in told
    assert result.inputs_used[fault.kind].used == (fault.code in WARNED)
    if fault.code in OUTSIDE_CALIBRATION:
        assert {finding.decision for finding in result.findings} == {"uncertain"}
        assert {finding.probability for finding in result.findings} == {None}

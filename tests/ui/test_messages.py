"""From an exception to words."""

from __future__ import annotations

import errno
from concurrent.futures.process import BrokenProcessPool

import pytest

from medmm.core.errors import Cancelled, InvalidRecord
from ui.messages import attempt, to_problem


def test_our_errors_keep_their_sentence_and_hint() -> None:
    problem = to_problem(InvalidRecord("temperature 101.3 has no unit", "Say C or F in the column name"))

    assert problem.sentence == "Temperature 101.3 has no unit."
    assert problem.hint == "Say C or F in the column name."
    assert problem.code == "invalid_record"


def test_a_full_disk_is_named() -> None:
    assert "disk is full" in to_problem(OSError(errno.ENOSPC, "No space left", "/out/report.pdf")).sentence


def test_a_dead_engine_is_told_from_a_defect() -> None:
    assert to_problem(BrokenProcessPool("gone")).code == "engine_died"
    assert to_problem(KeyError("x")).code == "defect"


def test_a_defect_shows_no_python_outside_the_details() -> None:
    problem = to_problem(KeyError("secret"))

    assert "secret" not in problem.sentence + problem.hint
    assert "KeyError" in problem.details


@pytest.mark.parametrize("text", ["Error", "Invalid input", "Something went wrong", "!"])
def test_words_that_help_nobody_are_not_used(text: str) -> None:
    errors = (KeyError("x"), MemoryError(), BrokenProcessPool("gone"), PermissionError(errno.EACCES, "denied", "a"))

    assert all(text not in to_problem(error).sentence + to_problem(error).hint for error in errors)


def test_cancelling_is_no_problem() -> None:
    def cancelled() -> None:
        raise Cancelled

    outcome = attempt(cancelled)

    assert outcome.is_cancelled
    assert outcome.problem is None

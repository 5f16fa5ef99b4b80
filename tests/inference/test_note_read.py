"""How much of a note was read is told with both counts; of one that was read by less than half, nothing is used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from medmm.core.quality import InputKind, Severity
from medmm.workflow.score import score_case
from tests.inference.builders import NOTE, make_case, make_note, make_predictor, make_spec

LONG = f"{NOTE} {NOTE} {NOTE} {NOTE}"


@dataclass(frozen=True)
class Engine:
    """What `score_case` asks of an engine."""

    predictor: Any
    asked_device: str = "cpu"


def scored(n_chunks: int) -> Any:
    spec = make_spec()
    spec = replace(spec, text=replace(spec.text, max_chunks=n_chunks))
    return score_case(make_case(notes=(make_note(LONG),)), Engine(make_predictor(spec=spec)), explain=False)  # type: ignore[arg-type]


def n_tokens() -> int:
    predictor = make_predictor()
    return predictor.prepare(make_case(notes=(make_note(LONG),))).model_input.note.n_tokens


# Chunks of 24 tokens, two of them special, which overlap by 6: k of them read 22 + 16 (k - 1).
@pytest.mark.parametrize(("n_chunks", "n_read"), [(3, 54), (4, 70)])
def test_a_note_that_was_read_in_part_says_how_many_tokens_of_how_many(n_chunks: int, n_read: int) -> None:
    total = n_tokens()
    assert 0.5 * total <= n_read < total
    result = scored(n_chunks)
    assert result.inputs_used[InputKind.NOTE].used
    (told,) = [note for note in result.checks if note.code == "note_not_fully_read"]
    assert told.severity is Severity.WARNING
    assert f"{n_read} of {total} tokens" in told.message


def test_a_note_of_which_less_than_half_fits_is_not_used() -> None:
    total = n_tokens()
    result = scored(1)
    use = result.inputs_used[InputKind.NOTE]
    assert (use.used, use.gate[-1].code) == (False, "note_mostly_unread")
    assert f"22 of {total} tokens" in use.gate[-1].message


def test_a_note_that_was_read_as_a_whole_says_nothing() -> None:
    result = scored(40)
    assert result.note_coverage == 1.0
    assert "note_not_fully_read" not in {note.code for note in result.checks}

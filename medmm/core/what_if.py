"""What the answer would be if one thing of the case were otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from medmm.core.finding_score import FindingScore

Change = Literal["without_input", "sentence_negated", "sentence_out", "vital_in_range"]


@dataclass(frozen=True)
class WhatIf:
    """One change of the case and the finding's answer after it.

    subject: the input that is left out, the sentence as written, or the name of the vital sign;
    becomes: what the sentence says instead, empty where it is taken out; value, new_value: of the vital sign, the value
    furthest outside its usual range and the end of the range that it is moved to; start, end: the sentence's place in
    the text of notes[note_index].
    """

    change: Change
    subject: str
    score: FindingScore
    becomes: str = ""
    value: float | None = None
    new_value: float | None = None
    note_index: int = 0
    start: int = 0
    end: int = 0

    def flips(self, before: FindingScore) -> bool:
        """Tell whether the decision would be another one."""
        return self.score.decision != before.decision

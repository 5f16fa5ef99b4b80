"""Made-up reviews for the tests."""

from __future__ import annotations

import itertools

from medmm.core.prediction import Decision, FindingScore
from medmm.core.review import Call, Review, ReviewedModel

MODEL = ReviewedModel("chest-multimodal", "1.0.0", "ab" * 32, is_calibrated=True)
CALLS: dict[str, Call] = {"+": Call.PRESENT, "-": Call.ABSENT, "?": Call.UNSURE, "0": Call.NO_OPINION}
DECISIONS: dict[str, Decision] = {"+": "positive", "-": "negative", "?": "uncertain"}
_numbers = itertools.count()


def make_ai(name: str = "pneumonia", decision: str = "+", *, logit: float = 0.0) -> FindingScore:
    return FindingScore(name, logit, 0.5, 0.5, 0.5, DECISIONS[decision], (0.4, 0.6))


def make_review(ai: FindingScore, call: str, **changes: object) -> Review:
    """Make a review with an id of its own; `call` is one of + - ? 0."""
    values: dict[str, object] = {"id": f"id{next(_numbers)}", "time": "2026-11-03T14:02:00+01:00", "reader": "R"}
    return Review(ai=ai, model=MODEL, call=CALLS[call], **{**values, **changes})  # type: ignore[arg-type]

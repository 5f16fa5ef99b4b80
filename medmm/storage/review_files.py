"""The reader's reviews and signatures of each case: one JSON file a study, under the hash of its UID."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from medmm.core.errors import StorageError
from medmm.core.prediction import FindingScore
from medmm.core.progress import CancelToken
from medmm.core.review import NO_LOG, Call, Review, ReviewedModel, ReviewLog, Signature
from medmm.core.words import Words
from medmm.storage.study_file import MALFORMED, StudyFile

MAX_WORDS = 2000
REVIEWS = StudyFile("reviews", "medmm.reviews/1", "reviews", Words("reviews"))
SIGNATURES = StudyFile("signatures", "medmm.signatures/1", "signatures", Words("signatures"))
DECISIONS = ("positive", "negative", "uncertain")
Entry = TypeVar("Entry", Review, Signature)


@dataclass(frozen=True)
class StoredReviews:
    """What was found for a case, in the order of time; trouble: what was wrong with a file, then kept aside."""

    log: ReviewLog = NO_LOG
    trouble: StorageError | None = None


def read_reviews(document: str) -> StoredReviews:
    """Read the reviews and signatures of a case; a damaged file is renamed and its sound entries are given.

    Raises StorageError when a file is there but cannot be read now.
    """
    found = [review_from_json(entry) for entry in REVIEWS.entries(document)]
    signed = [signature_from_json(entry) for entry in SIGNATURES.entries(document)]
    reviews, signatures = (_sound(found), _sound(signed))
    troubles = []
    if len(reviews) < len(found):
        troubles.append(REVIEWS.set_aside(document, [review_to_json(one) for one in reviews], len(found)))
    if len(signatures) < len(signed):
        troubles.append(SIGNATURES.set_aside(document, [asdict(one) for one in signatures], len(signed)))
    return StoredReviews(ReviewLog(reviews, signatures), troubles[0] if troubles else None)


def write_reviews(document: str, log: ReviewLog, *, known: Set[str], cancel: CancelToken = CancelToken()) -> None:
    """Replace what is kept of a case; entries that another window wrote and this one never knew are kept.

    known: the ids that this session read, made or took back. Raises StorageError; the old file is then as it was.
    Raises Cancelled when that was asked for before its turn to write came.
    """
    with REVIEWS.alone():
        cancel.raise_if_set()
        kept = read_reviews(document).log
        others = [one for one in kept.reviews if one.id not in known]
        REVIEWS.write(document, [review_to_json(one) for one in _ordered((*others, *log.reviews))])
        signed = [one for one in kept.signatures if one.id not in known]
        SIGNATURES.write(document, [asdict(one) for one in _ordered((*signed, *log.signatures))])


def read_all_reviews() -> dict[str, tuple[Review, ...]]:
    """Read the sound reviews of every case, by the hash that its file is named after; nothing is changed on disk.

    Raises StorageError when a file is there but cannot be read now.
    """
    return {path.stem: _reviews_in(path) for path in REVIEWS.paths()}


def review_to_json(review: Review) -> dict[str, Any]:
    """Give a review as JSON types."""
    ai = review.ai
    value = {
        "name": ai.name,
        "logit": ai.logit,
        "score": ai.score,
        "probability": ai.probability,
        "threshold": ai.threshold,
        "decision": ai.decision,
        "interval": list(ai.interval) if ai.interval else None,
    }
    return {
        "id": review.id,
        "ai": value,
        "model": asdict(review.model),
        "call": review.call.value,
        "verdict": review.verdict.value,
        "reason": review.reason,
        "reader": review.reader,
        "time": review.time,
        "is_first": review.is_first,
        "is_modified": review.is_modified,
    }


def review_from_json(entry: Any) -> Review | None:
    """Read a review; None where it is malformed."""
    try:
        names = (entry["id"], entry["reason"], entry["reader"], entry["time"])
        marks = (entry["is_first"], entry["is_modified"])
        if not all(isinstance(name, str) for name in names) or not all(isinstance(mark, bool) for mark in marks):
            return None
        _moment(entry["time"])
        value, model, call = _finding(entry["ai"]), _model(entry["model"]), Call(entry["call"])
    except (*MALFORMED, AttributeError):
        return None
    identity, reason, reader, time = names
    is_sound = bool(identity) and len(reason) <= MAX_WORDS
    return Review(identity, value, model, call, reason, reader, time, *marks) if is_sound else None


def signature_from_json(entry: Any) -> Signature | None:
    """Read a signature; None where it is malformed."""
    try:
        names = (entry["id"], entry["model_sha256"], *entry["review_ids"], entry["reader"], entry["time"])
        _moment(entry["time"])
    except MALFORMED:
        return None
    if not all(isinstance(name, str) for name in names) or not entry["id"]:
        return None
    return Signature(names[0], names[1], tuple(names[2:-2]), names[-2], names[-1])


def _reviews_in(path: Path) -> tuple[Review, ...]:
    return _sound([review_from_json(entry) for entry in REVIEWS.entries_in(path)])


def _sound(found: Sequence[Entry | None]) -> tuple[Entry, ...]:
    return _ordered([one for one in found if one is not None])


def _ordered(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: _moment(one.time)))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a review has a time with its zone")
    return moment


def _model(item: Any) -> ReviewedModel:
    words = (item["name"], item["version"], item["sha256"])
    if not all(isinstance(word, str) for word in words) or type(item["is_calibrated"]) is not bool:
        raise ValueError("a model has a name, a version, a hash and a mark")
    return ReviewedModel(*words, is_calibrated=item["is_calibrated"])


def _finding(item: Any) -> FindingScore:
    if item["decision"] not in DECISIONS or not isinstance(item["name"], str) or not item["name"]:
        raise ValueError("a finding has a name and a known decision")
    probability, interval = item["probability"], item["interval"]
    return FindingScore(
        name=item["name"],
        logit=_number(item["logit"]),
        score=_number(item["score"]),
        probability=None if probability is None else _number(probability),
        threshold=_number(item["threshold"]),
        decision=item["decision"],
        interval=(_number(interval[0]), _number(interval[1])) if interval is not None else None,
    )


def _number(value: object) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError("a value of the model is a finite number")
    return float(value)

"""The reader's reviews: made, kept from one session to the next, gathered for statistics, given out as a table."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from medmm.core.agreement import CaseReviews
from medmm.core.case import Case
from medmm.core.errors import MedMMError
from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.progress import CancelToken
from medmm.core.review import NO_LOG, Call, Review, ReviewLog, Signature, review_document, reviewed_model, reviews_of
from medmm.storage.atomic import write_text
from medmm.storage.review_files import read_all_reviews, read_reviews, write_reviews
from medmm.workflow.safe_cell import safe_cell

LOG_COLUMNS = (
    "case", "time", "reader", "finding", "ai_decision", "ai_score", "ai_probability", "ai_threshold", "reader_call",
    "verdict", "came_first", "reason", "model", "version", "model_sha256",
)  # fmt: skip


@dataclass(frozen=True)
class SavedReviews:
    """What earlier sessions left of a case; trouble: the file that was damaged, of which the sound part is here."""

    document: str
    log: ReviewLog = NO_LOG
    trouble: MedMMError | None = None


def now() -> str:
    """Give this moment in ISO 8601 with the zone of this machine, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def make_review(
    result: CaseResult, finding: FindingScore, call: Call, *, reader: str, words: str = "", is_modified: bool = False
) -> Review:
    """Make the review of a value that the reader has seen, with an id of its own."""
    return Review(
        uuid.uuid4().hex, finding, reviewed_model(result), call, " ".join(words.split()), reader.strip(), now(),
        is_modified=is_modified,
    )  # fmt: skip


def make_first_reads(result: CaseResult, calls: dict[str, Call], *, reader: str) -> tuple[Review, ...]:
    """Make the reviews of a reader who has not seen any value yet: one a finding, what he left out is no opinion."""
    moment, model = now(), reviewed_model(result)
    return tuple(
        Review(
            uuid.uuid4().hex, finding, model, calls.get(finding.name, Call.NO_OPINION), "", reader.strip(), moment,
            is_first=True,
        )
        for finding in result.findings
    )  # fmt: skip


def make_signature(result: CaseResult, log: Sequence[Review], *, reader: str) -> Signature:
    """Sign the reviews in force of a result."""
    in_force = tuple(review.id for review in reviews_of(result, log).values())
    return Signature(uuid.uuid4().hex, result.model.sha256, in_force, reader.strip(), now())


def load_reviews(document: str) -> SavedReviews:
    """Read what was said of a case; see `review_document` for its name.

    Raises StorageError when a file is there but cannot be read now.
    """
    stored = read_reviews(document)
    return SavedReviews(document, stored.log, stored.trouble)


def reviews_for(case: Case, result: CaseResult) -> ReviewLog:
    """Read what was said of the case of a result, nothing where it has no name of its own.

    Raises StorageError when a file is there but cannot be read now.
    """
    document = review_document(result.study_uid, result.inputs or case.inputs)
    return read_reviews(document).log if document else NO_LOG


def save_reviews(document: str, log: ReviewLog, *, known: Set[str], cancel: CancelToken = CancelToken()) -> None:
    """Keep the reviews and signatures of one case; `known` are the ids that this session has seen.

    Raises StorageError; what was kept before is then as it was.
    """
    write_reviews(document, log, known=known, cancel=cancel)


def load_all_reviews() -> tuple[CaseReviews, ...]:
    """Read the reviews of all cases for statistics.

    Raises StorageError when a file is there but cannot be read now.
    """
    return tuple(CaseReviews(case, reviews) for case, reviews in read_all_reviews().items())


def write_review_log(cases: Iterable[CaseReviews], path: Path) -> Path:
    """Write every review as one line of a CSV, the oldest first; without anything that names a patient.

    Raises StorageError when it cannot be written.
    """
    lines = [_line(case.case, review) for case in cases for review in case.reviews]
    lines.sort(key=lambda line: datetime.fromisoformat(line[1]))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(LOG_COLUMNS)
    table.writerows(lines)
    write_text(path, text.getvalue())
    return path


def _line(case: str, review: Review) -> tuple[str, ...]:
    ai, model = review.ai, review.model
    return (
        case,
        review.time,
        safe_cell(review.reader),
        safe_cell(ai.name),
        ai.decision,
        f"{ai.score:.6f}",
        "" if ai.probability is None else f"{ai.probability:.6f}",
        f"{ai.threshold:.6f}",
        review.call.value,
        review.verdict.value,
        "reader" if review.is_first else "AI",
        safe_cell(review.reason),
        safe_cell(model.name),
        safe_cell(model.version),
        model.sha256,
    )

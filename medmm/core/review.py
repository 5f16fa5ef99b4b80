"""What the reader says of each finding, apart from what the model says: an ever growing log of readings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.quality import InputFile

# CPU and GPU agree within 1e-3 in logits: what is nearer than this is the same answer, computed again.
SAME_LOGIT = 5e-3


class Call(StrEnum):
    """What the reader himself says of a finding, in the words of a decision."""

    PRESENT = "positive"
    ABSENT = "negative"
    UNSURE = "uncertain"
    NO_OPINION = "no opinion"


class Verdict(StrEnum):
    """How the reader's call stands to the model's decision."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MODIFIED = "modified"
    NO_OPINION = "no opinion"


@dataclass(frozen=True)
class ReviewedModel:
    """Whose value was reviewed."""

    name: str
    version: str
    sha256: str
    is_calibrated: bool = False


@dataclass(frozen=True)
class Review:
    """One reading of one finding by one person at one time; a change of mind is another one.

    ai: the model's value as it was then, never touched afterwards; reason: the reader's words, empty where none were
    given; time: ISO 8601 with zone; is_first: the call was made before the model's value was shown.
    """

    id: str
    ai: FindingScore
    model: ReviewedModel
    call: Call
    reason: str = ""
    reader: str = ""
    time: str = ""
    is_first: bool = False
    is_modified: bool = False

    @property
    def finding(self) -> str:
        """The finding's name."""
        return self.ai.name

    @property
    def verdict(self) -> Verdict:
        """How the call stands to the model's decision; a modification keeps its name whatever the call."""
        if self.call is Call.NO_OPINION:
            return Verdict.NO_OPINION
        if self.is_modified:
            return Verdict.MODIFIED
        return Verdict.ACCEPTED if self.call.value == self.ai.decision else Verdict.REJECTED


@dataclass(frozen=True)
class Signature:
    """A person stands for the reviews of a result: for these and no others. review_ids: those in force then."""

    id: str
    model_sha256: str
    review_ids: tuple[str, ...]
    reader: str
    time: str


@dataclass(frozen=True)
class ReviewLog:
    """Everything that was said and signed of a case, in the order of time."""

    reviews: tuple[Review, ...] = ()
    signatures: tuple[Signature, ...] = ()


NO_LOG = ReviewLog()


@dataclass(frozen=True)
class ReviewCount:
    """How far a result has been reviewed; a finding without an opinion counts as reviewed and as nothing else."""

    n_findings: int
    n_reviewed: int
    n_accepted: int
    n_rejected: int
    n_modified: int
    n_no_opinion: int

    @property
    def is_complete(self) -> bool:
        """Tell whether every finding has been reviewed."""
        return self.n_reviewed == self.n_findings


def review_document(study_uid: str, inputs: Sequence[InputFile]) -> str:
    """Name what the reviews of a case are kept under: its study, else what was read, wherever it lies.

    Empty where a case has neither.
    """
    if study_uid or not inputs:
        return study_uid
    return hashlib.sha256("\n".join(sorted(file.sha256 for file in inputs)).encode()).hexdigest()


def reviewed_model(result: CaseResult) -> ReviewedModel:
    """Give what a review keeps of the model."""
    model = result.model
    return ReviewedModel(model.name, model.version, model.sha256, model.is_calibrated)


def is_same_answer(review: Review, finding: FindingScore, model_sha256: str) -> bool:
    """Tell whether a review is about this value of this model, and not about one of other inputs."""
    ai = review.ai
    is_same = ai.name == finding.name and ai.decision == finding.decision and review.model.sha256 == model_sha256
    return is_same and abs(ai.logit - finding.logit) <= SAME_LOGIT


def reviews_of(result: CaseResult, log: Iterable[Review]) -> dict[str, Review]:
    """Give the review in force of each finding of a result: the last one about the very value that it has."""
    found: dict[str, Review] = {}
    ordered = list(log)
    for finding in result.findings:
        about = [review for review in ordered if is_same_answer(review, finding, result.model.sha256)]
        if about:
            found[finding.name] = about[-1]
    return found


def first_reads(result: CaseResult, log: Iterable[Review]) -> dict[str, Review]:
    """Give for each finding of a result what the reader said before he saw the model's value."""
    blind = [review for review in log if review.is_first]
    return reviews_of(result, reversed(blind))


def about(result: CaseResult, log: Iterable[Review]) -> tuple[Review, ...]:
    """Give the part of a log that is about the values of a result, those that no longer count included."""
    model = result.model.sha256
    return tuple(review for review in log if any(is_same_answer(review, one, model) for one in result.findings))


def count_reviews(result: CaseResult, log: Iterable[Review]) -> ReviewCount:
    """Count the reviews in force of a result."""
    verdicts = [review.verdict for review in reviews_of(result, log).values()]
    return ReviewCount(
        n_findings=len(result.findings),
        n_reviewed=len(verdicts),
        n_accepted=verdicts.count(Verdict.ACCEPTED),
        n_rejected=verdicts.count(Verdict.REJECTED),
        n_modified=verdicts.count(Verdict.MODIFIED),
        n_no_opinion=verdicts.count(Verdict.NO_OPINION),
    )


def signature_of(result: CaseResult, log: ReviewLog) -> Signature | None:
    """Give the signature in force: the last one on this model that covers exactly the reviews in force."""
    in_force = {review.id for review in reviews_of(result, log.reviews).values()}
    own = [one for one in log.signatures if one.model_sha256 == result.model.sha256]
    found = [one for one in own if set(one.review_ids) == in_force]
    return found[-1] if found and in_force else None

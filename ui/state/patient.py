"""One opened patient as the window knows it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity, display_name
from medmm.core.prediction import CaseResult
from ui.messages import Problem


class Stage(StrEnum):
    """How far a patient has come."""

    READING = "reading"
    OPEN = "open"
    QUEUED = "queued"
    SCORING = "scoring"
    SCORED = "scored"


@dataclass(frozen=True)
class Step:
    """Where the work under way stands; total 0 means that the end is not known."""

    done: int = 0
    total: int = 0
    text: str = ""


NO_STEP = Step()


@dataclass(frozen=True)
class Patient:
    """An opened patient; the case is None until it is read, the result None until it is scored.

    override: the reason a user typed for scoring in spite of an identity conflict;
    is_previous: the result belongs to a run before the one under way.
    """

    key: str
    folder: Path
    stage: Stage = Stage.READING
    case: Case | None = None
    result: CaseResult | None = None
    is_previous: bool = False
    problem: Problem | None = None
    step: Step = NO_STEP
    override: str = ""

    @property
    def identity(self) -> PatientIdentity:
        """Who this is, as far as the inputs say."""
        return self.case.patient if self.case else PatientIdentity()

    @property
    def title(self) -> str:
        """The patient's name for the screen, else the ID, else the folder's name."""
        return display_name(self.identity.name) or self.identity.patient_id or self.folder.name

    @property
    def is_busy(self) -> bool:
        """Tell whether the engine has or will get this patient."""
        return self.stage in (Stage.QUEUED, Stage.SCORING)


def case_key(folder: Path) -> str:
    """Give the key of a patient folder: a hash, so that it can stand in file names and logs."""
    return hashlib.blake2s(str(folder.resolve()).encode(), digest_size=6).hexdigest()

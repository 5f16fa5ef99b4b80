"""One opened patient as the window knows it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from medmm.core.case import Case, CaseSources
from medmm.core.identity import PatientIdentity, display_name
from medmm.core.image import SeriesSummary
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
    """An opened patient; the case is None until it is surveyed, the result None until it is scored.

    folder, files: what was opened; origin: the key of the place, which other patients may have come from as well;
    found: the series found so far while the survey goes on, with the patient whom they name;
    override: the reason a user typed for scoring in spite of an identity conflict;
    is_previous: the result belongs to a run before the one under way;
    is_veiled: there is a result that the reader is to judge before he sees it; has_read: he has done so.
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
    files: tuple[str, ...] = ()
    origin: str = ""
    found: tuple[SeriesSummary, ...] = ()
    found_identity: PatientIdentity = field(default_factory=PatientIdentity)
    is_veiled: bool = False
    has_read: bool = False

    @property
    def identity(self) -> PatientIdentity:
        """Who this is, as far as the inputs say."""
        return self.case.patient if self.case else self.found_identity

    @property
    def title(self) -> str:
        """The patient's name for the screen, else the ID, else the folder's name."""
        return display_name(self.identity.name) or self.identity.patient_id or self.folder.name

    @property
    def series(self) -> tuple[SeriesSummary, ...]:
        """Everything of this patient that can be shown as an image."""
        return self.case.series if self.case else self.found

    @property
    def shown_result(self) -> CaseResult | None:
        """The result, unless it is veiled: nothing of it may be seen before the reader's own look."""
        return None if self.is_veiled else self.result

    @property
    def place(self) -> CaseSources:
        """What was opened, with everybody in it."""
        return CaseSources(self.folder, files=self.files)

    @property
    def is_busy(self) -> bool:
        """Tell whether the engine has or will get this patient."""
        return self.stage in (Stage.QUEUED, Stage.SCORING)


def case_key(folder: Path, files: tuple[str, ...] = ()) -> str:
    """Give the key of what is opened: a hash, so that it can stand in file names and logs."""
    named = b"\0".join(os.fsencode(part) for part in (folder.resolve(), *files))
    return hashlib.blake2s(named, digest_size=6).hexdigest()


def companion_key(origin: str, number: int) -> str:
    """Give the key of the n-th patient found in one place; the first has the key of the place."""
    return origin if number == 0 else f"{origin}-{number + 1}"

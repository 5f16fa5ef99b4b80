"""Clinical note and vital signs as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from medmm.core.identity import PatientIdentity
from medmm.core.quality import QualityNote
from medmm.core.words import Words

MAX_TITLE = 48
# "Patient: ..." is a header line, "Cough for days." a sentence.
NOT_IN_TITLE, SENTENCE_END = ":：=|", ".。;；,，"


@dataclass(frozen=True)
class NoteSection:
    """A named stretch of a note; start and end are character offsets into ClinicalNote.text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Negation:
    """A cue and what it denies, as character offsets into a text; the scope stands after the cue or before it."""

    cue_start: int
    cue_end: int
    scope_start: int
    scope_end: int

    @property
    def span(self) -> tuple[int, int]:
        """The stretch from the cue through its target, whichever comes first."""
        return min(self.cue_start, self.scope_start), max(self.cue_end, self.scope_end)


@dataclass(frozen=True)
class ClinicalNote:
    """A note that goes in. text is the decoded file, every character kept (line ends as \\n)."""

    text: str
    path: Path
    identity: PatientIdentity = PatientIdentity()
    encoding: str = "utf-8"
    language: str = ""
    written_at: datetime | None = None
    sections: tuple[NoteSection, ...] = ()
    sha256: str = ""
    notes: tuple[QualityNote, ...] = ()

    @property
    def title(self) -> str:
        """Give the note's own title where its first line is one, else the file's name."""
        first = next((line.strip(" #*\t") for line in self.text[:400].split("\n") if line.strip()), "")
        is_title = 0 < len(first) <= MAX_TITLE and not set(first) & set(NOT_IN_TITLE) and first[-1] not in SENTENCE_END
        return first if is_title else self.path.name


@dataclass(frozen=True)
class VitalSign:
    """One kind of measurement: canonical name, unit, reference range and hard plausibility limits."""

    name: str
    title: Words
    unit: str
    loinc: str
    reference: tuple[float, float]
    plausible: tuple[float, float]


# Reference ranges: adult resting values as printed in nursing texts (NEWS2 score-0 bands, RCP 2017).
VITAL_SIGNS: tuple[VitalSign, ...] = (
    VitalSign("temperature_c", Words("Temperature"), "°C", "8310-5", (36.1, 38.0), (25.0, 45.0)),
    VitalSign("heart_rate", Words("Heart rate"), "/min", "8867-4", (51.0, 90.0), (10.0, 300.0)),
    VitalSign("respiratory_rate", Words("Respiratory rate"), "/min", "9279-1", (12.0, 20.0), (2.0, 100.0)),
    VitalSign("spo2", Words("SpO₂"), "%", "59408-5", (96.0, 100.0), (30.0, 100.0)),
    VitalSign("systolic_bp", Words("Systolic BP"), "mmHg", "8480-6", (111.0, 219.0), (30.0, 320.0)),
    VitalSign("diastolic_bp", Words("Diastolic BP"), "mmHg", "8462-4", (50.0, 110.0), (10.0, 220.0)),
)
VITAL_BY_NAME = {sign.name: sign for sign in VITAL_SIGNS}


# Slots: training holds millions of them.
@dataclass(frozen=True, slots=True)
class VitalMeasurement:
    """One value in the canonical unit of its VitalSign. is_plausible False: kept and shown, not given to the model."""

    name: str
    time: datetime
    value: float
    is_plausible: bool = True
    original: str = ""


@dataclass(frozen=True)
class Vitals:
    """All measurements of a table, sorted by time; times are naive local or all timezone-aware."""

    measurements: tuple[VitalMeasurement, ...]
    path: Path
    identity: PatientIdentity = PatientIdentity()
    sha256: str = ""
    notes: tuple[QualityNote, ...] = ()

    def of(self, name: str) -> tuple[VitalMeasurement, ...]:
        """Give the measurements of one vital sign in time order."""
        return tuple(m for m in self.measurements if m.name == name)

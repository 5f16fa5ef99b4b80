"""Doubt as data: quality notes, skipped files, input files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from medmm.core.words import Words


class InputKind(StrEnum):
    """What a model takes in (in the ML literature: a modality)."""

    IMAGE = "image"
    NOTE = "note"
    VITALS = "vitals"
    AUDIO = "audio"


class Severity(StrEnum):
    """How much a quality note weighs; STOP means that nothing is scored."""

    INFO = "info"
    WARNING = "warning"
    STOP = "stop"


@dataclass(frozen=True)
class QualityNote:
    """One remark about the data, shown on the screen, in the result and in the report.

    code: stable snake_case word for scripts; message: a full sentence without file paths of other patients;
    kind: the input that it concerns, None for the case as a whole.
    """

    code: str
    message: Words
    severity: Severity = Severity.INFO
    kind: InputKind | None = None


@dataclass(frozen=True)
class SkippedFile:
    """A file that was found but not read, with the reason in words."""

    path: Path
    code: str
    reason: Words


@dataclass(frozen=True)
class InputFile:
    """A file that was read: sha256 is of its bytes, path relative to the patient folder."""

    kind: InputKind
    path: str
    sha256: str
    sop_instance_uid: str = ""

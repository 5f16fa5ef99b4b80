"""A case: one patient's inputs at one point in time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from medmm.core.document import Document
from medmm.core.identity import PatientIdentity
from medmm.core.image import MedicalImage, SeriesSummary
from medmm.core.quality import InputFile, InputKind, QualityNote, Severity, SkippedFile
from medmm.core.record import ClinicalNote, Vitals
from medmm.core.recording import Recording

__all__ = ["Case", "CaseSources", "InputKind"]


@dataclass(frozen=True)
class CaseSources:
    """Where a case is read from and which inputs are left out on purpose (`--without`).

    files: paths relative to the folder (or inside the archive) that alone belong to the case; empty for all of them.
    """

    folder: Path
    without: frozenset[InputKind] = frozenset()
    identity_override: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """Everything known about a patient before scoring; frozen, numpy only, crosses processes safely.

    images: sorted so that images[0] is the one a chest model would look at first;
    root: where its files lie: the folder itself, or the place where an archive was unpacked;
    series: of a case that was surveyed, what can be opened as an image, in the same order; their pixels are not read;
    documents: reports, PDF, key objects and presentation states; nothing is scored from them;
    index_time: the study's time, or the last vital sign's when there is no study;
    checks: identity and quality notes of the whole case; identity STOP means that it may not be scored.
    """

    folder: Path
    patient: PatientIdentity
    images: tuple[MedicalImage, ...] = ()
    notes: tuple[ClinicalNote, ...] = ()
    vitals: tuple[Vitals, ...] = ()
    index_time: datetime | None = None
    inputs: tuple[InputFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    checks: tuple[QualityNote, ...] = ()
    without: frozenset[InputKind] = frozenset()
    identity_override: str = ""
    series: tuple[SeriesSummary, ...] = ()
    files: tuple[str, ...] = ()
    root: Path = field(default=Path(), compare=False)
    documents: tuple[Document, ...] = ()
    audio: tuple[Recording, ...] = ()

    @property
    def sources(self) -> CaseSources:
        """Say where the case can be read from once more."""
        return CaseSources(self.folder, self.without, self.identity_override, self.files)

    @property
    def image_identities(self) -> tuple[PatientIdentity, ...]:
        """Give whom each image names, read or only surveyed."""
        return tuple(one.identity for one in (self.series or self.images))

    @property
    def stop(self) -> QualityNote | None:
        """Give the first check that forbids scoring, if any."""
        return next((check for check in self.checks if check.severity is Severity.STOP), None)

    def with_checks(self, *checks: QualityNote) -> Case:
        """Return the same case with more checks."""
        return replace(self, checks=(*self.checks, *checks))

"""A patient as training keeps it in memory, and what the sources say about him besides what the network sees."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.core.image import MedicalImage, StudyHeader
from medmm.core.record import ClinicalNote, Vitals
from medmm.inference.model_input import PreparedAudio
from medmm.records.dates import parse_time
from medmm.records.person_name import name_words


@dataclass(frozen=True)
class CaseFacts:
    """What the linter and the subgroups ask of a case; the network never sees it.

    ids, persons: digests of the normalised patient numbers, and of name with birth date, of every source;
    note_times: when each note was written; source: who made the image (manufacturer, institution); index_time: when
    the image was taken. Empty or None where nothing says so.
    """

    ids: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    index_time: datetime | None = None
    note_times: tuple[datetime | None, ...] = ()
    age_years: float | None = None
    sex: str = ""
    view: str = ""
    source: str = ""


NO_FACTS = CaseFacts()


class Records(Protocol):
    """What is written of a patient: held in memory, or read from the cache each time that it is asked for."""

    @property
    def notes(self) -> tuple[ClinicalNote, ...]:
        """The notes that go in."""
        ...

    @property
    def vitals(self) -> tuple[Vitals, ...]:
        """The tables of vital signs."""
        ...

    @property
    def facts(self) -> CaseFacts:
        """What the sources say besides."""
        ...


@dataclass(frozen=True)
class HeldRecords:
    """Records in memory."""

    notes: tuple[ClinicalNote, ...] = ()
    vitals: tuple[Vitals, ...] = ()
    facts: CaseFacts = NO_FACTS


NO_RECORDS = HeldRecords()


# Slots: training holds one for each patient.
@dataclass(frozen=True, slots=True)
class Reading:
    """A patient as read: the fitted image as 8-bit display values with the rows and columns it fills, and the records.

    box: first and last of the seen pixels on each axis of the model's input: (top, bottom, left, right) of a film,
    the slices before them for a volume; image None where there is none;
    audio: the windows of the recordings, None where there is none;
    grid: for each axis how many stored pixels one pixel of the image is and where in the stored ones it begins, in the
    order of `box`.
    """

    image: NDArray[np.uint8] | None
    box: tuple[int, ...]
    records: Records = NO_RECORDS
    audio: PreparedAudio | None = None
    grid: tuple[float, ...] = ()

    @property
    def notes(self) -> tuple[ClinicalNote, ...]:
        """The notes of the records."""
        return self.records.notes

    @property
    def vitals(self) -> tuple[Vitals, ...]:
        """The vital signs of the records."""
        return self.records.vitals

    @property
    def facts(self) -> CaseFacts:
        """The facts of the records."""
        return self.records.facts

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """The box as one stretch for each axis."""
        return tuple(zip(self.box[::2], self.box[1::2], strict=True))


@dataclass(frozen=True)
class NoteTexts:
    """The texts of all notes of some readings; none is held, and they can be gone through again."""

    readings: Sequence[Reading]

    def __iter__(self) -> Iterator[str]:
        return (note.text for reading in self.readings for note in reading.notes)


def facts_of(case: Case) -> CaseFacts:
    """Gather what the sources of a case say; of identities only digests are kept."""
    identities = [*case.image_identities, *(note.identity for note in case.notes), *(v.identity for v in case.vitals)]
    image = case.images[0] if case.images else None
    index_time = image_time(image.header) if image else None
    return CaseFacts(
        ids=_digests(normal_id(one.patient_id) for one in identities),
        persons=_digests(person for one in identities for person in normal_persons(one)),
        index_time=index_time,
        note_times=tuple(note.written_at for note in case.notes),
        age_years=_age(identities, index_time),
        sex=next((one.sex for one in identities if one.sex), ""),
        view=image.header.view_position if image else "",
        source=_source(image) if image else "",
    )


def normal_id(patient_id: str) -> str:
    """Write a patient number as one would compare it by eye: no case, width, punctuation or leading zeros."""
    folded = unicodedata.normalize("NFKC", patient_id).casefold()
    return re.sub(r"[\W_]+", "", folded).lstrip("0")


def normal_persons(identity: PatientIdentity) -> tuple[str, ...]:
    """Write name and birth date so that order, case and titles do not matter, one for each script of the name.

    Nothing where one of the two is missing: a name alone is shared by strangers.
    """
    if not identity.birth_date:
        return ()
    groups = [name_words(group) for group in identity.name.split("=")]
    return tuple(f"{identity.birth_date} {' '.join(sorted(words))}" for words in groups if words)


def image_time(header: StudyHeader) -> datetime | None:
    """Give when the image was taken; a date without a clock means the end of that day."""
    day, clock = header.study_date.replace(".", ""), header.study_time.replace(":", "")
    for text in (header.acquisition_datetime[:14], day + clock[:6]):
        if len(text) == 14 and (found := parse_time(text)):
            return found
    ended = parse_time(day[:8]) if day else None
    return ended.replace(hour=23, minute=59, second=59) if ended else None


def _digests(values: Iterable[str]) -> tuple[str, ...]:
    distinct = sorted({value for value in values if value})
    return tuple(hashlib.blake2s(value.encode(), digest_size=10).hexdigest() for value in distinct)


def _age(identities: Sequence[PatientIdentity], now: datetime | None) -> float | None:
    born = next((parse_time(one.birth_date) for one in identities if one.birth_date), None)
    if born is None or now is None:
        return None
    return round((now.replace(tzinfo=None) - born).days / 365.25, 1)


def _source(image: MedicalImage) -> str:
    return " ".join(part for part in (image.header.manufacturer, image.header.institution) if part)

"""What a case is made of besides its pixels: records, declarations, identity and time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from medmm.core.case import Case
from medmm.core.errors import InputError, InvalidRecord, UnreadableFile
from medmm.core.identity import PatientIdentity
from medmm.core.image import SeriesSummary
from medmm.core.quality import InputKind, QualityNote, Severity, SkippedFile
from medmm.core.record import ClinicalNote, Vitals
from medmm.core.recording import Recording
from medmm.core.settings import Settings
from medmm.core.words import NOTHING, Words
from medmm.workflow.order import header_time
from medmm.workflow.same_object import copies_among
from medmm.workflow.time_zones import in_one_zone
from medmm.workflow.unread import NOT_AN_INPUT, told, unread_checks

if TYPE_CHECKING:
    from medmm.imaging.scan import FolderScan
    from medmm.records.case_file import CaseFile

Value = TypeVar("Value")
CASE_FILE = "medmm.toml"


@dataclass(frozen=True)
class Records:
    """What a folder holds besides pixels, and the files that could not be read."""

    notes: tuple[ClinicalNote, ...] = ()
    vitals: tuple[Vitals, ...] = ()
    audio: tuple[Recording, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything could be read."""
        return bool(self.notes or self.vitals or self.audio)

    @property
    def identities(self) -> list[PatientIdentity]:
        """Say whom each of them names; a recording names nobody."""
        return [note.identity for note in self.notes] + [table.identity for table in self.vitals]

    def without(self, kinds: frozenset[InputKind]) -> Records:
        """Return the same without the kinds that are left out on purpose."""
        return Records(
            () if InputKind.NOTE in kinds else self.notes,
            () if InputKind.VITALS in kinds else self.vitals,
            () if InputKind.AUDIO in kinds else self.audio,
            self.skipped,
        )


def declarations(scan: FolderScan) -> CaseFile:
    """Read what the folder declares about itself; nothing where there is no medmm.toml."""
    from medmm.records.case_file import CaseFile, read_case_file

    declared = next((path for path in scan.others if path.name == CASE_FILE), None)
    return read_case_file(declared) if declared else CaseFile()


def chosen_series(series: Sequence[SeriesSummary], wanted: str) -> list[SeriesSummary]:
    """Give the series that medmm.toml names, or all of them.

    Raises InvalidRecord when it names one that is not there.
    """
    chosen = [one for one in series if wanted in ("", one.header.series_uid)]
    if wanted and not chosen:
        raise InvalidRecord(
            Words(
                "{case_file} names the series {wanted!r}, which is not in the folder",
                case_file=CASE_FILE,
                wanted=wanted,
            ),
            Words("Correct series_uid in {case_file} or remove it.", case_file=CASE_FILE),
        )
    return chosen


def read_records(scan: FolderScan, case_file: CaseFile, settings: Settings) -> Records:
    """Read every note, table of vital signs and recording; notes in the order in which they were written."""
    from medmm.records.audio import read_recording
    from medmm.records.note import read_note
    from medmm.records.sniff import is_note, is_recording, is_table, what_it_is
    from medmm.records.tabular import read_vitals

    encoding = case_file.note_encoding or settings.note_encoding
    outcomes: list[ClinicalNote | Vitals | Recording | SkippedFile] = []
    for path in (path for path in scan.others if path.name != CASE_FILE):
        if is_recording(path):
            outcomes.append(attempt(partial(read_recording, path), path))
        elif is_table(path):
            read = partial(read_vitals, path, columns=case_file.columns, units=case_file.units, encoding=encoding)
            outcomes.append(attempt(read, path))
        elif is_note(path):
            outcomes.append(attempt(partial(read_note, path, encoding=encoding), path))
        else:
            outcomes.append(SkippedFile(path, NOT_AN_INPUT, what_it_is(path)))
    return Records(
        tuple(sorted((found for found in outcomes if isinstance(found, ClinicalNote)), key=_written)),
        tuple(found for found in outcomes if isinstance(found, Vitals)),
        tuple(found for found in outcomes if isinstance(found, Recording)),
        skipped_among(outcomes),
    )


def attempt(read: Callable[[], Value], path: Path) -> Value | SkippedFile:
    """Read one file; trouble with it is told and stops nothing else."""
    try:
        return read()
    except InputError as error:
        return SkippedFile(path, error.code, error.sentences)


def skipped_among(outcomes: Iterable[object]) -> tuple[SkippedFile, ...]:
    """Give the files that could not be read."""
    return tuple(found for found in outcomes if isinstance(found, SkippedFile))


def _written(note: ClinicalNote) -> datetime:
    return (note.written_at or datetime.min).replace(tzinfo=None)


def nothing_found(folder: Path, skipped: Sequence[SkippedFile]) -> UnreadableFile:
    """Say what a folder without any input lacks, with the reason of the first file."""
    n_skipped, reason = len(skipped), told(skipped[0]) if skipped else NOTHING
    if n_skipped > 1:
        reason = Words(" First of {n_skipped} that were skipped: {reason}", n_skipped=n_skipped, reason=reason)
    elif skipped:
        reason = Words(" {reason}", reason=reason)
    return UnreadableFile(
        Words(
            "{name!r} holds no image, note, vital-sign table or recording that can be read.{reason}",
            name=folder.name,
            reason=reason,
        ),
        Words(
            "Name a folder with DICOM, PNG or JPEG images, .txt notes, a .csv of vital signs or .wav recordings; "
            "`medmm info` lists every file with its reason."
        ),
        folder,
    )


def identify(case: Case, case_file: CaseFile, found: Sequence[PatientIdentity]) -> Case:
    """Compare who the inputs say they belong to, and settle the patient, the time and the checks of a case."""
    from medmm.records.cross_checks import compare_sources
    from medmm.records.identity import compare_identities

    identities = list(found)
    if case_file.patient_id:
        identities.append(PatientIdentity(patient_id=case_file.patient_id, source=CASE_FILE))
    checks = (*compare_identities(identities), *unread_checks(case.skipped, has_images=_has_images(case)))
    if case.identity_override:
        checks = tuple(_overridden(check, case.identity_override) for check in checks)
    # Sixteen films of one study say the same thing once.
    checks = tuple(dict.fromkeys((*checks, *_own_remarks(case), *copies_among(case.images))))
    timed = replace(case, checks=checks, patient=_merged(identities), index_time=_index_time(case, case_file))
    timed = in_one_zone(timed)
    return timed.with_checks(*compare_sources(timed))


def _has_images(case: Case) -> bool:
    return bool(case.images or case.series) or InputKind.IMAGE in case.without


def _own_remarks(case: Case) -> Iterator[QualityNote]:
    for one in (*(case.series or case.images), *case.notes, *case.vitals, *case.audio):
        yield from one.notes


def _overridden(check: QualityNote, reason: str) -> QualityNote:
    if check.severity is not Severity.STOP:
        return check
    return QualityNote(
        f"{check.code}_overridden",
        Words("{message} Overridden: {reason}", message=check.message, reason=reason),
        Severity.WARNING,
    )


def _merged(identities: Sequence[PatientIdentity]) -> PatientIdentity:
    def first(name: str) -> str:
        return next((text for identity in identities if (text := getattr(identity, name))), "")

    return PatientIdentity(first("patient_id"), first("name"), first("birth_date"), first("sex"), first("source"))


def _index_time(case: Case, case_file: CaseFile) -> datetime | None:
    if case_file.index_time:
        return case_file.index_time
    headers = [one.header for one in (case.images or chosen_series(case.series, case_file.series_uid))]
    taken = header_time(headers[0]) if headers else None
    if taken:
        return taken
    # Without a study the newest record is the present; a note is then never "after" the last vital sign.
    times = [measurement.time for table in case.vitals for measurement in table.measurements]
    times += [note.written_at for note in case.notes if note.written_at]
    return max(times, key=lambda time: time.replace(tzinfo=None), default=None)

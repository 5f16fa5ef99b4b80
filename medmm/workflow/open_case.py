"""Open a patient folder: find, read and compare everything that belongs to one case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from medmm.core.case import Case, CaseSources
from medmm.core.errors import InputError, InvalidRecord, UnreadableFile
from medmm.core.identity import PatientIdentity
from medmm.core.image import MedicalImage, SeriesSummary
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.quality import InputKind, QualityNote, Severity, SkippedFile
from medmm.core.record import ClinicalNote, Vitals
from medmm.core.settings import Settings
from medmm.workflow.hashing import input_files
from medmm.workflow.order import image_time, reading_order
from medmm.workflow.sources import opened_folder
from medmm.workflow.time_zones import in_one_zone
from medmm.workflow.unread import told, unread_checks

if TYPE_CHECKING:
    from medmm.imaging.scan import FolderScan
    from medmm.records.case_file import CaseFile

Value = TypeVar("Value")
CASE_FILE = "medmm.toml"


def open_case(
    sources: CaseSources,
    *,
    settings: Settings | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Case:
    """Read every image, note and vital-sign table of a patient folder (or a zip or tar of one).

    Raises UnreadableFile when the path is not there or holds nothing that can be read.
    A conflict of identities is no error here: it is a STOP among the case's checks.
    """
    cancel = cancel or CancelToken()
    with opened_folder(sources.folder) as folder:
        return _open_folder(sources, folder, settings or Settings(), progress, cancel)


def _open_folder(
    sources: CaseSources, folder: Path, settings: Settings, progress: Progress, cancel: CancelToken
) -> Case:
    from medmm.imaging.scan import scan_folder
    from medmm.records.case_file import CaseFile, read_case_file

    scan = scan_folder(folder, progress=progress, cancel=cancel)
    declared = next((path for path in scan.others if path.name == CASE_FILE), None)
    case_file = read_case_file(declared) if declared else CaseFile()
    images, bad_images = _read_images(sources, scan, case_file, progress, cancel)
    notes, vitals, bad_records = _read_records(scan, case_file, settings)
    if not (images or notes or vitals):
        raise _nothing_found(sources.folder, (*scan.skipped, *bad_images, *bad_records))
    kept_notes = () if InputKind.NOTE in sources.without else notes
    kept_vitals = () if InputKind.VITALS in sources.without else vitals
    case = Case(
        folder=sources.folder,
        patient=PatientIdentity(),
        images=images,
        notes=kept_notes,
        vitals=kept_vitals,
        inputs=input_files(folder, images, kept_notes, kept_vitals),
        skipped=(*scan.skipped, *bad_images, *bad_records),
        without=sources.without,
        identity_override=sources.identity_override,
    )
    # An input that is left out, not chosen or not decoded still says whose folder this is.
    identities = [series.identity for series in scan.series]
    identities += [image.identity for image in images if image.instances[0].path in scan.pictures]
    identities += [note.identity for note in notes] + [table.identity for table in vitals]
    return _identify(case, case_file, identities, override=sources.identity_override)


def _read_images(
    sources: CaseSources, scan: FolderScan, case_file: CaseFile, progress: Progress, cancel: CancelToken
) -> tuple[tuple[MedicalImage, ...], tuple[SkippedFile, ...]]:
    from medmm.imaging.reader import read_image

    if InputKind.IMAGE in sources.without:
        return (), ()
    groups = [(series.paths, series.notes) for series in _chosen_series(scan, case_file.series_uid)]
    groups += [((path,), ()) for path in scan.pictures]
    outcomes: list[MedicalImage | SkippedFile] = []
    for done, (paths, remarks) in enumerate(groups):
        cancel.raise_if_set()
        progress(done, len(groups), "reading images")
        found = _attempt(partial(read_image, paths, cancel=cancel), paths[0])
        outcomes.append(_remarked(found, remarks) if isinstance(found, MedicalImage) else found)
    images = sorted((image for image in outcomes if isinstance(image, MedicalImage)), key=reading_order)
    return tuple(images), _skipped(outcomes)


def _chosen_series(scan: FolderScan, wanted: str) -> list[SeriesSummary]:
    chosen = [series for series in scan.series if wanted in ("", series.header.series_uid)]
    if wanted and not chosen:
        raise InvalidRecord(
            f"{CASE_FILE} names the series {wanted!r}, which is not in the folder",
            f"Correct series_uid in {CASE_FILE} or remove it.",
        )
    return chosen


def _remarked(image: MedicalImage, remarks: Sequence[QualityNote]) -> MedicalImage:
    # What the scan saw (a series that had to be split) belongs to the image as well.
    return image.with_notes(*(remark for remark in remarks if remark not in image.notes))


def _read_records(
    scan: FolderScan, case_file: CaseFile, settings: Settings
) -> tuple[tuple[ClinicalNote, ...], tuple[Vitals, ...], tuple[SkippedFile, ...]]:
    from medmm.records.note import read_note
    from medmm.records.sniff import is_note, is_table
    from medmm.records.tabular import read_vitals

    encoding = case_file.note_encoding or settings.note_encoding
    outcomes: list[ClinicalNote | Vitals | SkippedFile] = []
    for path in (path for path in scan.others if path.name != CASE_FILE):
        if is_table(path):
            read = partial(read_vitals, path, columns=case_file.columns, units=case_file.units, encoding=encoding)
            outcomes.append(_attempt(read, path))
        elif is_note(path):
            outcomes.append(_attempt(partial(read_note, path, encoding=encoding), path))
        else:
            outcomes.append(SkippedFile(path, "not_an_input", "Neither an image nor a note nor a table of vitals."))
    notes = sorted((found for found in outcomes if isinstance(found, ClinicalNote)), key=_written)
    return tuple(notes), tuple(found for found in outcomes if isinstance(found, Vitals)), _skipped(outcomes)


def _attempt(read: Callable[[], Value], path: Path) -> Value | SkippedFile:
    # Trouble with one file is told and stops nothing else.
    try:
        return read()
    except InputError as error:
        return SkippedFile(path, error.code, f"{error.message}. {error.hint}".strip())


def _skipped(outcomes: Iterable[object]) -> tuple[SkippedFile, ...]:
    return tuple(found for found in outcomes if isinstance(found, SkippedFile))


def _written(note: ClinicalNote) -> datetime:
    return (note.written_at or datetime.min).replace(tzinfo=None)


def _nothing_found(folder: Path, skipped: Sequence[SkippedFile]) -> UnreadableFile:
    count = f" First of {len(skipped)} that were skipped:" if len(skipped) > 1 else ""
    reason = f"{count} {told(skipped[0])}" if skipped else ""
    return UnreadableFile(
        f"{folder.name!r} holds no image, note or vital-sign table that can be read.{reason}",
        "Name a folder with DICOM, PNG or JPEG images, .txt notes or a .csv of vital signs; "
        "`medmm info` lists every file with its reason.",
        folder,
    )


def _identify(case: Case, case_file: CaseFile, found: Sequence[PatientIdentity], *, override: str) -> Case:
    from medmm.records.identity import compare_identities

    identities = list(found)
    if case_file.patient_id:
        identities.append(PatientIdentity(patient_id=case_file.patient_id, source=CASE_FILE))
    checks = (*compare_identities(identities), *unread_checks(case.skipped))
    if override:
        checks = tuple(_overridden(check, override) for check in checks)
    own = [remark for image in case.images for remark in image.notes]
    own += [remark for note in case.notes for remark in note.notes]
    own += [remark for table in case.vitals for remark in table.notes]
    # Sixteen films of one study say the same thing once.
    checks = tuple(dict.fromkeys((*checks, *own)))
    timed = replace(case, checks=checks, patient=_merged(identities), index_time=_index_time(case, case_file))
    return in_one_zone(timed)


def _overridden(check: QualityNote, reason: str) -> QualityNote:
    if check.severity is not Severity.STOP:
        return check
    return QualityNote(f"{check.code}_overridden", f"{check.message} Overridden: {reason}", Severity.WARNING)


def _merged(identities: Sequence[PatientIdentity]) -> PatientIdentity:
    def first(name: str) -> str:
        return next((text for identity in identities if (text := getattr(identity, name))), "")

    return PatientIdentity(first("patient_id"), first("name"), first("birth_date"), first("sex"), first("source"))


def _index_time(case: Case, case_file: CaseFile) -> datetime | None:
    if case_file.index_time:
        return case_file.index_time
    taken = image_time(case.images[0]) if case.images else None
    if taken:
        return taken
    # Without a study the newest record is the present; a note is then never "after" the last vital sign.
    times = [measurement.time for table in case.vitals for measurement in table.measurements]
    times += [note.written_at for note in case.notes if note.written_at]
    return max(times, key=lambda time: time.replace(tzinfo=None), default=None)

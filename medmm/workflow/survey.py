"""Survey what is opened from headers alone: series appear while it runs, and no pixel is decoded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from medmm.core.case import Case, CaseSources
from medmm.core.document import Document
from medmm.core.identity import PatientIdentity
from medmm.core.image import SeriesSummary
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.quality import SkippedFile
from medmm.core.record import ClinicalNote, Vitals
from medmm.core.recording import Recording
from medmm.core.settings import Settings
from medmm.core.words import Words
from medmm.workflow.gather import Records, chosen_series, declarations, identify, nothing_found, read_records
from medmm.workflow.hashing import input_files
from medmm.workflow.open_case import scan_sources
from medmm.workflow.order import reading_order
from medmm.workflow.patient_groups import group_by_patient, is_nameless, owner_among
from medmm.workflow.series import picture_series

if TYPE_CHECKING:
    from medmm.records.case_file import CaseFile

Unread = SeriesSummary | Document
OnFound = Callable[[tuple[Case, ...]], None]


def _nobody_listens(found: tuple[Case, ...]) -> None:
    """Take what was found so far."""


def survey(
    sources: CaseSources,
    root: Path,
    *,
    settings: Settings | None = None,
    on_found: OnFound = _nobody_listens,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Case, ...]:
    """Look at a folder (root: itself, or where its archive was unpacked); gives one case for each patient in it.

    on_found is told the cases as far as they are known, with their series alone, while the survey goes on.
    The cases hold `series` and no `images`. Raises UnreadableFile when nothing that can be read is there.
    """
    cancel = cancel or CancelToken()
    for scan in scan_sources(sources, root, progress=progress, cancel=cancel):
        series = (*scan.series, *(picture_series(path) for path in scan.pictures))
        unread: list[Unread] = [*series, *scan.documents]
        groups = group_by_patient(unread)
        on_found(tuple(_only_headers(sources, root, group) for group in groups))
    cancel.raise_if_set()
    progress(0, 0, "reading notes and vital signs")
    case_file = declarations(scan)
    chosen_series(scan.series, case_file.series_uid)  # a wrong name is told now, not when it is scored
    records = read_records(scan, case_file, settings or Settings())
    found = _Found(sources, root, series, records, (*scan.skipped, *records.skipped), scan.documents)
    if not (series or records or scan.documents):
        raise nothing_found(sources.folder, found.skipped)
    if len(groups) < 2:
        return (_to_case(found, case_file),)
    # What medmm.toml declares, it declares for a folder of one patient.
    own_file = replace(case_file, patient_id="", series_uid="", index_time=None)
    return tuple(_to_case(part, own_file) for part in _parted(found, groups))


@dataclass(frozen=True)
class _Found:
    """What was found for one patient, or in a whole folder."""

    sources: CaseSources
    root: Path
    series: tuple[SeriesSummary, ...]
    records: Records
    skipped: tuple[SkippedFile, ...]
    documents: tuple[Document, ...]


def _only_headers(sources: CaseSources, root: Path, group: Sequence[Unread]) -> Case:
    return Case(
        folder=sources.folder,
        patient=_patient(group),
        series=_in_order(_series_of(group)),
        documents=_documents_of(group),
        files=sources.files,
        root=root,
    )


def _series_of(group: Sequence[Unread]) -> tuple[SeriesSummary, ...]:
    return tuple(one for one in group if isinstance(one, SeriesSummary))


def _documents_of(group: Sequence[Unread]) -> tuple[Document, ...]:
    return tuple(one for one in group if isinstance(one, Document))


def _patient(group: Sequence[Unread]) -> PatientIdentity:
    return next((one.identity for one in group if not is_nameless(one.identity)), PatientIdentity())


def _in_order(group: Sequence[SeriesSummary]) -> tuple[SeriesSummary, ...]:
    return tuple(sorted(group, key=reading_order))


def _to_case(found: _Found, case_file: CaseFile) -> Case:
    case = Case(
        folder=found.sources.folder,
        patient=PatientIdentity(),
        notes=found.records.notes,
        vitals=found.records.vitals,
        audio=found.records.audio,
        inputs=input_files(found.root, (), found.records.notes, found.records.vitals, found.records.audio),
        skipped=found.skipped,
        without=found.sources.without,
        identity_override=found.sources.identity_override,
        series=_in_order(found.series),
        files=found.sources.files,
        root=found.root,
        documents=found.documents,
    )
    identities = [one.identity for one in found.series] + [document.identity for document in found.documents]
    return identify(case, case_file, identities + found.records.identities)


def _parted(found: _Found, groups: Sequence[Sequence[Unread]]) -> Iterator[_Found]:
    """Give each patient of a mixed folder the records that are surely its own; those that are nobody's are skipped."""
    patients = [_patient(group) for group in groups]
    records = found.records
    every: tuple[ClinicalNote | Vitals | Recording, ...] = (*records.notes, *records.vitals, *records.audio)
    owner_of = {record.path: owner_among(record.identity, patients) for record in every}
    lost = tuple(_not_assigned(path, len(groups)) for path, owner in owner_of.items() if owner is None)
    for place, group in enumerate(groups):
        own = {path for path, owner in owner_of.items() if owner == place}
        series, documents = _series_of(group), _documents_of(group)
        paths = [path for one in series for path in one.paths] + [document.path for document in documents]
        files = tuple(path.relative_to(found.root).as_posix() for path in (*paths, *sorted(own)))
        yield replace(
            found,
            sources=replace(found.sources, files=files),
            series=series,
            documents=documents,
            records=Records(
                tuple(note for note in records.notes if note.path in own),
                tuple(table for table in records.vitals if table.path in own),
                tuple(sound for sound in records.audio if sound.path in own),
            ),
            skipped=(*found.skipped, *lost),
        )


def _not_assigned(path: Path, n_patients: int) -> SkippedFile:
    reason = Words(
        "The folder holds the images of {n_patients} patients, and it names none of them for certain.",
        n_patients=n_patients,
    )
    return SkippedFile(path, "owner_unknown", reason)

"""Open a patient folder: find, read and compare everything that belongs to one case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from medmm.core.case import Case, CaseSources
from medmm.core.identity import PatientIdentity
from medmm.core.image import MedicalImage
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.quality import InputKind, SkippedFile
from medmm.core.settings import Settings
from medmm.workflow.gather import (
    attempt,
    chosen_series,
    declarations,
    identify,
    nothing_found,
    read_records,
    skipped_among,
)
from medmm.workflow.hashing import input_files
from medmm.workflow.order import reading_order
from medmm.workflow.sources import DICOMDIR, is_dicomdir, opened_folder

if TYPE_CHECKING:
    from medmm.imaging.scan import FolderScan
    from medmm.records.case_file import CaseFile


def open_case(
    sources: CaseSources,
    *,
    settings: Settings | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Case:
    """Read every image, note, vital-sign table and recording of a patient folder (or a zip or tar of one).

    Raises UnreadableFile when the path is not there or holds nothing that can be read.
    A conflict of identities is no error here: it is a STOP among the case's checks.
    """
    cancel = cancel or CancelToken()
    with opened_folder(sources.folder) as folder:
        return _open_folder(sources, folder, settings or Settings(), progress, cancel)


def scan_sources(
    sources: CaseSources, folder: Path, *, progress: Progress, cancel: CancelToken
) -> Iterator[FolderScan]:
    """Look at the files of a case below its opened folder: all of them, or those alone that it or a DICOMDIR names.

    Gives what was found so far several times a second; the last one is final.
    Raises UnreadableFile when a DICOMDIR that the user named is damaged.
    """
    from medmm.imaging.dicomdir import read_dicomdir
    from medmm.imaging.scan import growing_scan

    places: list[Path] = [folder]
    missing: tuple[SkippedFile, ...] = ()
    if sources.files:
        places = [folder / name for name in sources.files]
    elif is_dicomdir(sources.folder):
        index = read_dicomdir(sources.folder)
        places, missing = list(index.files), index.missing
    else:
        missing = _missing_by_index(folder / DICOMDIR)
    for scan in growing_scan(places, progress=progress, cancel=cancel):
        yield replace(scan, skipped=(*scan.skipped, *missing))


def _missing_by_index(path: Path) -> tuple[SkippedFile, ...]:
    from medmm.imaging.dicomdir import read_dicomdir

    if not is_dicomdir(path):
        return ()
    found = attempt(partial(read_dicomdir, path), path)
    # One that cannot be read takes nothing away: the folder's files are found by their content.
    return () if isinstance(found, SkippedFile) else found.missing


def _open_folder(
    sources: CaseSources, folder: Path, settings: Settings, progress: Progress, cancel: CancelToken
) -> Case:
    *_, scan = scan_sources(sources, folder, progress=progress, cancel=cancel)
    case_file = declarations(scan)
    images, bad_images = _read_images(sources, scan, case_file, progress, cancel)
    records = read_records(scan, case_file, settings)
    if not (images or records or scan.documents):
        raise nothing_found(sources.folder, (*scan.skipped, *bad_images, *records.skipped))
    kept = records.without(sources.without)
    case = Case(
        folder=sources.folder,
        patient=PatientIdentity(),
        images=images,
        notes=kept.notes,
        vitals=kept.vitals,
        audio=kept.audio,
        inputs=input_files(folder, images, kept.notes, kept.vitals, kept.audio),
        skipped=(*scan.skipped, *bad_images, *records.skipped),
        without=sources.without,
        identity_override=sources.identity_override,
        files=sources.files,
        root=folder,
        documents=scan.documents,
    )
    # An input that is left out, not chosen or not decoded still says whose folder this is.
    identities = [series.identity for series in scan.series] + [document.identity for document in scan.documents]
    identities += [image.identity for image in images if image.instances[0].path in scan.pictures]
    return identify(case, case_file, identities + records.identities)


def _read_images(
    sources: CaseSources, scan: FolderScan, case_file: CaseFile, progress: Progress, cancel: CancelToken
) -> tuple[tuple[MedicalImage, ...], tuple[SkippedFile, ...]]:
    from medmm.imaging.reader import read_image, read_series

    if InputKind.IMAGE in sources.without:
        return (), ()
    wanted: list[tuple[Callable[[], MedicalImage], Path]] = [
        (partial(read_series, series, cancel=cancel), series.paths[0])
        for series in chosen_series(scan.series, case_file.series_uid)
    ]
    wanted += [(partial(read_image, path, cancel=cancel), path) for path in scan.pictures]
    outcomes: list[MedicalImage | SkippedFile] = []
    for done, (read, path) in enumerate(wanted):
        cancel.raise_if_set()
        progress(done, len(wanted), "reading images")
        outcomes.append(attempt(read, path))
    images = sorted((image for image in outcomes if isinstance(image, MedicalImage)), key=reading_order)
    return tuple(images), skipped_among(outcomes)

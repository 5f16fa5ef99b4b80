"""Find what a folder holds, by content: DICOM series, pictures, other files; every skipped file has its reason."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from medmm.core.document import Document
from medmm.core.errors import InputError, UnsupportedImage
from medmm.core.image import SeriesSummary
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.quality import SkippedFile
from medmm.core.words import Words
from medmm.imaging.dicom import needs_own_process
from medmm.imaging.documents import read_document
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.facts_reader import FactsReader
from medmm.imaging.folder_walk import regular_files
from medmm.imaging.groups import GrowingSeries
from medmm.imaging.isolation import warm_up
from medmm.imaging.sniff import FileKind, read_head

PROGRESS_EVERY = 20
REPORT_EVERY_S = 0.25


@dataclass(frozen=True)
class FolderScan:
    """What was found: series (headers only), pictures, files that are no images, and what was skipped and why.

    documents: DICOM objects that are read instead of looked at: reports, PDF, key objects, presentation states.
    """

    series: tuple[SeriesSummary, ...]
    pictures: tuple[Path, ...]
    others: tuple[Path, ...]
    skipped: tuple[SkippedFile, ...]
    documents: tuple[Document, ...] = ()

    @property
    def images(self) -> tuple[tuple[Path, ...], ...]:
        """The paths of each image that `read_image` can be asked for."""
        return (*(series.paths for series in self.series), *((path,) for path in self.pictures))


@dataclass
class _Findings:
    reader: FactsReader = field(default_factory=FactsReader)
    series: GrowingSeries = field(default_factory=GrowingSeries)
    pictures: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    is_warm: bool = False

    def add(self, facts: InstanceFacts) -> None:
        if not self.is_warm and needs_own_process(facts):
            # Whoever scans will want to see it; the decoders get ready meanwhile.
            warm_up()
            self.is_warm = True
        self.series.add(facts)

    def so_far(self) -> FolderScan:
        return FolderScan(
            series=self.series.summaries(),
            pictures=tuple(self.pictures),
            others=tuple(self.others),
            skipped=tuple(self.skipped),
            documents=tuple(self.documents),
        )


def scan_folder(folder: Path, *, progress: Progress = no_progress, cancel: CancelToken | None = None) -> FolderScan:
    """Look at every regular file at or below a path without reading pixels, in the order of names."""
    findings = _Findings()
    for _ in _look([folder], findings, progress, cancel or CancelToken()):
        pass
    return findings.so_far()


def growing_scan(
    places: Sequence[Path],
    *,
    every_s: float = REPORT_EVERY_S,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Iterator[FolderScan]:
    """Scan folders or single files and give what was found so far every `every_s` seconds.

    The last one is what `scan_folder` gives; a place that is gone is told among the skipped.
    A series is in the scan from its first file on; its paths grow. Stacks of one series may still be parted or joined
    by files that come later: only the last scan is final. Raises Cancelled between files.
    """
    findings = _Findings()
    told = time.monotonic()
    for _ in _look(places, findings, progress, cancel or CancelToken()):
        if time.monotonic() - told >= every_s:
            yield findings.so_far()
            told = time.monotonic()
    yield findings.so_far()


def _look(places: Sequence[Path], findings: _Findings, progress: Progress, cancel: CancelToken) -> Iterator[Path]:
    found = (path for place in places for path in regular_files(place, findings.skipped))
    for done, path in enumerate(found):
        cancel.raise_if_set()
        if done % PROGRESS_EVERY == 0:
            progress(done, 0, "looking at files")
        _sort_in(path, findings)
        yield path


def _sort_in(path: Path, findings: _Findings) -> None:
    try:
        head = read_head(path)
        kind = head.kind
        if kind is FileKind.DICOM:
            findings.add(findings.reader.read(head))
        elif kind is FileKind.OTHER:
            findings.others.append(path)
        else:
            findings.pictures.append(path)
    except UnsupportedImage as error:
        _sort_unseen(path, findings, error)
    except InputError as error:
        findings.skipped.append(SkippedFile(path, error.code, error.sentences))


def _sort_unseen(path: Path, findings: _Findings, error: UnsupportedImage) -> None:
    """Keep an object that is no image as a document where it is one."""
    try:
        document = read_document(path)
    except InputError:
        document = None
    if document is None:
        findings.skipped.append(SkippedFile(path, "dicom_not_image", Words("{message}.", message=error.message)))
    else:
        findings.documents.append(document)

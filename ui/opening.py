"""Open what the user names: survey it in the background, show what is found while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from medmm.core.case import Case, CaseSources
from medmm.core.progress import CancelToken, Progress
from medmm.workflow.openings import acquit, is_suspect
from medmm.workflow.sources import is_archive, is_dicomdir
from medmm.workflow.survey import survey
from ui.language import tr
from ui.messages import Problem
from ui.session import Session
from ui.state.patient import Patient, Stage, Step
from ui.tasks import Handlers, Job

READ_TOPIC = "read"
OnOpened = Callable[[str, Case], None]


class Opening(QObject):
    """From paths to patients on the list. begun: a place, by its key, is about to be read (again)."""

    begun = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases, self._notices, self._tasks = session.cases, session.notices, session.tasks

    def open_paths(self, paths: Sequence[Path], on_opened: OnOpened = lambda key, case: None) -> None:
        """Open each folder, archive and index, and the loose files of each folder together; the first is shown."""
        for number, sources in enumerate(to_sources(paths)):
            key = self.read(sources, on_opened)
            if number == 0 or not self._cases.key:
                self._cases.select(key)

    def open_unasked(self, paths: Sequence[Path]) -> None:
        """Open what a start names, but for that at which the program died before: this is told in one sentence."""
        handlers = Handlers(
            done=lambda sound: self._on_sifted(paths, sound), failed=lambda problem: self._on_not_sifted(paths, problem)
        )
        job = Job("start", "sift", tr("Looking at the last session"), handlers)
        self._tasks.run(job, lambda progress, cancel: self._sift(paths))

    def read(self, sources: CaseSources, on_opened: OnOpened = lambda key, case: None) -> str:
        """Survey a place and give the key of its first patient."""
        key = self._cases.add(sources.folder, sources.files)
        self.begun.emit(key)
        handlers = Handlers(
            done=lambda cases: self._on_surveyed(key, cases, on_opened),
            failed=lambda problem: self._on_failed(key, problem),
            cancelled=lambda: self._on_cancelled(key),
            progressed=lambda done, total, text: self._cases.set_stage(key, Stage.READING, Step(done, total, text)),
            arrived=lambda found: self._cases.grow(key, found),
        )
        job = Job(key, READ_TOPIC, tr("Reading a patient"), handlers)
        self._tasks.stream(job, lambda tell, progress, cancel: self._survey(sources, tell, progress, cancel))
        return key

    def read_one(self, patient: Patient, sources: CaseSources, on_opened: OnOpened) -> None:
        """Survey what belongs to one patient once more, for example to confirm who it is."""
        handlers = Handlers(
            done=lambda cases: self._on_one(patient.key, cases[0], on_opened),
            failed=lambda problem: self._on_failed(patient.key, problem),
            cancelled=lambda: self._cases.set_unscored(patient.key),
        )
        self.begun.emit(patient.key)
        self._cases.set_stage(patient.key, Stage.READING)
        job = Job(patient.key, READ_TOPIC, tr("Reading a patient"), handlers)
        self._tasks.stream(job, lambda tell, progress, cancel: self._survey(sources, tell, progress, cancel))

    def release(self, folder: Path) -> None:
        """Remove what was unpacked for a place once none of its patients is open."""
        if all(patient.folder != folder for patient in self._cases.worklist.patients):
            job = Job(str(folder), "release", tr("Closing an archive"), Handlers(failed=self._notices.complain))
            self._tasks.run(job, lambda progress, cancel: self._session.places.release(folder))

    def close(self) -> None:
        """Remove what was unpacked and every mark of an opening: the program ends in peace."""
        self._session.places.close()
        self._session.openings.close()

    def _survey(
        self, sources: CaseSources, tell: Callable[[object], None], progress: Progress, cancel: CancelToken
    ) -> tuple[Case, ...]:
        with self._session.openings.under_way(sources.folder):
            root = self._session.places.open(sources.folder)
            found = survey(
                sources, root, settings=self._session.settings.settings, on_found=tell, progress=progress, cancel=cancel
            )
        acquit(sources.folder)
        return found

    def _sift(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        self._session.openings.begin()
        return tuple(path for path in paths if not is_suspect(path))

    def _on_sifted(self, paths: Sequence[Path], sound: tuple[Path, ...]) -> None:
        held_back = [path for path in paths if path not in sound]
        if held_back:
            words = tr("{name} was being opened when MedMM ended the last time; it was not opened by itself.")
            self._notices.complain(
                Problem(
                    words.format(name=repr(held_back[0].name)),
                    tr("Open it from the File menu if you want to try it again."),
                )
            )
        self.open_paths(sound)

    def _on_not_sifted(self, paths: Sequence[Path], problem: Problem) -> None:
        # Where nothing can be written nothing can be kept in mind either: that is no reason to open nothing.
        self._notices.complain(problem)
        self.open_paths(paths)

    def _on_surveyed(self, key: str, cases: tuple[Case, ...], on_opened: OnOpened) -> None:
        patient = self._cases.worklist.patient(key)
        self._cases.set_cases(key, cases)
        # Some files out of a folder have no path of their own by which they could be opened again.
        if patient is not None and not patient.files:
            self._session.recent.add(patient.folder)
        for opened in [p for p in self._cases.worklist.patients if p.origin == key and p.case is not None]:
            on_opened(opened.key, opened.case)

    def _on_one(self, key: str, case: Case, on_opened: OnOpened) -> None:
        self._cases.set_case(key, case)
        on_opened(key, case)

    def _on_failed(self, key: str, problem: Problem) -> None:
        self._cases.set_problem(key, problem)
        self._notices.complain(problem)

    def _on_cancelled(self, key: str) -> None:
        for patient in [p for p in self._cases.worklist.patients if p.origin == key]:
            if patient.case is None:
                self._cases.remove(patient.key)
            else:
                self._cases.set_unscored(patient.key)


def to_sources(paths: Sequence[Path]) -> tuple[CaseSources, ...]:
    """Say what is meant: a folder, an archive, an index or a lone file each; loose files of one folder together."""
    found: dict[CaseSources, None] = {}
    loose: dict[Path, list[str]] = {}
    for path in (path.absolute() for path in paths):
        if path.is_file() and not is_archive(path) and not is_dicomdir(path):
            loose.setdefault(path.parent, []).append(path.name)
        else:
            found.setdefault(CaseSources(path))
    for folder, names in loose.items():
        files = tuple(dict.fromkeys(names))
        found.setdefault(CaseSources(folder, files=files) if len(files) > 1 else CaseSources(folder / files[0]))
    return tuple(found)

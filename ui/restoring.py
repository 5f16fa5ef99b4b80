"""Bring back the patients of the last session, and keep in mind those of this one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt

from medmm.workflow.last_session import (
    LastSession,
    forget_last_session,
    read_last_session,
    store_last_session,
)
from ui.language import mark
from ui.messages import attempt
from ui.opening import Opening
from ui.session import Session
from ui.state.layout_state import PER_PANE
from ui.tasks import Handlers, Job

NEVER, ALWAYS = "never", "always"


class Restoring(QObject):
    """Reads at the start what was open, opens it when asked or always, and stores at the end what is open then."""

    def __init__(self, session: Session, opening: Opening, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._opening = session, opening
        self._wanted: LastSession | None = None
        # Queued: the hanging protocol has its turn first, and what is brought back goes over it.
        for signal in (session.cases.current_changed, session.cases.case_changed):
            signal.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    @property
    def _wish(self) -> str:
        return self._session.settings.settings.restore_session

    def load(self) -> None:
        """Look for the last session, to offer it or to open it."""
        if self._wish == NEVER:
            return
        job = Job("restore", "load", mark("Looking at the last session"), Handlers(self._on_loaded))
        self._session.tasks.run(job, lambda progress, cancel: read_last_session())

    def restore(self) -> None:
        """Open what was open at the end of the last session."""
        last = self._session.last.take()
        if last is not None:
            self._wanted = last
            self._opening.open_unasked(last.places)

    def store(self) -> None:
        """Store what is open, or remove what was stored where the user wants it forgotten; the program is closing."""
        if self._wish == NEVER:
            attempt(forget_last_session)
            return
        if self._session.last.last is None or self._session.cases.worklist.patients:
            attempt(lambda: store_last_session(now_open(self._session)))

    def _on_loaded(self, last: LastSession | None) -> None:
        self._session.last.offer(last)
        if self._wish == ALWAYS:
            self.restore()

    def _follow(self) -> None:
        cases, last = self._session.cases, self._wanted
        if last is None or cases.current is None:
            return
        if cases.key == last.patient:
            if cases.case is not None:
                self._wanted = None
                self._hang(last)
        elif cases.worklist.patient(last.patient) is not None and cases.current.origin == _origin(last.patient):
            cases.select(last.patient)
        elif cases.current.origin != _origin(last.patient):
            # Somebody has chosen another patient by now, and the patient shown changes by a click only.
            self._wanted = None

    def _hang(self, last: LastSession) -> None:
        cases, layout = self._session.cases, self._session.views.viewports
        layout.set_shape(last.shape)
        for viewport, key in enumerate(last.series[: layout.shape[0] * layout.shape[1]]):
            if cases.worklist.series(key) is not None:
                cases.shown.show(viewport, key)
        if last.active in layout.shown():
            layout.activate(last.active)
        key = cases.shown.key_of(layout.active_index)
        if key:
            cases.select_series(key)


def now_open(session: Session) -> LastSession:
    """Say what is open now."""
    cases, layout = session.cases, session.views.viewports
    # The place of the patient shown comes first: what is opened first is shown.
    patients = sorted(cases.worklist.patients, key=lambda patient: patient.origin != _origin(cases.key))
    places = [place for patient in patients for place in _paths(patient.folder, patient.files)]
    rows, cols = layout.shape
    return LastSession(
        places=tuple(dict.fromkeys(places)),
        patient=cases.key,
        shape=layout.shape,
        series=tuple(cases.shown.key_of(viewport) for viewport in range(rows * cols)),
        active=layout.active_index if layout.active_index < PER_PANE else 0,
    )


def _origin(key: str) -> str:
    return key.partition("-")[0]


def _paths(folder: Path, files: tuple[str, ...]) -> list[Path]:
    return [folder / name for name in files] or [folder]

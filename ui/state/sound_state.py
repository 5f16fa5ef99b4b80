"""The recordings as they are looked at: which of them, its picture, which stretch, and the moments that weigh."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from medmm.core.heat_map import SoundMap
from medmm.core.quality import InputKind
from medmm.core.recording import Recording
from medmm.workflow.spectrogram import Spectrogram, draw_spectrogram
from ui.language import tr
from ui.messages import Problem
from ui.state.case_state import CaseState
from ui.state.sound_cursor import Cursor
from ui.state.time_axis import TimeAxis
from ui.tasks import Handlers, Job, Tasks

SOUND_TOPIC = "sound "
SHORTEST_S = 0.25
MOST_KEPT = 8


class SoundState(QObject):
    """What the Sound tab shows. A spectrogram is computed in the background once the tab is seen.

    changed: another recording, its picture or its weights; view_changed: zoom, pan and the cursor.
    """

    changed = Signal()
    view_changed = Signal()

    def __init__(self, cases: CaseState, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases, self._tasks = cases, tasks
        self._index = 0
        self._axis: TimeAxis | None = None
        self._cursor: Cursor | None = None
        # By the recording's content: who goes back to a patient waits for nothing.
        self._drawn: dict[str, Spectrogram] = {}
        self._troubles: dict[str, str] = {}
        for signal in (cases.current_changed, cases.case_changed):
            signal.connect(self._on_case_changed)
        for signal in (cases.result_changed, cases.finding_changed):
            signal.connect(self.changed)
        self._on_case_changed()

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """The recordings of the patient shown."""
        return self._cases.case.audio if self._cases.case else ()

    @property
    def index(self) -> int:
        """The place of the recording shown."""
        return self._index

    @property
    def recording(self) -> Recording | None:
        """The recording shown."""
        return self.recordings[self._index] if self._index < len(self.recordings) else None

    @property
    def spectrogram(self) -> Spectrogram | None:
        """Its picture, once it is computed."""
        return self._drawn.get(_key_of(self.recording)) if self.recording else None

    @property
    def trouble(self) -> str:
        """Why there is no picture, empty while it may still come."""
        return self._troubles.get(_key_of(self.recording), "") if self.recording else ""

    @property
    def axis(self) -> TimeAxis | None:
        """The stretch of the recording that is seen."""
        return self._axis

    @property
    def cursor(self) -> Cursor | None:
        """The time and pitch that are read off."""
        return self._cursor

    @property
    def weights(self) -> SoundMap | None:
        """When the recording shown adds to the selected finding; None where no map may be drawn."""
        finding, explanation, place = self._cases.finding, self._cases.explanation, self._place_in_result()
        if finding is None or finding.decision != "positive" or explanation is None:
            return None
        return next((one for one in explanation.sounds if one.recording_index == place), None)

    def choose(self, index: int) -> None:
        """Show another recording."""
        if index != self._index:
            self._index = index
            self._start_over()

    def look(self, axis: TimeAxis) -> None:
        """Look at another stretch."""
        if axis != self._axis:
            self._axis = axis
            self.view_changed.emit()

    def point(self, cursor: Cursor | None) -> None:
        """Read off another time and pitch; a time that is out of sight comes into it."""
        if cursor == self._cursor:
            return
        self._cursor = cursor
        if cursor is not None and self._axis is not None and not self._axis.start <= cursor.seconds <= self._axis.end:
            self._axis = self._axis.including(cursor.seconds)
        self.view_changed.emit()

    def want(self) -> None:
        """Compute the picture of the recording shown, unless it is there, under way or was given up."""
        recording = self.recording
        if recording is None or self.spectrogram is not None or self.trouble:
            return
        key, topic = _key_of(recording), SOUND_TOPIC + _key_of(recording)
        if self._tasks.is_running(self._cases.key, topic):
            return
        handlers = Handlers(
            done=lambda picture: self._keep(key, picture),
            failed=lambda problem: self._fail(key, problem),
            cancelled=lambda: self._give_up(key, tr("The recording was not drawn: its drawing was cancelled.")),
        )
        job = Job(self._cases.key, topic, tr("Drawing the recording"), handlers)
        self._tasks.run(job, lambda _progress, cancel: draw_spectrogram(recording, cancel=cancel))

    def try_again(self) -> None:
        """Compute a picture that was given up."""
        if self.recording is not None:
            self._troubles.pop(_key_of(self.recording), None)
        self.want()

    def _on_case_changed(self) -> None:
        self._index = 0
        self._start_over()

    def _start_over(self) -> None:
        seconds = self.recording.seconds if self.recording else 0.0
        self._axis = TimeAxis(0.0, seconds, 0.0, seconds, min(SHORTEST_S, seconds)) if seconds else None
        self._cursor = None
        self.changed.emit()

    def _place_in_result(self) -> int | None:
        """Give the number by which the result means the recording shown: the engine read the folder by itself."""
        result, recording = self._cases.result, self.recording
        if result is None or recording is None:
            return None
        heard = [file.sha256 for file in result.inputs if file.kind is InputKind.AUDIO]
        return heard.index(recording.sha256) if recording.sha256 in heard else None

    def _keep(self, key: str, picture: Spectrogram) -> None:
        self._drawn[key] = picture
        while len(self._drawn) > MOST_KEPT:
            del self._drawn[next(iter(self._drawn))]
        self.changed.emit()

    def _fail(self, key: str, problem: Problem) -> None:
        self._give_up(key, f"{problem.sentence} {problem.hint}".strip())

    def _give_up(self, key: str, words: str) -> None:
        self._troubles[key] = words
        self.changed.emit()


def _key_of(recording: Recording) -> str:
    return recording.sha256 or str(recording.path)

"""Join what tests a result to the window: what the network saw, another run, another model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medmm.core.image import MedicalImage
from ui.commands import Session
from ui.dialogs.rerun import RerunDialog
from ui.dialogs.seen import SeenDialog
from ui.dialogs.two_models import TwoModelsDialog
from ui.language import tr
from ui.panels.seen_pictures import StoredPicture
from ui.panels.thumbnail import draw_slice
from ui.state.engine_state import EngineStage
from ui.state.rescore_state import RescoreState
from ui.state.result_images import series_in_result
from ui.tasks import Handlers, Job

if TYPE_CHECKING:
    from ui.main_window import MainWindow

AGAIN_TOPIC, SECOND_TOPIC, SEEN_TOPIC = "again", "second", "seen"
# Twice what a dialog shows of it.
LONGEST = 1000


class TrustWiring(QObject):
    """One dialog of what the network saw, which follows the patient; the two others belong to one result each."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session, self._cases = window, session, session.cases
        self.again = RescoreState(session.cases, session.engine, AGAIN_TOPIC, self)
        self.second = RescoreState(session.cases, session.engine, SECOND_TOPIC, self)
        self._seen: SeenDialog | None = None
        self._drawn: MedicalImage | None = None
        window.actions_table.bind({"seen": self.show_seen, "rerun": self.run_again, "two_models": self.compare_models})
        for signal in (self._cases.current_changed, self._cases.case_changed, self._cases.result_changed):
            signal.connect(self._refresh)
        self._cases.status_changed.connect(self._refresh_actions)
        session.engine_state.changed.connect(self._refresh_actions)
        self._cases.pixels.series_changed.connect(self._on_series)
        self._refresh()

    def show_seen(self) -> SeenDialog:
        """Show what the network saw, or bring it to the front."""
        if self._seen is None:
            self._seen = SeenDialog(self._window)
        self._seen.show()
        self._seen.raise_()
        self._seen.activateWindow()
        self._refresh_seen()
        return self._seen

    def run_again(self) -> RerunDialog:
        """Score the patient once more and compare."""
        dialog = RerunDialog(self.again, self._who, self._window)
        dialog.open()
        return dialog

    def compare_models(self) -> TwoModelsDialog | None:
        """Ask for a second model and put it beside the first."""
        result = self._cases.result
        if result is None:
            return None
        model = self._session.settings.settings.model
        dialog = TwoModelsDialog(
            self.second, self._session.tasks, result, model=model, who=self._who, parent=self._window
        )
        dialog.open()
        return dialog

    @property
    def _who(self) -> str:
        patient = self._cases.current
        if patient is None:
            return ""
        number = patient.identity.patient_id
        return f"{patient.title}  ·  {number}" if number and number != patient.title else patient.title

    def _refresh(self) -> None:
        self._refresh_actions()
        if self._seen is not None and self._seen.isVisible():
            self._refresh_seen()

    def _refresh_actions(self) -> None:
        patient, actions = self._cases.current, self._window.actions_table
        has_result = self._cases.result is not None
        is_free = patient is not None and not patient.is_busy and not patient.is_previous
        can_score = self._session.engine_state.stage is EngineStage.READY
        actions["seen"].setEnabled(self._cases.case is not None)
        for name in ("rerun", "two_models"):
            actions[name].setEnabled(has_result and is_free and can_score)

    def _refresh_seen(self) -> None:
        dialog, result = self._seen, self._cases.result
        if dialog is None:
            return
        self._drawn = None
        if result is None:
            dialog.show_nothing(tr("Score the patient first: what the network saw is kept with its result."))
            return
        dialog.show_result(result, self._cases.case, who=self._who)
        self._draw()

    def _draw(self) -> None:
        dialog, result, case = self._seen, self._cases.result, self._cases.case
        seen = result.seen.image if result is not None and result.seen is not None else None
        if dialog is None or result is None or case is None or seen is None:
            if dialog is not None:
                dialog.show_picture(None)
            return
        series = series_in_result(result, seen.image_index, case.series, case.root)
        image = self._cases.pixels.image(series.key) if series is not None else None
        if image is None:
            dialog.show_picture(None, hint=tr("The stored image is not in memory. Show its series to see it here."))
            return
        if image is self._drawn:
            return
        self._drawn = image
        index = min(image.n_slices // 2 if image.n_slices > 1 else seen.slice_index, image.n_slices - 1)
        handlers = Handlers(done=dialog.show_picture, failed=self._session.notices.complain)
        job = Job(SEEN_TOPIC, SEEN_TOPIC, tr("Drawing the image"), handlers)
        self._session.tasks.run(job, lambda progress, cancel: _stored(image, index))

    def _on_series(self, _key: str) -> None:
        if self._seen is not None and self._seen.isVisible():
            self._draw()


def _stored(image: MedicalImage, slice_index: int) -> StoredPicture:
    rows, cols = image.size
    return StoredPicture(draw_slice(image, slice_index, longest=LONGEST), rows, cols)

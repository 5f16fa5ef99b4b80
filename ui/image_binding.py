"""Keep the viewports in step with the states: which series, how far it is read, which overlay, which model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from medmm.core.case import Case
from medmm.core.image import MedicalImage
from ui.language import tr
from ui.state.ai_line import ai_words
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.layout_state import PER_PANE, LayoutState
from ui.state.map_words import overlay_caption, shown_map
from ui.state.patient import Patient
from ui.state.series_store import Progress
from ui.state.view_state import ViewState
from ui.viewer.canvas import ImageCanvas
from ui.viewer.grid import ViewportGrid


class ImageBinding(QObject):
    """From the states to the viewports; back only: the active viewport says which series is selected.

    series_wanted: a series is to be seen that is not in memory.
    """

    series_wanted = Signal(str)

    def __init__(
        self, cases: CaseState, engine: EngineState, layout: LayoutState, grids: Sequence[ViewportGrid]
    ) -> None:
        super().__init__(grids[0])
        self._cases, self._engine, self._layout, self._grids = cases, engine, layout, tuple(grids)
        cases.current_changed.connect(self._refresh_patient)
        cases.case_changed.connect(self._refresh_case)
        cases.series_selected.connect(self._refresh_selection)
        for signal in (cases.result_changed, cases.finding_changed, cases.image_changed):
            signal.connect(self._refresh_overlays)
        cases.status_changed.connect(self._refresh_status)
        cases.shown.changed.connect(self._refresh_viewport)
        cases.pixels.series_changed.connect(self._on_series_changed)
        engine.changed.connect(self._refresh_ai_line)
        layout.active_changed.connect(self._on_active_changed)
        for grid in self._grids:
            grid.canvas_made.connect(self._refresh_overlays)
        for viewport, view in enumerate(layout.views):
            if view.image is None and cases.shown.key_of(viewport):
                self._refresh_viewport(viewport)
        self._refresh_overlays()
        self._refresh_status()

    def ask_again(self) -> None:
        """Say once more which series are wanted, for a listener that came late."""
        for key in self._cases.shown.keys:
            self._on_series_changed(key)

    def _refresh_patient(self) -> None:
        self._cases.shown.clear()
        self._layout.clear()
        self._refresh_selection()
        self._refresh_status()

    def _refresh_case(self) -> None:
        shown = self._cases.shown
        for viewport in range(len(self._layout.views)):
            key = shown.key_of(viewport)
            if key and self._cases.worklist.series(key) is None:
                shown.show(viewport, "")
            elif key:
                self._refresh_viewport(viewport)
        self._refresh_selection()
        self._refresh_status()

    def _refresh_selection(self) -> None:
        self._cases.shown.show(self._layout.active_index, self._cases.series_key)
        self._refresh_overlays()

    def _on_active_changed(self) -> None:
        key = self._cases.shown.key_of(self._layout.active_index)
        if key and key != self._cases.series_key:
            self._cases.select_series(key)
        self._refresh_overlays()

    def _on_series_changed(self, key: str) -> None:
        for viewport in self._cases.shown.viewports_of(key):
            self._refresh_viewport(viewport)

    def _refresh_viewport(self, viewport: int) -> None:
        key = self._cases.shown.key_of(viewport)
        canvas, pixels = self._canvas(viewport), self._cases.pixels
        image = pixels.image(key)
        if not key:
            canvas.set_image(None)
            self._refresh_status()
        elif image is not None:
            pixels.use(key)
            _show_whole(canvas, image)
        else:
            self._show_unread(canvas, key)
        self._refresh_overlays()

    def _show_unread(self, canvas: ImageCanvas, key: str) -> None:
        status = self._cases.pixels.status(key)
        if status.preview is not None:
            _show_part(canvas, status.preview, status.missing)
        elif status.progress is Progress.FAILED and status.problem is not None:
            canvas.show_problem(status.problem.sentence, status.problem.hint)
        elif status.progress is Progress.CANCELLED:
            canvas.show_message(tr("The reading was cancelled."), tr("Choose the series again to read it."))
        else:
            canvas.show_loading(tr("Reading the series"))
        if status.progress is Progress.NOT_READ:
            self.series_wanted.emit(key)

    def _canvas(self, viewport: int) -> ImageCanvas:
        return self._grids[viewport // PER_PANE].canvas(viewport)

    @property
    def _active_canvas(self) -> ImageCanvas:
        return self._canvas(self._layout.active_index)

    def _refresh_status(self) -> None:
        patient = self._cases.current
        self._refresh_ai_line()
        if self._cases.series_key:
            return
        canvas = self._active_canvas
        if patient is None:
            canvas.set_image(None)
        elif patient.case is not None:
            canvas.show_message(tr("There is no image among this patient's files."), _other_words(patient.case))
        elif patient.problem is not None:
            canvas.show_problem(patient.problem.sentence, patient.problem.hint)
        else:
            canvas.show_loading(_reading_words(patient))

    def _refresh_overlays(self) -> None:
        cases = self._cases
        for canvas in self._canvases:
            index = cases.result_index(canvas.view_state.image)
            heatmap = None if index is None else shown_map(cases.finding, cases.explanation, index)
            is_told = heatmap is not None or canvas is self._active_canvas
            words = overlay_caption(cases.finding, cases.explanation, -1 if index is None else index)
            canvas.set_overlay(heatmap, words if is_told else None)
        self._refresh_ai_line()

    def _refresh_ai_line(self) -> None:
        result = self._cases.result
        for canvas in self._canvases:
            image = canvas.view_state.image
            # A prior or a lateral film beside the one that was scored must not look scored.
            has_seen = image is None or (result is not None and self._cases.result_index(image) == result.image_index)
            canvas.set_ai_line(ai_words(self._engine, self._cases.current, has_seen=has_seen))

    @property
    def _canvases(self) -> list[ImageCanvas]:
        return [canvas for grid in self._grids for canvas in grid.canvases]


def _show_whole(canvas: ImageCanvas, image: MedicalImage) -> None:
    view = canvas.view_state
    index = _index_of_seen(view, image)
    if index is None:
        canvas.set_image(image)
    elif view.image is not image:
        # Window, magnification and place stay as they are.
        view.show(replace(view.shown, image=image, slice_index=index, missing=frozenset()))


def _show_part(canvas: ImageCanvas, image: MedicalImage, missing: frozenset[int]) -> None:
    """Show what has come; the slice that is looked at never gives way to one that is still to come."""
    view = canvas.view_state
    if view.image is image:
        view.set_missing(missing)
        return
    index = _index_of_seen(view, image)
    if index is None:
        canvas.set_image(image)
        view.set_missing(missing)
    elif index not in missing:
        view.show(replace(view.shown, image=image, slice_index=index, missing=missing))


def _index_of_seen(view: ViewState, image: MedicalImage) -> int | None:
    """Find what a view shows among the slices of an image that it is a part of; None where it is no part."""
    former = view.image
    if former is not None and former.stored is image.stored:
        return view.slice_index
    if former is None or not former.n_slices == 1 < image.n_slices:
        return None
    seen = former.instances[0]
    if seen.path not in {instance.path for instance in image.instances}:
        return None
    same = (i for i, one in enumerate(image.instances) if (one.path, one.frame) == (seen.path, seen.frame))
    return next(same, image.n_slices // 2)


def _reading_words(patient: Patient) -> str:
    step = patient.step
    count = f" {step.done} of {step.total}" if step.total else ""
    return f"{(tr(step.text) if step.text else tr('reading the files')).capitalize()}{count}"


def _other_words(case: Case) -> str:
    n_skipped = len(case.skipped)
    if n_skipped == 1:
        return tr("1 file was skipped; the import report says why.")
    if n_skipped:
        return tr("{n} files were skipped; the import report says why.").format(n=n_skipped)
    return tr("Choose a document in the list to read it.") if case.documents else ""

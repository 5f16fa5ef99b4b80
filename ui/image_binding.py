"""Keep the canvas in step with the case: which image, which overlay, which model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from medmm.core.image import MedicalImage
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineStage, EngineState
from ui.state.layout_state import PER_PANE, LayoutState
from ui.state.patient import Patient, Stage
from ui.state.why_words import overlay_caption, shown_map
from ui.viewer.canvas import ImageCanvas
from ui.viewer.grid import ViewportGrid


class ImageBinding(QObject):
    """From the states to the viewports; back only: the active viewport says which image is selected."""

    def __init__(
        self, cases: CaseState, engine: EngineState, layout: LayoutState, grids: Sequence[ViewportGrid]
    ) -> None:
        super().__init__(grids[0])
        self._cases, self._engine, self._layout, self._grids = cases, engine, layout, tuple(grids)
        for signal in (cases.current_changed, cases.case_changed):
            signal.connect(self._refresh_case)
        cases.image_changed.connect(self._refresh_image)
        for signal in (cases.result_changed, cases.finding_changed):
            signal.connect(self._refresh_overlays)
        cases.status_changed.connect(self._refresh_status)
        engine.changed.connect(self._refresh_ai_line)
        layout.active_changed.connect(self._on_active_changed)
        for grid in self._grids:
            grid.canvas_made.connect(self._refresh_overlays)
        self._refresh_case()

    def _refresh_case(self) -> None:
        self._layout.clear()
        self._refresh_image()

    def _refresh_image(self) -> None:
        image = self._cases.image
        if image is not None:
            self._active_canvas.set_image(image)
        else:
            self._refresh_status()
        self._refresh_overlays()

    def _on_active_changed(self) -> None:
        index = self._index_of(self._layout.active.image)
        if index is not None:
            self._cases.select_image(index)
        self._refresh_overlays()

    @property
    def _active_canvas(self) -> ImageCanvas:
        return self._grids[self._layout.active_index // PER_PANE].active_canvas

    def _index_of(self, image: MedicalImage | None) -> int | None:
        images = self._cases.case.images if self._cases.case else ()
        return next((index for index, other in enumerate(images) if other is image), None)

    def _refresh_status(self) -> None:
        patient = self._cases.current
        self._refresh_ai_line()
        if self._cases.image is not None:
            return
        canvas = self._active_canvas
        if patient is None:
            canvas.set_image(None)
        elif patient.case is not None:
            canvas.show_problem("There is no image among this patient's files.", _skipped_words(patient))
        elif patient.problem is not None:
            canvas.show_problem(patient.problem.sentence, patient.problem.hint)
        else:
            canvas.show_loading(_reading_words(patient))

    def _refresh_overlays(self) -> None:
        cases = self._cases
        for canvas in self._canvases:
            index = self._index_of(canvas.view_state.image)
            heatmap = None if index is None else shown_map(cases.finding, cases.explanation, index)
            is_told = heatmap is not None or canvas is self._active_canvas
            words = overlay_caption(cases.finding, cases.explanation, -1 if index is None else index)
            canvas.set_overlay(heatmap, words if is_told else None)
        self._refresh_ai_line()

    def _refresh_ai_line(self) -> None:
        for canvas in self._canvases:
            canvas.set_ai_line(ai_words(self._engine, self._cases.current))

    @property
    def _canvases(self) -> list[ImageCanvas]:
        return [canvas for grid in self._grids for canvas in grid.canvases]


def ai_words(engine: EngineState, patient: Patient | None) -> str:
    """Say which model speaks and whether it has spoken about this patient."""
    if engine.stage is EngineStage.FAILED:
        return "not available"
    if patient is None or (patient.result is None and not patient.is_busy):
        return f"{engine.model_words}, not scored" if engine.identity else "engine starting"
    if patient.stage is Stage.SCORING:
        return f"{engine.model_words}, scoring"
    if patient.result is None:
        return f"{engine.model_words}, waiting"
    model = patient.result.model
    return f"{model.name} {model.version}{', previous result' if patient.is_previous else ', scored'}"


def _reading_words(patient: Patient) -> str:
    step = patient.step
    count = f" {step.done} of {step.total}" if step.total else ""
    return f"{(step.text or 'reading the files').capitalize()}{count}"


def _skipped_words(patient: Patient) -> str:
    n_skipped = len(patient.case.skipped) if patient.case else 0
    return f"{n_skipped} files were skipped; the import report says why." if n_skipped else ""

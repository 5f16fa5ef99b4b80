"""Keep the canvas in step with the case: which image, which overlay, which model."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.state.case_state import CaseState
from ui.state.engine_state import EngineStage, EngineState
from ui.state.patient import Patient, Stage
from ui.state.why_words import overlay_caption, shown_map
from ui.viewer.canvas import ImageCanvas


class ImageBinding(QObject):
    """One direction only: from the states to the canvas."""

    def __init__(self, cases: CaseState, engine: EngineState, canvas: ImageCanvas) -> None:
        super().__init__(canvas)
        self._cases, self._engine, self._canvas = cases, engine, canvas
        for signal in (cases.current_changed, cases.case_changed, cases.image_changed):
            signal.connect(self._refresh_image)
        for signal in (cases.result_changed, cases.finding_changed):
            signal.connect(self._refresh_overlay)
        cases.status_changed.connect(self._refresh_status)
        engine.changed.connect(self._refresh_ai_line)
        self._refresh_image()

    def _refresh_image(self) -> None:
        image = self._cases.image
        if image is not None:
            self._canvas.set_image(image)
        else:
            self._refresh_status()
        self._refresh_overlay()

    def _refresh_status(self) -> None:
        patient = self._cases.current
        self._refresh_ai_line()
        if self._cases.image is not None:
            return
        if patient is None:
            self._canvas.set_image(None)
        elif patient.case is not None:
            self._canvas.show_problem("There is no image among this patient's files.", _skipped_words(patient))
        elif patient.problem is not None:
            self._canvas.show_problem(patient.problem.sentence, patient.problem.hint)
        else:
            self._canvas.show_loading(_reading_words(patient))

    def _refresh_overlay(self) -> None:
        cases = self._cases
        self._canvas.set_overlay(
            shown_map(cases.finding, cases.explanation, cases.image_index),
            overlay_caption(cases.finding, cases.explanation, cases.image_index),
        )
        self._refresh_ai_line()

    def _refresh_ai_line(self) -> None:
        self._canvas.set_ai_line(ai_words(self._engine, self._cases.current))


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

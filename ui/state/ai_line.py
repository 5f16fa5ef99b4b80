"""Which model speaks about the image in a viewport, and whether it has looked at it."""

from __future__ import annotations

from ui.language import tr
from ui.state.engine_state import EngineStage, EngineState
from ui.state.patient import Patient, Stage


def ai_words(engine: EngineState, patient: Patient | None, *, has_seen: bool = True) -> str:
    """Say which model speaks and what it has done. has_seen: whether its result comes from the image shown."""
    if engine.stage is EngineStage.FAILED:
        return tr("not available")
    if patient is None or (patient.result is None and not patient.is_busy):
        words = tr("{model}, not scored") if engine.identity else tr("engine starting")
        return words.format(model=engine.model_words)
    if patient.stage is Stage.SCORING:
        return tr("{model}, scoring").format(model=engine.model_words)
    if patient.result is None:
        return tr("{model}, waiting").format(model=engine.model_words)
    model = f"{patient.result.model.name} {patient.result.model.version}"
    if patient.is_veiled:
        return tr("{model}, not shown yet").format(model=model)
    if not has_seen:
        return tr("{model}, has not seen this image").format(model=model)
    words = tr("{model}, previous result") if patient.is_previous else tr("{model}, scored")
    return words.format(model=model)

"""How the engine process is: starting, ready, busy, gone; and which model it holds."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from medmm.core.prediction import ModelIdentity
from ui.language import tr
from ui.messages import Problem


class EngineStage(StrEnum):
    """What the engine can do at the moment."""

    OFF = "off"
    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"


class EngineState(QObject):
    """The engine as the status bar, the banner and the findings panel show it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = EngineStage.OFF
        self._identity: ModelIdentity | None = None
        self._problem: Problem | None = None

    @property
    def stage(self) -> EngineStage:
        """What the engine can do now."""
        return self._stage

    @property
    def identity(self) -> ModelIdentity | None:
        """The model that is loaded, or was last."""
        return self._identity

    @property
    def problem(self) -> Problem | None:
        """Why there is no engine, if there is none."""
        return self._problem

    def set_starting(self) -> None:
        """Note that the engine is being started."""
        self._set(EngineStage.STARTING, self._identity, None)

    def set_ready(self, identity: ModelIdentity) -> None:
        """Note the model that the engine has loaded."""
        self._set(EngineStage.READY, identity, None)

    def set_failed(self, problem: Problem) -> None:
        """Note why the engine could not start or stopped."""
        self._set(EngineStage.FAILED, self._identity, problem)

    @property
    def words(self) -> str:
        """One short phrase for the status bar."""
        if self._stage is EngineStage.READY and self._identity is not None:
            return tr("Engine: ready, {device}").format(device=device_words(self._identity.device))
        return {
            EngineStage.OFF: tr("Engine: not started"),
            EngineStage.STARTING: tr("Engine starting"),
            EngineStage.FAILED: tr("Engine: not available"),
        }.get(self._stage, tr("Engine: ready"))

    @property
    def model_words(self) -> str:
        """The model's name and version, or that there is none."""
        identity = self._identity
        return f"{identity.name} {identity.version}" if identity else tr("no model loaded")

    def _set(self, stage: EngineStage, identity: ModelIdentity | None, problem: Problem | None) -> None:
        self._stage, self._identity, self._problem = stage, identity, problem
        self.changed.emit()


def device_words(device: str) -> str:
    """Write a device name as people do: CPU in capitals, the name of a graphics card as it is."""
    return f"CPU{device[3:]}" if device.startswith("cpu") else device

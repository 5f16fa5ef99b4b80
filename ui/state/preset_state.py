"""The window presets in force, and which modalities the user changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from medmm.core.window_preset import USUAL_MODALITIES, Presets, WindowPreset


class PresetState(QObject):
    """shipped: those of the program; own: the user's, which replace a modality's as a whole."""

    changed = Signal()

    def __init__(self, shipped: Presets, own: Presets, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shipped, self._own = dict(shipped), dict(own)

    @property
    def own(self) -> dict[str, tuple[WindowPreset, ...]]:
        """The presets of the modalities that the user changed: what is stored."""
        return dict(self._own)

    @property
    def in_force(self) -> dict[str, tuple[WindowPreset, ...]]:
        """What is offered, by modality."""
        return {**self._shipped, **self._own}

    @property
    def modalities(self) -> tuple[str, ...]:
        """Those that can be edited: the usual ones, then any other that a file names."""
        return tuple(dict.fromkeys((*USUAL_MODALITIES, *self._shipped, *self._own)))

    def of(self, modality: str) -> tuple[WindowPreset, ...]:
        """Give the presets of a modality in the order of their digits."""
        return self.in_force.get(modality, ())

    def is_changed(self, modality: str) -> bool:
        """Tell whether the user changed a modality's presets."""
        return modality in self._own

    def set_presets(self, modality: str, presets: tuple[WindowPreset, ...]) -> None:
        """Replace the presets of a modality; those that ship, taken again, are no change."""
        if presets == self._shipped.get(modality, ()):
            self.reset(modality)
        elif presets != self._own.get(modality):
            self._own[modality] = presets
            self.changed.emit()

    def reset(self, modality: str) -> None:
        """Go back to the presets that ship."""
        if self._own.pop(modality, None) is not None:
            self.changed.emit()

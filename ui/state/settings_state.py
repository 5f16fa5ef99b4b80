"""The settings in force; whoever shows or obeys one listens here."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from medmm.core.settings import Settings, differences


class SettingsState(QObject):
    """Holds the settings; `changed` carries the names of the fields that changed, as a frozenset."""

    changed = Signal(object)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings or Settings()

    @property
    def settings(self) -> Settings:
        """The settings now."""
        return self._settings

    def change(self, **values: object) -> None:
        """Take other values; an unknown name is a TypeError."""
        former, self._settings = self._settings, replace(self._settings, **values)  # type: ignore[arg-type]  # by name
        names = frozenset(differences(former, self._settings))
        if names:
            self.changed.emit(names)

    def reset(self, name: str) -> None:
        """Put one setting back to its default."""
        self.change(**{name: getattr(Settings(), name)})

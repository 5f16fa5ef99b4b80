"""Which viewport shows which series."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ShownSeries(QObject):
    """The key of a series for each viewport by its number (see LayoutState); `changed` carries the number."""

    changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: dict[int, str] = {}

    @property
    def keys(self) -> frozenset[str]:
        """The series that are shown anywhere."""
        return frozenset(self._keys.values())

    def key_of(self, viewport: int) -> str:
        """Give the key of the series in a viewport, empty where there is none."""
        return self._keys.get(viewport, "")

    def viewports_of(self, key: str) -> tuple[int, ...]:
        """Give the viewports in which a series is shown."""
        return tuple(viewport for viewport, other in self._keys.items() if other == key)

    def show(self, viewport: int, key: str) -> None:
        """Show a series in a viewport; an empty key leaves it empty."""
        if key == self.key_of(viewport):
            return
        if key:
            self._keys[viewport] = key
        else:
            del self._keys[viewport]
        self.changed.emit(viewport)

    def clear(self) -> None:
        """Leave all viewports empty."""
        for viewport in tuple(self._keys):
            self.show(viewport, "")

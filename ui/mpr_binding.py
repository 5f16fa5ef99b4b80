"""Lay the crosshair over the canvases of the linked planes, for as long as they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from ui.state.layout_state import PER_PANE, LayoutState
from ui.state.mpr_state import MprState
from ui.viewer.crosshair_layer import CrosshairLayer
from ui.viewer.grid import ViewportGrid


class MprBinding(QObject):
    """From the state of the planes to the canvases; the layers report back to the state by themselves."""

    def __init__(self, mpr: MprState, layout_state: LayoutState, grids: Sequence[ViewportGrid]) -> None:
        super().__init__(grids[0])
        self._mpr, self._layout, self._grids = mpr, layout_state, tuple(grids)
        self._layers: list[CrosshairLayer] = []
        mpr.changed.connect(self._refresh)
        self._refresh()

    @property
    def layers(self) -> tuple[CrosshairLayer, ...]:
        """The crosshairs that are seen."""
        return tuple(self._layers)

    def _refresh(self) -> None:
        if self._mpr.is_on and not self._layers:
            for plane, view in self._mpr.views.items():
                index = self._layout.views.index(view)
                canvas = self._grids[index // PER_PANE].canvas(index)
                self._layers.append(CrosshairLayer(self._mpr, plane, canvas))
        elif not self._mpr.is_on:
            for layer in self._layers:
                layer.remove()
            self._layers = []

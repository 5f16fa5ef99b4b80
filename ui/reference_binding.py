"""Keep the cross-reference lines of all viewports in step with the active one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from medmm.imaging.reference_lines import Line, reference_line
from ui.state.layout_state import LayoutState
from ui.state.mpr_state import MprState
from ui.viewer.canvas import ImageCanvas
from ui.viewer.grid import ViewportGrid


class ReferenceBinding(QObject):
    """From the layout to the canvases: the active slice is a line wherever another image is crossed by it."""

    def __init__(self, layout_state: LayoutState, grids: Sequence[ViewportGrid], mpr: MprState) -> None:
        super().__init__(grids[0])
        self._layout, self._grids, self._mpr = layout_state, tuple(grids), mpr
        layout_state.changed.connect(self._refresh)
        layout_state.active_changed.connect(self._refresh)
        for view in layout_state.views:
            view.slice_changed.connect(self._refresh)
            view.image_changed.connect(self._refresh)

    def _refresh(self) -> None:
        for grid in self._grids:
            for canvas in grid.canvases:
                if canvas.isVisible():
                    canvas.set_reference_line(self._line_in(canvas))

    def _line_in(self, canvas: ImageCanvas) -> Line | None:
        source, target = self._layout.active, canvas.view_state
        if not self._layout.has_reference_lines or source is target or source.image is None or target.image is None:
            return None
        planes = self._mpr.views.values()
        if source in planes and target in planes:
            return None  # their crosshair shows the same
        return reference_line(source.image, source.slice_index, target.image, target.slice_index)

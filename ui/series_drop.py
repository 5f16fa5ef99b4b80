"""Take a series that is dragged from the browser onto a viewport."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from typing_extensions import override

from ui.panels.browser_model import SERIES_MIME
from ui.state.case_state import CaseState
from ui.state.layout_state import LayoutState
from ui.viewer.canvas import ImageCanvas
from ui.viewer.grid import ViewportGrid

DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class SeriesDrop(QObject):
    """Watches the canvases of all grids; files that are dropped go on to the window."""

    def __init__(self, cases: CaseState, layout: LayoutState, grids: Sequence[ViewportGrid]) -> None:
        super().__init__(grids[0])
        self._cases, self._layout = cases, layout
        for grid in grids:
            for canvas in grid.canvases:
                self._watch(canvas)
            grid.canvas_made.connect(self._watch)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in DRAGS or not isinstance(event, QDropEvent):
            return False
        if not event.mimeData().hasFormat(SERIES_MIME):
            event.ignore()
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop and isinstance(watched, ImageCanvas):
            self._layout.activate(self._layout.views.index(watched.view_state))
            self._cases.show_series(event.mimeData().data(SERIES_MIME).data().decode())
        return True

    def _watch(self, canvas: ImageCanvas) -> None:
        canvas.setAcceptDrops(True)
        canvas.installEventFilter(self)

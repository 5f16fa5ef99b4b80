"""A grid of viewports: one canvas for each that is seen, the active one framed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.language import tr
from ui.state.layout_state import PER_PANE, LayoutState, Pane
from ui.viewer.canvas import ImageCanvas

GAP = 2


class ViewportGrid(QWidget):
    """Shows one pane of a layout; a canvas is made when its viewport is first seen."""

    canvas_made = Signal(object)

    def __init__(self, layout_state: LayoutState, parent: QWidget | None = None, *, pane: Pane = Pane.MAIN) -> None:
        super().__init__(parent)
        self._state, self._pane = layout_state, pane
        self._canvases: dict[int, ImageCanvas] = {}
        # A bar in the grid itself would span columns that are out of use, and each of them leaves its gap.
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._column.addLayout(self._grid, 1)
        self.setAccessibleName(tr("Viewports"))
        layout_state.changed.connect(self._refresh)
        layout_state.active_changed.connect(self._refresh_active)
        self._refresh()

    @property
    def canvases(self) -> tuple[ImageCanvas, ...]:
        """The canvases made so far, in the order of their viewports."""
        return tuple(self._canvases[index] for index in sorted(self._canvases))

    @property
    def active_canvas(self) -> ImageCanvas:
        """The canvas of the active viewport, or the first one seen while the other window is active."""
        index = self._state.active_index
        return self.canvas(index if index in self._own else self._state.shown(self._pane)[0])

    def canvas(self, index: int) -> ImageCanvas:
        """Give the canvas of a viewport of this pane."""
        if index not in self._canvases:
            made = ImageCanvas(self._state.views[index], self)
            made.setAccessibleName(tr("Image, viewport {number}").format(number=index % PER_PANE + 1))
            made.installEventFilter(self)
            # A child that nobody hid would come up with its window, over the viewports that have a place.
            made.hide()
            made.double_clicked.connect(self._state.toggle_one_up)
            self._canvases[index] = made
            self.canvas_made.emit(made)
        return self._canvases[index]

    def set_bar(self, bar: QWidget) -> None:
        """Put a bar under the viewports."""
        self._column.addWidget(bar)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            index = next((index for index, canvas in self._canvases.items() if canvas is watched), None)
            if index is not None:
                self._state.activate(index)
        return False

    @property
    def _own(self) -> range:
        return range(self._pane * PER_PANE, (self._pane + 1) * PER_PANE)

    def _refresh(self) -> None:
        shown = self._state.shown(self._pane)
        for index, canvas in self._canvases.items():
            canvas.setVisible(index in shown)
        n_cols = 1 if len(shown) == 1 else self._state.shape_of(self._pane)[1]
        for place, index in enumerate(shown):
            canvas = self.canvas(index)
            self._grid.addWidget(canvas, place // n_cols, place % n_cols)
            canvas.show()
        self._stretch(len(shown), n_cols)
        self._refresh_active()

    def _stretch(self, n_shown: int, n_cols: int) -> None:
        # Every row and column gets the same share, and those that are out of use none.
        n_rows = -(-n_shown // n_cols)
        for side in range(PER_PANE):
            self._grid.setRowStretch(side, int(side < n_rows))
            self._grid.setColumnStretch(side, int(side < n_cols))

    def _refresh_active(self) -> None:
        is_alone = len(self._state.shown(self._pane)) == 1
        for index, canvas in self._canvases.items():
            canvas.set_marked(index == self._state.active_index and not is_alone)
        active = self._canvases.get(self._state.active_index)
        if active is not None and active.isVisible() and self._has_focus():
            active.setFocus()

    def _has_focus(self) -> bool:
        return any(canvas.hasFocus() for canvas in self._canvases.values())

"""Which viewports go together: scrolling within one frame of reference, windows within one modality."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from medmm.imaging.reference_lines import matching_slice
from ui.state.layout_state import LayoutState, Pane
from ui.state.view_state import ViewState


class Linking(QObject):
    """Says what is linked, and does the scrolling; `ui/viewer/window_linking.py` does the windows.

    When a slice is scrolled, parallel series of the same space that are seen go to the nearest slice.

    Series that share no frame of reference, or whose planes differ, are left alone.
    """

    changed = Signal()

    def __init__(self, layout_state: LayoutState) -> None:
        super().__init__(layout_state)
        self._layout = layout_state
        self._is_on = True
        self._has_windows = True
        self._is_following = False
        # Views that have just got another image: its first slice is no scrolling.
        self._fresh: set[ViewState] = set()
        for view in layout_state.views:
            view.image_changed.connect(lambda view=view: self._fresh.add(view))
            view.slice_changed.connect(lambda _index, view=view: self._on_slice_changed(view))

    @property
    def is_on(self) -> bool:
        """Tell whether scrolling is linked."""
        return self._is_on

    def toggle(self) -> None:
        """Link or unlink; linking does not move anything by itself."""
        self._is_on = not self._is_on
        self.changed.emit()

    @property
    def has_windows(self) -> bool:
        """Tell whether windows are linked; they are never while scrolling is not."""
        return self._is_on and self._has_windows

    def toggle_windows(self) -> None:
        """Link the windows, or leave each viewport its own; linking changes none by itself."""
        self._has_windows = not self.has_windows
        self._is_on = self._is_on or self._has_windows
        self.changed.emit()

    def _on_slice_changed(self, source: ViewState) -> None:
        if source in self._fresh:
            self._fresh.discard(source)
        elif self._is_on and not self._is_following:
            self._is_following = True
            self._lead(source)
            self._is_following = False

    def _lead(self, source: ViewState) -> None:
        seen = [self._layout.views[index] for pane in Pane for index in self._layout.shown(pane)]
        for view in seen:
            if view is source or view.image is None or source.image is None or view.image is source.image:
                continue
            index = matching_slice(source.image, source.slice_index, view.image)
            if index is not None:
                view.set_slice(index)

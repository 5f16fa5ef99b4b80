"""A second window with viewports only, for another monitor."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.language import tr
from ui.state.layout_state import PER_PANE, LayoutState, Pane
from ui.viewer.grid import ViewportGrid


class SecondWindow(QWidget):
    """Takes the keys of the main window; the canvases in it name the patient and say research use as all do."""

    visibility_changed = Signal()

    def __init__(self, layout_state: LayoutState, settings: QSettings, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._layout, self._settings = layout_state, settings
        self.setWindowTitle(tr("MedMM, second window"))
        self.grid = ViewportGrid(layout_state, self, pane=Pane.SECOND)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)

    def take_actions(self, actions: list[QAction]) -> None:
        """Let the keys of these actions work here too."""
        self.addActions(actions)

    def toggle(self) -> None:
        """Open on the other monitor where there is one, or close."""
        if self.isVisible():
            self.close()
            return
        self._place()
        self.show()
        self._layout.activate(Pane.SECOND * PER_PANE)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.visibility_changed.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._layout.active_index >= PER_PANE:
            self._layout.activate(0)
        self.visibility_changed.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        # The main window closes this one whether or not it was ever open: then it has no size worth keeping.
        if self.isVisible():
            self._settings.setValue("second geometry", self.saveGeometry())
        super().closeEvent(event)

    def _place(self) -> None:
        geometry = self._settings.value("second geometry")
        if geometry is not None and self.restoreGeometry(geometry):
            return
        main = self.parentWidget().screen() if self.parentWidget() else self.screen()
        other = next((screen for screen in self.screen().virtualSiblings() if screen is not main), main)
        area = other.availableGeometry()
        self.resize(QSize(area.width() * 2 // 3, area.height() * 2 // 3))
        self.move(area.center() - self.rect().center())

"""The menu of hanging protocols; those that the patient shown cannot fill are off."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from ui.language import tr
from ui.state.hanging_state import HangingState


class HangingMenu(QMenu):
    """Filled each time it opens, because what fits depends on the patient."""

    def __init__(self, hanging: HangingState, parent: QWidget | None = None) -> None:
        super().__init__(tr("&Hanging protocol"), parent)
        self._hanging = hanging
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        first = self.addAction(tr("By itself: the first that fits"))
        first.setToolTip(tr("Hang the patient shown as when it was opened"))
        first.triggered.connect(self._hanging.apply)
        self.addSeparator()
        for protocol in self._hanging.protocols:
            action = self.addAction(protocol.name.replace("&", "&&"))
            action.setEnabled(self._hanging.fits(protocol))
            action.triggered.connect(lambda _checked=False, chosen=protocol: self._hanging.choose(chosen))

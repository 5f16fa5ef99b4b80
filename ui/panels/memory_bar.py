"""The banner for low memory: what was released, and what can be closed."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.language import tr
from ui.panels.elided_label import ElidedLabel
from ui.panels.push_button import follow
from ui.state.case_state import CaseState
from ui.state.memory_state import MemoryState, Shortage

MB = 1e6


class MemoryBar(QFrame):
    """Full width, seen only while memory is low."""

    def __init__(self, memory: MemoryState, cases: CaseState, close: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory, self._cases = memory, cases
        self.setProperty("role", "warning")
        self._text = ElidedLabel(self, token=theme.WARNING)
        self._close = QPushButton(self)
        follow(self._close, close)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 12, 4)
        line.setSpacing(8)
        line.addWidget(self._text, 1)
        line.addWidget(self._close)
        for signal in (memory.changed, cases.current_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        shortage = self._memory.shortage
        self.setVisible(shortage is not None)
        self._close.setVisible(self._cases.current is not None)
        if shortage is not None:
            self._text.set_text(shortage_words(shortage))


def shortage_words(shortage: Shortage) -> str:
    """Say how little is left, what was released, and what helps."""
    left = tr("Memory is low: {left} MB are left.").format(left=round(shortage.left_bytes / MB))
    if not shortage.n_released:
        return f"{left} {tr('Only what is on the screen is in memory; close patients or other programs.')}"
    released = tr("{n} series that are not on the screen were released ({size} MB); they are read again when chosen.")
    said = released.format(n=shortage.n_released, size=round(shortage.released_bytes / MB))
    return f"{left} {said}"

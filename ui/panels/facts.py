"""Facts under small headings, one below the other, to be read and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.panels.plain_label import plain_label, tint


class FactsPanel(QScrollArea):
    """Shows (heading, text) pairs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = QWidget(self)
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(4)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "panel")
        self.viewport().setAutoFillBackground(False)
        self._page.setAutoFillBackground(False)

    def show_sections(self, sections: Sequence[tuple[str, str]]) -> None:
        """Show these and nothing else."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for title, text in sections:
            heading = plain_label(self._page, title)
            tint(heading, theme.TEXT_2, pixels=theme.SIZE_SECOND, is_bold=True)
            words = plain_label(self._page, text, wraps=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setContentsMargins(0, 0, 0, 12)
            self._column.addWidget(heading)
            self._column.addWidget(words)
        self._column.addStretch(1)

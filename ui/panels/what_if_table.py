"""A small table of what would change the answer; its rows wrap, so that no sentence is hidden in a narrow dock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui import theme
from ui.language import mark, tr
from ui.panels.plain_label import plain_label, plain_tip, tint
from ui.state.what_if_words import WhatIfRow

HEADINGS = mark("if"), mark("number, new decision")


class WhatIfTable(QWidget):
    """Shows rows; hidden where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []
        self.setAccessibleName(tr("What would change the answer"))
        for column, heading in enumerate(HEADINGS):
            label = plain_label(self, tr(heading), pixels=theme.SIZE_CORNER, token=theme.TEXT_2)
            self._grid.addWidget(label, 0, column)

    def show_rows(self, rows: Sequence[WhatIfRow]) -> None:
        """Take the place of what was shown before."""
        while len(self._rows) < len(rows):
            self._rows.append(self._new_row(len(self._rows) + 1))
        for place, labels in enumerate(self._rows):
            for label in labels:
                label.setVisible(place < len(rows))
            if place < len(rows):
                _fill(labels, rows[place])
        self.setVisible(bool(rows))

    def texts(self) -> list[tuple[str, str]]:
        """Give what is shown, row by row."""
        return [(change.text(), answer.text()) for change, answer in self._rows if not change.isHidden()]

    def _new_row(self, row: int) -> tuple[QLabel, QLabel]:
        change, answer = plain_label(self, wraps=True), plain_label(self)
        change.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for column, label in enumerate((change, answer)):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        return change, answer


def _fill(labels: tuple[QLabel, QLabel], row: WhatIfRow) -> None:
    change, answer = labels
    change.setText(row.change)
    change.setToolTip(plain_tip(row.whole))
    # Sign and word under the number, never colour alone.
    answer.setText(f"{row.numbers}\n{row.new_decision}" if row.new_decision else row.numbers)
    tint(change, theme.TEXT, pixels=theme.SIZE_SECOND)
    tint(
        answer,
        theme.WARNING if row.new_decision else theme.TEXT,
        pixels=theme.SIZE_SECOND,
        is_bold=bool(row.new_decision),
    )

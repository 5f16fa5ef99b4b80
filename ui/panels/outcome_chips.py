"""The counts by outcome as buttons: what is pressed is what the table shows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from medmm.core.listed_case import OutcomeCounts
from ui.language import mark, tr

CHIPS = (
    ("", mark("All {n}"), mark("Show every case")),
    ("done", mark("Done {n}"), mark("Show the cases that have a result")),
    ("refused", mark("Refused {n}"), mark("Show the cases that must not be scored as they are")),
    ("failed", mark("Failed {n}"), mark("Show the cases that could not be read or scored")),
    ("pending", mark("Waiting {n}"), mark("Show the cases that are not scored yet")),
)


class OutcomeChips(QWidget):
    """One of them is always pressed. chosen: its outcome, "" for all."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for outcome, _, tip in CHIPS:
            button = QPushButton(self)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setToolTip(tr(tip))
            button.clicked.connect(lambda _checked=False, outcome=outcome: self.chosen.emit(outcome))
            self._group.addButton(button)
            self._buttons[outcome] = button
            row.addWidget(button)
        self._buttons[""].setChecked(True)
        self.show_counts(OutcomeCounts({}))

    def show_counts(self, counts: OutcomeCounts) -> None:
        """Write how many cases have each outcome."""
        for outcome, words, _ in CHIPS:
            n_cases = counts.of(outcome) if outcome else counts.n_cases
            text = tr(words).format(n=f"{n_cases:,}")
            self._buttons[outcome].setText(text)
            self._buttons[outcome].setAccessibleName(text)

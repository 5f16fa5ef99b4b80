"""Which cases the batch screen shows: outcome, decision, finding, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from medmm.core.listed_case import CaseFilter
from medmm.core.words import as_title
from ui import theme
from ui.language import tr
from ui.panels.choice_row import SPACE, choice, in_row, set_choices
from ui.panels.outcome_chips import OutcomeChips
from ui.panels.plain_label import plain_label
from ui.panels.search_line import SearchLine

# A search over 100,000 names is not begun at every letter.
TYPING_MS = 250


class CaseFilters(QWidget):
    """Two rows above the table. changed: other rows are wanted; left: the reader goes on into the table."""

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = CaseFilter()
        self.chips = OutcomeChips(self)
        self.decision = choice(self, tr("Decision"), decision_choices())
        self.finding = choice(self, tr("Positive finding"), finding_choices(()))
        self.search = SearchLine(self)
        self.search.setPlaceholderText(tr("Search case or patient ID"))
        self.search.setAccessibleName(tr("Search the cases"))
        self.search.setToolTip(tr("Part of the folder's name or of the patient ID"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme.scaled(280))
        self.count = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._typed = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._connect()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(in_row(self.chips, None, self.count))
        column.addLayout(in_row(self.search, self.decision, self.finding, None))

    @property
    def wanted(self) -> CaseFilter:
        """What is wanted now."""
        return self._wanted

    def sort(self, order: str, is_descending: bool) -> None:
        """Want another order."""
        self._change(order=order, is_descending=is_descending)

    def show_findings(self, names: Sequence[str]) -> None:
        """Offer the findings of a batch."""
        set_choices(self.finding, finding_choices(names))

    def _connect(self) -> None:
        self.chips.chosen.connect(lambda outcome: self._change(outcome=outcome))
        self.decision.currentIndexChanged.connect(lambda: self._change(decision=self.decision.currentData()))
        self.finding.currentIndexChanged.connect(lambda: self._change(finding=self.finding.currentData()))
        self.search.textChanged.connect(lambda: self._typed.start())
        self._typed.timeout.connect(lambda: self._change(text=self.search.text().strip()))
        for signal in (self.search.entered, self.search.left):
            signal.connect(self.left)

    def _change(self, **values: object) -> None:
        self._wanted = replace(self._wanted, **values)  # type: ignore[arg-type]  # by name, from our own controls
        self.changed.emit()


def decision_choices() -> list[tuple[str, str]]:
    """Give the decisions as choices."""
    signs = theme.DECISION_SIGNS
    return [(tr("Any decision"), ""), *((f"{signs[name]} {tr(name)}", name) for name in signs)]


def finding_choices(names: Sequence[str]) -> list[tuple[str, str]]:
    """Give the findings of a bundle as choices."""
    return [(tr("Any finding"), ""), *((tr(as_title(name)), name) for name in names)]

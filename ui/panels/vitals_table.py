"""The vital signs as a table: last value, reference range, time, weight for the selected finding."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from medmm.core.case import Case
from medmm.core.prediction import Explanation, VitalWeight
from medmm.core.record import VITAL_SIGNS, VitalMeasurement, VitalSign
from ui import theme
from ui.state.why_words import signed_fine

COLUMNS = ("Vital sign", "Last", "Reference", "Time", "Weight")
ROW_HEIGHT = 26


class VitalsTable(QTableWidget):
    """One row for every vital sign, measured or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(len(VITAL_SIGNS), len(COLUMNS), parent)
        self.setHorizontalHeaderLabels(list(COLUMNS))
        self.setAccessibleName("Vital signs")
        self.setToolTip("Last plausible value of each vital sign; weight in logits for the selected finding")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(ROW_HEIGHT * (len(VITAL_SIGNS) + 1) + 8)

    def show_case(self, case: Case, explanation: Explanation | None) -> None:
        """Fill the rows from a case and the explanation of a finding."""
        weights = {weight.name: weight for weight in explanation.vitals} if explanation else {}
        for row, sign in enumerate(VITAL_SIGNS):
            plausible = [m for table in case.vitals for m in table.of(sign.name) if m.is_plausible]
            last = max(plausible, key=lambda m: m.time) if plausible else None
            for column, text in enumerate(_cells(sign, last, weights.get(sign.name))):
                self.setItem(row, column, _item(text, column, _is_outside(sign, last)))


def _cells(sign: VitalSign, last: VitalMeasurement | None, weight: VitalWeight | None) -> tuple[str, ...]:
    low, high = sign.reference
    value = f"{last.value:g} {sign.unit}" if last else "not measured"
    time = last.time.strftime("%H:%M") if last else ""
    words = "" if weight is None else signed_fine(weight.weight) + (" (default)" if weight.imputed else "")
    return sign.title, value, f"{low:g}–{high:g}", time, words


def _is_outside(sign: VitalSign, last: VitalMeasurement | None) -> bool:
    return last is not None and not sign.reference[0] <= last.value <= sign.reference[1]


def _item(text: str, column: int, is_outside: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(f"{text} !" if is_outside and column == 1 else text)
    item.setToolTip("Outside the reference range" if is_outside and column == 1 else text)
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    if column == 1 and is_outside:
        item.setForeground(QBrush(theme.color(theme.WARNING)))
    elif column in (2, 3) or text == "not measured":
        item.setForeground(QBrush(theme.color(theme.TEXT_2)))
    return item

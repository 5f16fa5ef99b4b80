"""The rows of the findings panel; negative ones fold into one line."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QButtonGroup, QGraphicsOpacityEffect, QToolButton, QVBoxLayout, QWidget

from medmm.core.prediction import CaseResult, FindingScore
from ui import theme
from ui.language import tr
from ui.panels.finding_row import Density, FindingRow
from ui.state.case_state import CaseState, by_urgency
from ui.state.review_state import ReviewState

PREVIOUS_OPACITY = 0.45
SPACING = 4
# So many findings are seen at once before a row says more than its number.
ROWS_IN_SIGHT = 4
FOLD = (
    "QToolButton { color: $negative; text-align: left; border: 1px solid transparent; }"
    "QToolButton:focus { border-color: $accent; }"
)


class FindingList(QWidget):
    """Built anew for each result; the selected row follows the state."""

    def __init__(self, cases: CaseState, reviews: ReviewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases, self._reviews = cases, reviews
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(SPACING)
        self._group = QButtonGroup(self)
        self._fold = QToolButton(self)
        self._fold.setCheckable(True)
        self._fold.hide()
        theme.dress(self._fold, FOLD)
        self._fold.toggled.connect(self._on_folded)
        self._rows: dict[str, FindingRow] = {}
        self._result: CaseResult | None = None
        self._room = 0
        for signal in (cases.current_changed, cases.case_changed, cases.result_changed, cases.status_changed):
            signal.connect(self._refresh)
        cases.finding_changed.connect(self._on_finding_changed)
        reviews.changed.connect(self._refresh_reviews)
        self._refresh()

    @property
    def selected(self) -> FindingRow | None:
        """The row of the selected finding."""
        finding = self._cases.finding
        return self._rows.get(finding.name) if finding else None

    def set_room(self, height: int) -> None:
        """Say how much of the list is seen at once: rows become shorter so that four find room."""
        self._room = height
        self._fit()

    def _fit(self) -> None:
        shown = [row for row in self._rows.values() if not row.isHidden()]
        fitting = (density for density in Density if self._height_at(density, shown) <= self._room)
        density = next(fitting, Density.TIGHT)
        for row in self._rows.values():
            row.set_density(density)

    def _height_at(self, density: Density, shown: list[FindingRow]) -> int:
        """Give what the selected row and those around it take, as many as are to be in sight at once."""
        heights = sorted((row.height_at(density) for row in shown), reverse=True)[:ROWS_IN_SIGHT]
        if len(heights) < ROWS_IN_SIGHT and not self._fold.isHidden():
            heights.append(self._fold.sizeHint().height())
        return sum(heights) + SPACING * max(0, len(heights) - 1)

    def _refresh(self) -> None:
        result = self._cases.result
        if result is not self._result:
            self._result = result
            self._rebuild(result)
        patient = self._cases.current
        self._dim(patient is not None and patient.is_previous)
        self._refresh_selection()
        self._refresh_reviews()
        self._fit()

    def _rebuild(self, result: CaseResult | None) -> None:
        for row in self._rows.values():
            self._group.removeButton(row)
            row.deleteLater()
        self._rows.clear()
        while self._column.count():
            self._column.takeAt(0)
        self._fold.setVisible(False)
        if result is not None:
            self._add_rows(result)
        self._column.addStretch(1)

    def _add_rows(self, result: CaseResult) -> None:
        ordered = by_urgency(result.findings)
        negatives = [finding for finding in ordered if finding.decision == "negative"]
        for finding in ordered:
            if finding.decision != "negative":
                self._column.addWidget(self._row(finding, result))
        if negatives:
            self._column.addWidget(self._fold)
            self._fold.setVisible(True)
            for finding in negatives:
                self._column.addWidget(self._row(finding, result))
            self._fold.setChecked(len(negatives) == len(ordered))
            self._on_folded(self._fold.isChecked())
        self._order_tab(ordered, len(ordered) - len(negatives))

    def _order_tab(self, ordered: list[FindingScore], n_above: int) -> None:
        # Rows made after the window would be its last stops of Tab, far from the Score button above them.
        rows = [self._rows[finding.name] for finding in ordered]
        stops: list[QWidget] = [self._fold.previousInFocusChain() or self, *rows[:n_above], self._fold, *rows[n_above:]]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _row(self, finding: FindingScore, result: CaseResult) -> FindingRow:
        row = FindingRow(finding, result, self)
        row.chosen.connect(self._cases.select_finding)
        self._group.addButton(row)
        self._rows[finding.name] = row
        return row

    def _on_folded(self, is_open: bool) -> None:
        if self._result is None:
            return
        negatives = [finding for finding in by_urgency(self._result.findings) if finding.decision == "negative"]
        for finding in negatives:
            self._rows[finding.name].setVisible(is_open)
        names = tr(", ").join(tr(finding.title).lower() for finding in negatives)
        sign = theme.DECISION_SIGNS["negative"]
        count, none = tr("{n} negative").format(n=len(negatives)), tr("No {names}").format(names=names)
        self._fold.setText(f"{sign} {count}  ▾" if is_open else f"{sign} {none}  ▸")
        self._fold.setToolTip(
            tr("Fold the negative findings") if is_open else tr("Show the negative findings one by one")
        )
        self._fold.setAccessibleName(tr("Negative findings: {names}").format(names=names))
        self._fit()

    def _refresh_selection(self) -> None:
        finding = self._cases.finding
        row = self._rows.get(finding.name) if finding else None
        if row is not None and not row.isChecked():
            row.setChecked(True)

    def _on_finding_changed(self) -> None:
        row = self._rows.get(self._cases.finding.name) if self._cases.finding else None
        if row is not None and row.isHidden():
            # Somebody went there by key: what is judged must be seen.
            self._fold.setChecked(True)
        self._refresh_selection()
        self._fit()

    def _refresh_reviews(self) -> None:
        in_force, first = self._reviews.in_force, self._reviews.first_reads
        for name, row in self._rows.items():
            row.set_review(in_force.get(name), first.get(name))

    def _dim(self, is_previous: bool) -> None:
        if is_previous and self.graphicsEffect() is None:
            self.setGraphicsEffect(QGraphicsOpacityEffect(self, opacity=PREVIOUS_OPACITY))
        effect = self.graphicsEffect()
        if effect is not None:
            effect.setEnabled(is_previous)

"""The Vitals tab: chart over time and table; both follow the selected finding."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.messages import Problem
from ui.panels.plain_label import plain_label
from ui.panels.vitals_chart import ChartRequest, chart_request
from ui.panels.vitals_table import VitalsTable
from ui.state.case_state import CaseState

NONE = "There are no vital signs among this patient's files. The model can score without them and says so."
RESIZE_PAUSE_MS = 120


class VitalsPanel(QScrollArea):
    """Asks for a chart only while it is seen; the drawing itself happens elsewhere."""

    chart_wanted = Signal(object)

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._empty = plain_label(self, NONE, token=theme.TEXT_2, wraps=True)
        self._chart = QLabel(self)
        self._table = VitalsTable(self)
        self._remark = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.WARNING, wraps=True)
        self._asked: ChartRequest | None = None
        self._pause = QTimer(self, singleShot=True, interval=RESIZE_PAUSE_MS)
        self._pause.timeout.connect(self._ask_for_chart)
        self._build()
        for signal in (cases.current_changed, cases.case_changed, cases.result_changed, cases.finding_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _build(self) -> None:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        for part in (self._empty, self._remark, self._chart, self._table):
            column.addWidget(part)
        column.addStretch(1)
        self._chart.setAccessibleName("Chart of the vital signs; the table below says the same in words")
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setProperty("role", "panel")
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_for_chart()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pause.start()

    def show_chart(self, image: QImage) -> None:
        """Show the picture that was asked for."""
        self._chart.setPixmap(QPixmap.fromImage(image))

    def show_trouble(self, problem: Problem) -> None:
        """Say that the chart could not be drawn; the table is still there."""
        self._chart.setText(problem.sentence)

    def _refresh(self) -> None:
        case = self._cases.case
        has_vitals = case is not None and bool(case.vitals)
        self._empty.setVisible(case is not None and not has_vitals)
        self._chart.setVisible(has_vitals)
        self._table.setVisible(has_vitals)
        remarks = [note.message for table in (case.vitals if case else ()) for note in table.notes]
        self._remark.setText("\n".join(remarks))
        self._remark.setVisible(bool(remarks))
        if case is not None and has_vitals:
            self._table.show_case(case, self._cases.explanation)
        if not has_vitals:
            self._chart.clear()
            self._asked = None
        self._ask_for_chart()

    def _ask_for_chart(self) -> None:
        case = self._cases.case
        if case is None or not case.vitals or not self.isVisible():
            return
        width = max(240, self.viewport().width() - 24)
        request = chart_request(case, self._cases.explanation, width=width, pixel_ratio=self.devicePixelRatioF())
        if request != self._asked:
            self._asked = request
            self.chart_wanted.emit(request)

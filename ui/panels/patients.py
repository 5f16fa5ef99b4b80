"""The opened patients, each with its state; a click or the arrow keys show another one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from ui import theme
from ui.panels.empty_hint import paint_empty_hint
from ui.state.case_state import CaseState
from ui.state.patient import Patient, Stage
from ui.state.worklist import PATIENT_ROLE, status_words

ROW_HEIGHT = 58
AnyIndex = QModelIndex | QPersistentModelIndex


class PatientsPanel(QListView):
    """The worklist of this session."""

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self.setModel(cases.worklist)
        self.setItemDelegate(PatientDelegate(self))
        self.setAccessibleName("Opened patients")
        self.setToolTip("Opened patients. N and Shift+N go to the next and the previous one.")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        cases.current_changed.connect(self._refresh)
        cases.worklist.rowsInserted.connect(self._refresh)
        self._refresh()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_empty_hint(self, "Opened patients appear here.")

    def _refresh(self) -> None:
        row = self._cases.worklist.row_of(self._cases.key)
        index = QModelIndex() if row is None else self._cases.worklist.index(row)
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(index)
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _on_current_changed(self, index: QModelIndex) -> None:
        patient = index.data(PATIENT_ROLE)
        if patient is not None:
            self._cases.select(patient.key)


class PatientDelegate(QStyledItemDelegate):
    """Paints name, ID and state; plain text throughout."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(160, ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        patient: Patient = index.data(PATIENT_ROLE)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        area: QRect = option.rect
        painter.save()
        if is_selected:
            painter.fillRect(area, theme.color(theme.RAISED))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), theme.color(theme.ACCENT))
        painter.setPen(QPen(theme.color(theme.LINE), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inside = area.adjusted(12, 8, -8, -8)
        _line(painter, inside, 0, patient.title, theme.TEXT, theme.SIZE_BODY)
        _line(painter, inside, 22, status_words(patient), _status_token(patient), theme.SIZE_SECOND)
        painter.restore()


def _line(painter: QPainter, inside: QRect, top: int, text: str, token: str, pixels: int) -> None:
    painter.setFont(theme.font(pixels))
    painter.setPen(theme.color(token))
    place = QRect(inside.left(), inside.top() + top, inside.width(), 20)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _status_token(patient: Patient) -> str:
    if patient.case is not None and patient.case.stop is not None and not patient.override:
        return theme.STOP
    if patient.problem is not None and not patient.is_busy:
        return theme.WARNING
    if patient.stage is Stage.SCORED and patient.result is not None:
        is_positive = any(finding.decision == "positive" for finding in patient.result.findings)
        return theme.POSITIVE if is_positive else theme.NEGATIVE
    return theme.TEXT_2

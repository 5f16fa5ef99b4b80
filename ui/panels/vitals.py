"""The Vitals tab: chart and table of the vital signs; both follow the selected finding and the image shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from medmm.core.record import VITAL_SIGNS
from ui import theme
from ui.language import told, tr
from ui.panels.plain_label import plain_label
from ui.panels.vitals_chart import VitalsChart
from ui.panels.vitals_frame import least_height
from ui.panels.vitals_table import VitalsTable
from ui.state.case_state import CaseState
from ui.state.vital_words import sign_title
from ui.state.vitals_state import VitalsState

# Higher than this, chart and table stand under each other.
BOTH_HEIGHT = 260
LEAST_WIDTH, MOST_LEAST = 280, 480
LEAST_HEIGHT, LOW_HEIGHT = 104, 180
SWITCH = "min-height: 0; padding: 2px 8px; font-size: $px12;"


class VitalsPanel(QFrame):
    """In a low panel a switch chooses between chart and table; in a high one both are there."""

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self.state = VitalsState(cases, self)
        self._empty = plain_label(self, token=theme.TEXT_2, wraps=True)
        self._remark = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.WARNING, wraps=True)
        self._bar = QWidget(self)
        self._switch = QButtonGroup(self)
        self._menu = QMenu(self)
        self._chart = VitalsChart(self.state, self)
        self._scroll = QScrollArea(self)
        self._table = VitalsTable(self.state, self)
        self._parts = QSplitter(Qt.Orientation.Vertical, self)
        self._build()
        self.state.changed.connect(self._refresh)
        cases.status_changed.connect(self._refresh)
        self._refresh()

    @override
    def minimumSizeHint(self) -> QSize:
        # Large text scrolls rather than making the window larger than the screen.
        return QSize(min(theme.scaled(LEAST_WIDTH), MOST_LEAST), min(theme.scaled(LEAST_HEIGHT), LOW_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self.setProperty("role", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        self._build_bar()
        self._scroll.setWidget(self._chart)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._chart.setAutoFillBackground(False)
        self._parts.addWidget(self._scroll)
        self._parts.addWidget(self._table)
        self._parts.setChildrenCollapsible(False)
        self._parts.setStretchFactor(0, 3)
        self._parts.setStretchFactor(1, 2)
        for part in (self._bar, self._empty, self._remark):
            column.addWidget(part)
        column.addWidget(self._parts, 1)
        column.addStretch(0)

    def _build_bar(self) -> None:
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        views = ((tr("Chart"), tr("Vital signs over time")), (tr("Table"), tr("Vital signs in numbers, newest first")))
        for number, (text, tip) in enumerate(views):
            button = QToolButton(self._bar)
            button.setText(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setChecked(number == 0)
            theme.dress(button, SWITCH)
            self._switch.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._choice())
        self._switch.idToggled.connect(lambda _number, _is_on: self._arrange())

    def _choice(self) -> QToolButton:
        button = QToolButton(self._bar)
        button.setText(tr("Shown ▾"))
        button.setAccessibleName(tr("Which vital signs are shown"))
        button.setToolTip(tr("Choose which vital signs are shown"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self._menu)
        theme.dress(button, SWITCH)
        for sign in VITAL_SIGNS:
            action = self._menu.addAction(sign_title(sign))
            action.setCheckable(True)
            action.setData(sign.name)
            action.triggered.connect(lambda is_on, name=sign.name: self.state.show_sign(name, is_on))
        return button

    def _refresh(self) -> None:
        case, has_vitals = self._cases.case, self.state.has_vitals
        words = tr("There are no vital signs among this patient's files. The model can score without them and says so.")
        self._empty.setText("" if case is None else words)
        self._empty.setVisible(case is not None and not has_vitals)
        remarks = [told(note.message) for table in (case.vitals if case else ()) for note in table.notes]
        self._remark.setText("\n".join(remarks))
        self._remark.setVisible(bool(remarks))
        for part in (self._bar, self._parts):
            part.setVisible(has_vitals)
        for action in self._menu.actions():
            action.setChecked(self.state.is_shown(action.data()))
        self._arrange()

    def _arrange(self) -> None:
        has_room = self.height() >= least_height(len(self.state.lanes)) + theme.scaled(BOTH_HEIGHT)
        is_chart = self._switch.checkedId() == 0
        self._scroll.setVisible(has_room or is_chart)
        self._table.setVisible(has_room or not is_chart)
        for button in self._switch.buttons():
            button.setVisible(not has_room)

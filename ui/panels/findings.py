"""The findings: score or probability, threshold, decision and shares; or in words why there are none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from medmm.core.prediction import CaseResult
from ui import theme
from ui.actions import Actions
from ui.language import tr
from ui.panels.elided_label import ElidedLabel
from ui.panels.finding_list import FindingList
from ui.panels.first_look import FirstLook
from ui.panels.inputs_line import InputsLine
from ui.panels.plain_label import plain_label
from ui.panels.review_bar import ReviewBar
from ui.panels.score_bar import ScoreBar
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineStage, EngineState
from ui.state.finding_words import disagreement, doubt_words, interval_words, without_words
from ui.state.review_state import ReviewState

# The name and the number of one finding; more would push the status bar off a screen of 960 x 540.
LEAST_ROWS = 44
# Below this height four findings need the room of the Score button, which stands among the tools as well.
LOW_PANEL = 500


@dataclass(frozen=True)
class FindingActions:
    """What the buttons do. score: start and cancel; first_look: the calls, then show; review: verdicts, then sign."""

    score: tuple[QAction, QAction]
    first_look: tuple[QAction, ...]
    review: tuple[QAction, ...]


def finding_actions(table: Actions) -> FindingActions:
    """Take the panel's actions out of the table."""
    calls, verdicts = (
        ("say_present", "say_absent", "say_unsure"),
        ("accept_finding", "reject_finding", "change_finding"),
    )
    return FindingActions(
        score=(table["score"], table["cancel"]),
        first_look=tuple(table[name] for name in (*calls, "no_opinion", "show_ai")),
        review=tuple(table[name] for name in (*verdicts, "no_opinion", "sign")),
    )


class FindingsPanel(QFrame):
    """Header, Score, inputs, remarks and the rows."""

    def __init__(
        self,
        cases: CaseState,
        engine: EngineState,
        reviews: ReviewState,
        actions: FindingActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._cases, self._reviews = cases, reviews
        self._engine = engine
        self._scale = ElidedLabel(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._remark = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.WARNING, wraps=True)
        self._doubt = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.UNCERTAIN, wraps=True)
        self._empty = plain_label(self, token=theme.TEXT_2, wraps=True)
        # Made in the order in which Tab walks.
        score_bar = self._score_bar = ScoreBar(cases, *actions.score, self)
        first_look = FirstLook(reviews, actions.first_look, self)
        self._rows = FindingList(cases, reviews, self)
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._show_row)
        self._build(score_bar, first_look, ReviewBar(cases, reviews, actions.review, self))
        for signal in (cases.current_changed, cases.case_changed, cases.result_changed, cases.status_changed):
            signal.connect(self._refresh)
        cases.finding_changed.connect(self._refresh)
        reviews.asking_changed.connect(self._give_focus)
        for signal in (cases.finding_changed, reviews.asking_changed):
            # Once the layout has given the rows their new heights.
            signal.connect(self._settling.start)
        engine.changed.connect(self._refresh)
        self._refresh()

    @override
    def minimumSizeHint(self) -> QSize:
        # Qt counts lines that wrap as one; a low window would then cut the Score button and the words below it.
        least, column = super().minimumSizeHint(), self.layout()
        if column is None:
            return least
        return QSize(least.width(), max(least.height(), column.totalMinimumHeightForWidth(self.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh_score_bar()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._scroll.viewport():
            self._rows.set_room(self._scroll.viewport().height())
        return super().eventFilter(watched, event)

    def _build(self, score_bar: ScoreBar, first_look: FirstLook, review_bar: ReviewBar) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 4)
        column.setSpacing(6)
        column.addWidget(score_bar)
        column.addWidget(InputsLine(self._cases, self))
        column.addWidget(first_look)
        column.addWidget(self._remark)
        column.addWidget(self._doubt)
        column.addWidget(self._empty)
        column.addWidget(self._scale)
        scroll = self._scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setMinimumHeight(LEAST_ROWS)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._rows)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        scroll.viewport().installEventFilter(self)
        self._rows.setAutoFillBackground(False)
        column.addWidget(scroll, 1000)
        column.addWidget(review_bar)
        # Takes the room of the rows while there are none.
        column.addStretch(1)

    def _give_focus(self) -> None:
        # From the form, which goes, to the rows: Up and Down walk them.
        focus, row = QApplication.focusWidget(), self._rows.selected
        if self._reviews.asking is None and row is not None and focus is not None and self.isAncestorOf(focus):
            row.setFocus()

    def _show_row(self) -> None:
        # The form of a verdict takes room from the rows: the one it is about stays in sight.
        row = self._rows.selected
        if row is not None:
            bar, top, room = self._scroll.verticalScrollBar(), row.y(), self._scroll.viewport().height()
            # Its head rather than its end, where it is taller than the room.
            least = top + row.height() - room
            bar.setValue(min(top, max(bar.value(), least)))

    def _refresh(self) -> None:
        patient, result = self._cases.current, self._cases.result
        self._refresh_score_bar()
        self._scale.set_text(_scale_line(result) if result else "")
        self._scale.setVisible(result is not None)
        self._scroll.setVisible(result is not None)
        remarks = self._remarks(result) if result else []
        self._remark.setText("\n".join(remarks))
        self._remark.setVisible(bool(remarks))
        finding = self._cases.finding
        doubt = f"{tr(finding.title)}: {doubt_words(finding)}" if result and finding and finding.reason else ""
        self._doubt.setText(doubt)
        self._doubt.setVisible(bool(doubt))
        words = "" if result else self._empty_words()
        if patient is not None and patient.problem is not None and patient.case is not None and not patient.is_busy:
            words = f"{patient.problem.sentence}\n{patient.problem.hint}".strip()
        self._empty.setText(words)
        self._empty.setVisible(bool(words))

    def _refresh_score_bar(self) -> None:
        patient = self._cases.current
        is_busy = patient is not None and patient.is_busy
        is_low = self.height() < theme.scaled(LOW_PANEL)
        self._score_bar.setVisible(is_busy or self._cases.result is None or not is_low)

    def _remarks(self, result: CaseResult) -> list[str]:
        patient, finding = self._cases.current, self._cases.finding
        remarks = []
        if patient is not None and patient.is_previous:
            remarks.append(tr("Previous result; a new one is being made."))
        shares = result.shares.get(finding.name) if finding else None
        if finding and (words := disagreement(shares)):
            remarks.append(tr("{finding}: {words}.").format(finding=tr(finding.title), words=words))
        if finding and shares is not None and shares.rests_on is not None:
            words = tr("{finding} rests on the {input} alone (over nine tenths of the shares).")
            remarks.append(words.format(finding=tr(finding.title), input=tr(shares.rests_on.value)))
        return remarks

    def _empty_words(self) -> str:
        patient = self._cases.current
        if patient is None:
            return tr("Findings appear here once a patient is open and scored.")
        if patient.case is None:
            is_reading = patient.problem is None
            return tr("The patient is being read.") if is_reading else tr("Nothing was read, so nothing is scored.")
        if patient.case.stop is not None:
            return tr("Not scored: the inputs name different patients. See the bar above.")
        if self._engine.stage is EngineStage.FAILED and self._engine.problem is not None:
            return f"{self._engine.problem.sentence} {self._engine.problem.hint}".strip()
        if patient.is_busy or patient.is_veiled:
            return ""
        return tr("Not scored yet. Look at the image first, then press Score.")


def _scale_line(result: CaseResult) -> str:
    is_calibrated = result.is_calibrated
    kind = tr("Calibrated probability, 0 to 1") if is_calibrated else tr("Uncalibrated score, 0 to 1")
    # What is cut first stands in the status bar as well.
    parts = (kind, without_words(result), interval_words(result), f"{result.model.name} {result.model.version}")
    return "  ·  ".join(part for part in parts if part)

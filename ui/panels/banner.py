"""The patient banner: who this is, which study, whether the inputs belong together, and what the program is not."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.language import mark, tr
from ui.panels.elided_label import ElidedLabel
from ui.panels.plain_label import plain_label, tint
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.identity_line import (
    VERDICT_REASONS,
    VERDICT_WORDS,
    IdentityCheck,
    identity_checks,
    patient_words,
    study_words,
)
from ui.state.series_store import Progress

SPACING = 16
# Of a shorter study name nothing could be read.
LEAST_STUDY = 120
RESEARCH_USE = mark("RESEARCH USE ONLY")
VERDICT_TOKENS = {
    "ok": theme.TEXT_2, "unread": theme.WARNING, "silent": theme.WARNING, "conflict": theme.STOP, "none": theme.TEXT_OFF
}  # fmt: skip


class Banner(QFrame):
    """Always on the screen; its height never changes, so the image never moves."""

    def __init__(self, cases: CaseState, engine: EngineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        theme.dress(self, "#banner { background: $panel; border-bottom: 1px solid $line; }")
        self._cases = cases
        self._engine = engine
        self._name = ElidedLabel(self, pixels=theme.SIZE_SECTION)
        self._patient = ElidedLabel(self, token=theme.TEXT_2, pixels=theme.SIZE_SECOND)
        self._study = ElidedLabel(self, token=theme.TEXT_2, pixels=theme.SIZE_SECOND)
        self._model = ElidedLabel(self, token=theme.TEXT_2, pixels=theme.SIZE_SECOND)
        self._checks = [plain_label(self, pixels=theme.SIZE_SECOND) for _ in range(3)]
        self._build()
        news = (cases.current_changed, cases.case_changed, cases.image_changed, cases.status_changed, engine.changed)
        for signal in news:
            signal.connect(self._refresh)
        self._refresh()

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(SPACING)
        who = QVBoxLayout()
        who.setSpacing(2)
        who.addWidget(self._name)
        who.addWidget(self._patient)
        line.addLayout(who, 3)
        line.addWidget(self._study, 3)
        self._identity_title = plain_label(self, tr("identity"), pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        line.addWidget(self._identity_title)
        for label in self._checks:
            line.addWidget(label)
        line.addWidget(self._model)
        badge = QLabel(tr(RESEARCH_USE), self)
        theme.dress(
            badge,
            "color: $warning; border: 1px solid $warning; border-radius: 4px; padding: 3px 8px;"
            " font-size: ${second}px; font-weight: 600;",
        )
        badge.setToolTip(tr("Not a medical device. Not for diagnosis or treatment."))
        line.addWidget(badge)

    def _refresh(self) -> None:
        patient, case = self._cases.current, self._cases.case
        self._name.set_text(patient.title if patient else tr("No patient open"))
        self._patient.set_text(patient_words(case) if case else "")
        self._study.set_text(study_words(self._cases.series) if case else "")
        self._model.set_text(self._engine.model_words)
        self._identity_title.setVisible(case is not None)
        is_unread = self._cases.pixels.status(self._cases.series_key).progress is Progress.FAILED
        checks = identity_checks(case, is_image_unread=is_unread) if case else ()
        for label, check in zip(self._checks, (*checks, *([None] * 3)), strict=False):
            label.setVisible(check is not None)
            if check is not None:
                _show_check(label, check)
        self._make_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Leave out what stands elsewhere, too, before the patient's name is cut.

        The model is in the status bar, the study on the image.
        """
        wanted = {part: part.sizeHint().width() + SPACING for part in (self._study, self._model)}
        taken = sum(width for part, width in wanted.items() if not part.isHidden())
        room = self.width() - (self.layout().sizeHint().width() - taken)
        # The layout would shorten name and study alike.
        self._study.setMaximumWidth(max(0, room - SPACING))
        for part, least in ((self._study, min(wanted[self._study], LEAST_STUDY)), (self._model, wanted[self._model])):
            part.setVisible(room >= least)
            room -= wanted[part] if room >= least else 0


def _show_check(label: QLabel, check: IdentityCheck) -> None:
    label.setText(f"{tr(check.kind.value)} {tr(VERDICT_WORDS[check.verdict])}")
    label.setToolTip(tr(VERDICT_REASONS[check.verdict]))
    tint(label, VERDICT_TOKENS[check.verdict], pixels=theme.SIZE_SECOND)

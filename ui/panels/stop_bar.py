"""The identity stop: both values side by side, and the way to score in spite of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity, display_name
from medmm.core.quality import InputKind
from ui import theme
from ui.language import mark, told, tr
from ui.panels.plain_label import plain_label, tint
from ui.state.case_state import CaseState
from ui.state.identity_line import SEX_WORDS, date_words, dicom_date

BUTTON = mark("Score anyway...")


class StopBar(QFrame):
    """Full width, seen only while the shown case's inputs name different patients."""

    override_wanted = Signal()

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "stop")
        self._cases = cases
        self._message = plain_label(self, wraps=True)
        self._values = plain_label(self, wraps=True, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        button = QPushButton(tr(BUTTON), self)
        button.setToolTip(tr("Asks for a reason, which will stand in the result and in the report"))
        button.setAccessibleName(tr("Score in spite of the identity conflict"))
        button.clicked.connect(self.override_wanted)
        tint(self._message, theme.STOP, is_bold=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._message)
        words.addWidget(self._values)
        line.addLayout(words, 1)
        line.addWidget(button)
        for signal in (cases.current_changed, cases.case_changed, cases.status_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        case = self._cases.case
        stop = case.stop if case else None
        self.setVisible(stop is not None)
        if case is not None and stop is not None:
            self._message.setText(tr("Not scored. {reason}").format(reason=told(stop.message)))
            self._values.setText("\n".join(source_lines(case)))


def source_lines(case: Case) -> list[str]:
    """Say for each source whom it names."""
    sources = [(tr(InputKind.IMAGE.value), identity) for identity in case.image_identities]
    sources += [(f"{tr(InputKind.NOTE.value)} {note.path.name}", note.identity) for note in case.notes]
    sources += [(f"{tr(InputKind.VITALS.value)} {table.path.name}", table.identity) for table in case.vitals]
    return list(dict.fromkeys(f"{title}:  {_named(identity)}" for title, identity in sources))


def _named(identity: PatientIdentity) -> str:
    born = dicom_date(identity.birth_date)
    parts = (
        identity.patient_id and f"ID {identity.patient_id}",
        display_name(identity.name),
        date_words(born) if born else identity.birth_date,
        tr(SEX_WORDS.get(identity.sex, identity.sex)),
    )
    return "  ·  ".join(part for part in parts if part) or tr("names nobody")

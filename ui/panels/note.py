"""The Note tab: the note as it was written, its words tinted by their weight for the selected finding."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QFrame, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from medmm.core.prediction import CaseResult, TokenWeight
from medmm.core.record import ClinicalNote
from ui import theme
from ui.panels.note_legend import NoteLegend
from ui.panels.plain_label import plain_label
from ui.state.case_state import CaseState

STRONGEST_ALPHA = 0.75
FAINTEST = 0.02
BLACK = "#000000"


class NotePanel(QFrame):
    """Plain text only: whatever the note contains is shown as characters, never as markup."""

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._choice = QComboBox(self)
        self._text = QPlainTextEdit(self)
        self._legend = NoteLegend(self)
        self._space = QWidget(self)
        self._remark = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2, wraps=True)
        self._build()
        for signal in (cases.current_changed, cases.case_changed):
            signal.connect(self._refresh_notes)
        for signal in (cases.result_changed, cases.finding_changed):
            signal.connect(self._refresh_tints)
        self._choice.currentIndexChanged.connect(self._show_note)
        self._refresh_notes()

    def _build(self) -> None:
        self.setProperty("role", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        for part in (self._choice, self._legend, self._text, self._remark):
            column.addWidget(part)
        column.addWidget(self._space, 1)
        self._choice.setAccessibleName("Which note")
        self._choice.setToolTip("Choose one of the notes of this patient")
        self._text.setReadOnly(True)
        self._text.setFont(theme.font())
        self._text.setAccessibleName("Clinical note")
        self._text.setToolTip("The note as it was written; coloured words raised or lowered the selected finding")
        self._text.setTabChangesFocus(True)

    def _refresh_notes(self) -> None:
        case = self._cases.case
        notes = case.notes if case else ()
        self._choice.blockSignals(True)
        self._choice.clear()
        self._choice.addItems([note.path.name for note in notes])
        self._choice.blockSignals(False)
        self._choice.setVisible(len(notes) > 1)
        self._show_note()

    def _show_note(self) -> None:
        note = self._note()
        self._text.setPlainText(note.text if note else "")
        self._text.setVisible(note is not None)
        self._space.setVisible(note is None)
        self._refresh_tints()

    def _note(self) -> ClinicalNote | None:
        case, index = self._cases.case, max(0, self._choice.currentIndex())
        return case.notes[index] if case and index < len(case.notes) else None

    def _refresh_tints(self) -> None:
        explanation, result, note = self._cases.explanation, self._cases.result, self._note()
        index = max(0, self._choice.currentIndex())
        tokens = [token for token in explanation.tokens if token.note_index == index] if explanation else []
        scale = token_scale(result) if result else 0.0
        selections = [_tinted(self._text, note.text, token, scale) for token in tokens] if note and scale else []
        self._text.setExtraSelections(selections)
        finding = self._cases.finding
        self._legend.show_scale(finding.title if finding else "", scale if tokens else 0.0)
        remark = _remark(note, result) if self._cases.case is not None else ""
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))


def token_scale(result: CaseResult) -> float:
    """Give the weight that gets the strongest tint: the same for every finding of a case."""
    weights = [abs(token.weight) for explanation in result.explanations.values() for token in explanation.tokens]
    return max(weights, default=0.0)


def utf16_offset(text: str, index: int) -> int:
    """Turn an index in characters into Qt's, which counts a character beyond the basic plane twice."""
    return index + sum(ord(character) > 0xFFFF for character in text[:index])


def mixed(token: str, amount: float) -> str:
    """Lay a colour over the panel's ground; amount from 0 to 1."""
    over, ground = theme.color(token), theme.color(theme.PANEL)
    parts = zip((over.red(), over.green(), over.blue()), (ground.red(), ground.green(), ground.blue()), strict=True)
    return "#" + "".join(f"{round(amount * top + (1 - amount) * below):02X}" for top, below in parts)


def _tinted(edit: QPlainTextEdit, text: str, token: TokenWeight, scale: float) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    cursor = QTextCursor(edit.document())
    cursor.setPosition(utf16_offset(text, token.start))
    cursor.setPosition(utf16_offset(text, token.end), QTextCursor.MoveMode.KeepAnchor)
    strength = min(1.0, abs(token.weight) / scale)
    tint = QTextCharFormat()
    if strength >= FAINTEST:
        background = mixed(theme.POSITIVE if token.weight > 0 else theme.NEGATIVE, strength * STRONGEST_ALPHA)
        tint.setBackground(theme.color(background))
        tint.setForeground(theme.color(max((theme.TEXT, BLACK), key=lambda ink: theme.contrast(ink, background))))
    selection.cursor = cursor
    selection.format = tint
    return selection


def _remark(note: ClinicalNote | None, result: CaseResult | None) -> str:
    if note is None:
        return "There is no clinical note among this patient's files."
    lines = [remark.message for remark in note.notes]
    if result is not None and result.note_coverage is not None and result.note_coverage < 1:
        lines.append(f"The model read {result.note_coverage:.2f} of the note; the rest did not fit.")
    return "\n".join(lines)

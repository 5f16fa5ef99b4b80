"""Which inputs the case has, and which of them went into the prediction."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from medmm.core.case import Case
from medmm.core.prediction import CaseResult
from medmm.core.quality import InputKind, QualityNote, Severity
from ui import theme
from ui.language import told, tr
from ui.panels.flowing_row import FlowingRow
from ui.panels.plain_label import plain_label, plain_tip, tint
from ui.state.case_state import CaseState

KINDS = tuple(InputKind)


class InputsLine(QWidget):
    """One word an input in its colour; greyed with the reason below where the gate left it out."""

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._row = FlowingRow(self)
        self._labels = {kind: plain_label(self._row, pixels=theme.SIZE_SECOND) for kind in KINDS}
        self._reasons = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.WARNING, wraps=True)
        self._absences = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2, wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._row)
        column.addWidget(self._reasons)
        column.addWidget(self._absences)
        for signal in (cases.current_changed, cases.case_changed, cases.result_changed, cases.status_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        case, result = self._cases.case, self._cases.result
        self.setVisible(case is not None)
        if case is None:
            return
        for kind, label in self._labels.items():
            _show_input(label, kind, case, result)
        # Few departments record sound: where there is none and none was missed, nothing is said about it.
        sound = self._labels[InputKind.AUDIO]
        sound.setToolTip(plain_tip("\n".join(recording_lines(case))))
        shown = [label for kind, label in self._labels.items() if is_spoken_of(kind, case, result)]
        self._row.show_labels(shown, hidden=[sound] if sound not in shown else [])
        lines = (gate_reasons(result, case), absence_lines(result, case)) if result else ([], [])
        for label, own in zip((self._reasons, self._absences), lines, strict=True):
            label.setText("\n".join(own))
            label.setVisible(bool(own))


def has_input(case: Case, kind: InputKind) -> bool:
    """Tell whether a case has at least one input of a kind."""
    found = {
        InputKind.IMAGE: case.image_identities,
        InputKind.NOTE: case.notes,
        InputKind.VITALS: case.vitals,
        InputKind.AUDIO: case.audio,
    }
    return bool(found[kind])


def recording_lines(case: Case) -> list[str]:
    """Say of each recording its file, length and rate."""
    line = tr("{name}: {seconds:.1f} s, {rate} Hz")
    return [line.format(name=one.path.name, seconds=one.seconds, rate=one.rate_hz) for one in case.audio]


def gate_reasons(result: CaseResult, case: Case) -> list[str]:
    """Say in words, with the code, why inputs that are there were left out, and what is warned of in those used."""
    notes = (note for note in _remarks(result, case) if note.severity is not Severity.INFO)
    return [f"{told(note.message)} ({note.code})" for note in notes]


def absence_lines(result: CaseResult, case: Case) -> list[str]:
    """Say in words what the prediction did without for no fault: it is not there, or was left out by choice."""
    return [told(note.message) for note in _remarks(result, case) if note.severity is Severity.INFO]


def _remarks(result: CaseResult, case: Case) -> list[QualityNote]:
    kinds = (kind for kind in KINDS if is_spoken_of(kind, case, result))
    uses = (result.inputs_used.get(kind) for kind in kinds)
    found = [(use, note) for use in uses if use is not None for note in use.gate]
    return [note for use, note in found if not use.used or note.severity is not Severity.INFO]


def is_spoken_of(kind: InputKind, case: Case, result: CaseResult | None) -> bool:
    """Tell whether an input has a place in the window: sound only where there is some, or where it was missed."""
    if kind is not InputKind.AUDIO or has_input(case, kind):
        return True
    return result is not None and kind in result.missing_inputs


def _show_input(label: QLabel, kind: InputKind, case: Case, result: CaseResult | None) -> None:
    use = result.inputs_used.get(kind) if result else None
    is_used = use.used if use else has_input(case, kind)
    absent = tr("{input} not used") if has_input(case, kind) else tr("no {input}")
    words = (tr("{input} used") if use else "{input}") if is_used else absent
    label.setText(f"{'■' if is_used else '□'} {words.format(input=tr(kind.value))}")
    tint(label, theme.INPUT_COLORS[kind] if is_used else theme.TEXT_2, pixels=theme.SIZE_SECOND)

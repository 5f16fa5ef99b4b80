"""What the reader says of a result that is still hidden from him; nothing of it is kept before he commits."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.review import Call
from ui.state.case_state import CaseState


class HiddenReads(QObject):
    """One call a finding, by patient; `changed` when one was made or another finding is to be judged."""

    changed = Signal()

    def __init__(self, cases: CaseState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._calls: dict[str, dict[str, Call]] = {}
        self._at: dict[str, str] = {}

    @property
    def result(self) -> CaseResult | None:
        """The result that is hidden, None where there is none."""
        patient = self._cases.current
        return patient.result if patient is not None and patient.is_veiled else None

    @property
    def findings(self) -> tuple[FindingScore, ...]:
        """The hidden findings in the bundle's order: the order of urgency would tell what the model says."""
        return self.result.findings if self.result is not None else ()

    @property
    def names(self) -> list[str]:
        """Their names."""
        return [finding.name for finding in self.findings]

    @property
    def name(self) -> str:
        """The finding that is judged now, empty where none is hidden."""
        return self._at.get(self._cases.key) or next(iter(self.names), "")

    @property
    def calls(self) -> dict[str, Call]:
        """What was said so far of the patient shown."""
        return dict(self._calls.get(self._cases.key, {}))

    @property
    def is_complete(self) -> bool:
        """Tell whether every hidden finding was judged, or has no opinion on purpose."""
        return bool(self.names) and all(name in self.calls for name in self.names)

    def move(self, name: str) -> None:
        """Judge another finding next."""
        if name in self.names and name != self.name:
            self._at[self._cases.key] = name
            self.changed.emit()

    def say(self, call: Call) -> None:
        """Judge the finding in turn; until it is committed another call takes its place."""
        if self.name:
            self._calls.setdefault(self._cases.key, {})[self.name] = call
            self.changed.emit()

    def forget(self) -> None:
        """Drop what was said of the patient shown: it is committed."""
        self._calls.pop(self._cases.key, None)
        self._at.pop(self._cases.key, None)

"""The list of opened patients as a Qt model."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from medmm.core.image import SeriesSummary
from ui.language import mark, tr
from ui.state.patient import Patient, Stage

PATIENT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
STAGE_WORDS = {
    Stage.READING: mark("reading"),
    Stage.OPEN: mark("not scored"),
    Stage.QUEUED: mark("waiting for the engine"),
    Stage.SCORING: mark("scoring"),
    Stage.SCORED: mark("scored"),
}
NO_PARENT = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


class Worklist(QAbstractListModel):
    """Opened patients in the order they were opened; a row changes by `put`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._patients: list[Patient] = []

    @override
    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._patients)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        patient = self._patients[index.row()]
        if role == PATIENT_ROLE:
            return patient
        if role == Qt.ItemDataRole.DisplayRole:
            return patient.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{patient.title}, {status_words(patient)}"
        return None

    def put(self, patient: Patient) -> None:
        """Add a patient, or replace the one with the same key."""
        row = self.row_of(patient.key)
        if row is None:
            place = self._place_for(patient)
            self.beginInsertRows(QModelIndex(), place, place)
            self._patients.insert(place, patient)
            self.endInsertRows()
        else:
            self._patients[row] = patient
            self.dataChanged.emit(self.index(row), self.index(row))

    def _place_for(self, patient: Patient) -> int:
        # Beside those that came from the same place.
        same = [place for place, one in enumerate(self._patients) if patient.origin and one.origin == patient.origin]
        return same[-1] + 1 if same else len(self._patients)

    def remove(self, key: str) -> None:
        """Take a patient off the list."""
        row = self.row_of(key)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._patients[row]
            self.endRemoveRows()

    def patient(self, key: str) -> Patient | None:
        """Find a patient by key."""
        row = self.row_of(key)
        return None if row is None else self._patients[row]

    def series(self, key: str) -> SeriesSummary | None:
        """Find a series by key, whoever's it is."""
        return next((one for patient in self._patients for one in patient.series if one.key == key), None)

    def owner_of(self, series_key: str) -> Patient | None:
        """Find the patient to whom a series belongs."""
        return next((p for p in self._patients if any(one.key == series_key for one in p.series)), None)

    def row_of(self, key: str) -> int | None:
        """Find the row of a key."""
        return next((row for row, patient in enumerate(self._patients) if patient.key == key), None)

    @property
    def patients(self) -> tuple[Patient, ...]:
        """All opened patients."""
        return tuple(self._patients)


def status_words(patient: Patient) -> str:
    """Say in a few words how far a patient has come."""
    if patient.case is not None and patient.case.stop is not None and not patient.override:
        return tr("identity conflict")
    if patient.problem is not None and not patient.is_busy:
        return tr("could not be read") if patient.case is None else tr("could not be scored")
    if patient.stage is Stage.SCORED and patient.shown_result is not None:
        n_positive = sum(finding.decision == "positive" for finding in patient.shown_result.findings)
        return tr("scored, {n} positive").format(n=n_positive) if n_positive else tr("scored, none positive")
    return tr(STAGE_WORDS[patient.stage])

"""A case as lists of cases show it, and which of them a list shows."""

from __future__ import annotations

from dataclasses import dataclass

# Rows that a list starts with and that people sort by, in the words of a results store.
LIST_ORDERS = ("case", "outcome", "urgency", "decision", "patient_id", "read_state", "finished_at")


@dataclass(frozen=True)
class ListedCase:
    """One row: what became of a case, who reads it, and the finding that decided.

    kind: the outcome, done, failed, refused, cancelled or pending; decision: "" without a result; weight: probability
    (score without a calibration) of the finding, the highest among those with the case's decision; read_state: unread,
    read or signed; finished_at: UTC, ISO 8601.
    """

    case: str
    key: str
    patient_id: str = ""
    kind: str = "pending"
    reason: str = ""
    message: str = ""
    seconds: float = 0.0
    finished_at: str = ""
    decision: str = ""
    finding: str = ""
    weight: float = 0.0
    read_state: str = "unread"
    assigned_to: str = ""


@dataclass(frozen=True)
class CaseFilter:
    """Which rows a list shows and in which order; an empty field lets all through.

    finding: a finding that is positive; text: part of the case's or the patient's name; order: one of LIST_ORDERS.
    """

    outcome: str = ""
    decision: str = ""
    finding: str = ""
    read_state: str = ""
    assigned_to: str = ""
    text: str = ""
    order: str = "case"
    is_descending: bool = False


@dataclass(frozen=True)
class OutcomeCounts:
    """How many cases of a batch have which outcome."""

    outcomes: dict[str, int]

    @property
    def n_cases(self) -> int:
        """All cases that were found."""
        return sum(self.outcomes.values())

    @property
    def n_waiting(self) -> int:
        """Cases that have still to be done."""
        return self.of("pending") + self.of("cancelled")

    def of(self, outcome: str) -> int:
        """Count one outcome."""
        return self.outcomes.get(outcome, 0)

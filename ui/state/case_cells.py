"""A case of a batch as the texts of a row: in the batch screen and in the worklist."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from medmm.core.listed_case import ListedCase
from medmm.core.words import as_title
from medmm.workflow.urgency import words_for, words_of_time, words_of_wait
from ui import theme
from ui.language import mark, told, tr
from ui.panels.plain_label import plain_tip
from ui.state.case_table import Cells, Column

if TYPE_CHECKING:
    from medmm.workflow.batch_list import Entry

OUTCOMES = {
    "done": mark("done"),
    "failed": mark("failed"),
    "refused": mark("refused"),
    "cancelled": mark("waiting"),
    "pending": mark("waiting"),
}
STATES = {"unread": mark("new"), "read": mark("read"), "signed": mark("signed")}
BATCH_COLUMNS = (
    Column(mark("State"), 84, "outcome"),
    Column(mark("Case"), 190, "case"),
    Column(mark("Patient ID"), 130, "patient_id"),
    Column(mark("Decision"), 104, "decision"),
    Column(mark("Finding"), 150),
    Column(mark("Value"), 64, "urgency", is_number=True),
    Column(mark("Time, s"), 70, is_number=True),
    Column(mark("Read"), 72, "read_state"),
    Column(mark("Reason"), 200),
)
WORKLIST_COLUMNS = (
    Column(mark("Reason for its place"), 400),
    Column(mark("Case"), 220),
    Column(mark("Patient ID"), 150),
    Column(mark("Waits"), 110),
    Column(mark("State"), 72),
    Column(mark("Reader"), 150),
)
BATCH_DECISION, BATCH_STATE = 3, 0
TROUBLE = ("failed", "refused")


def batch_cells() -> Cells:
    """Write rows of the batch screen."""
    return Cells(lambda place, case: _batch_texts(case), _batch_tint, _tip)


def worklist_cells(entry_at: Callable[[int], Entry | None]) -> Cells:
    """Write rows of the worklist; entry_at gives the place of a row in the order of reading."""
    return Cells(lambda place, case: _worklist_texts(entry_at(place), case), _worklist_tint, _tip)


def place_words(case: ListedCase, wait: str, *, is_overdue: bool) -> str:
    """Say in one line why a case stands where it does."""
    if case.kind in TROUBLE:
        why = f"{tr(OUTCOMES[case.kind])}: {told(case.message)}"
    else:
        sign = theme.DECISION_SIGNS.get(case.decision, "")
        why = f"{sign} {told(words_for(case.decision, case.finding, case.weight))}"
    return f"{wait}; {why}" if is_overdue else why


def _batch_texts(case: ListedCase) -> Sequence[str]:
    sign = theme.DECISION_SIGNS.get(case.decision, "")
    return (
        tr(OUTCOMES[case.kind]),
        case.case,
        case.patient_id,
        f"{sign} {tr(case.decision)}" if case.decision else "",
        tr(as_title(case.finding)) if case.finding else "",
        f"{case.weight:.2f}" if case.finding else "",
        f"{case.seconds:.1f}" if case.seconds else "",
        tr(STATES[case.read_state]) if case.kind != "pending" else "",
        told(case.message),
    )


def _worklist_texts(entry: Entry | None, case: ListedCase) -> Sequence[str]:
    is_unread = entry is not None and case.read_state == "unread"
    waited_s = time.time() - entry.since if entry is not None else 0.0
    return (
        place_words(case, told(words_of_wait(waited_s)), is_overdue=entry is not None and entry.is_overdue),
        case.case,
        case.patient_id,
        told(words_of_time(waited_s)) if is_unread else "",
        tr(STATES[case.read_state]),
        case.assigned_to,
    )


def _batch_tint(case: ListedCase, column: int) -> QColor | None:
    if column == BATCH_STATE and case.kind in TROUBLE:
        return theme.color(theme.WARNING)
    return _decision_color(case) if column == BATCH_DECISION else None


def _worklist_tint(case: ListedCase, column: int) -> QColor | None:
    if column != 0:
        return None
    return theme.color(theme.WARNING) if case.kind in TROUBLE else _decision_color(case)


def _decision_color(case: ListedCase) -> QColor | None:
    return theme.color(theme.DECISION_COLORS[case.decision]) if case.decision else None


def _tip(case: ListedCase) -> str:
    return plain_tip("\n".join(part for part in (case.case, told(case.message)) if part))

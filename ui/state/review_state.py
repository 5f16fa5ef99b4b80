"""The reader's reviews of the session: what is in force, what is being asked, and undo by study."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

from medmm.core.prediction import CaseResult, FindingScore
from medmm.core.review import (
    NO_LOG,
    Call,
    Review,
    ReviewCount,
    ReviewLog,
    Signature,
    count_reviews,
    first_reads,
    review_document,
    reviews_of,
    signature_of,
)
from medmm.workflow.reviews import make_first_reads, make_review, make_signature
from ui.language import tr
from ui.state.case_state import CaseState, by_urgency
from ui.state.hidden_reads import HiddenReads

Change = Callable[..., None]
OPPOSITE = {"positive": Call.ABSENT, "negative": Call.PRESENT}


@dataclass(frozen=True)
class Asking:
    """What a verdict still lacks. call: None where it is to be chosen; is_change: words are needed."""

    finding: str
    call: Call | None
    is_change: bool = False


class ReviewState(QObject):
    """Reviews belong to a case's study or files; panels ask for those of the result shown.

    changed: something to show is different; edited: a case is to be saved; asking_changed: a reason is wanted or was
    given. stack_of: gives the undo of a study.
    """

    changed = Signal()
    edited = Signal(str)
    asking_changed = Signal()

    def __init__(self, cases: CaseState, stack_of: Callable[[str], QUndoStack], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases, self._stack_of = cases, stack_of
        self._logs: dict[str, ReviewLog] = {}
        self._known: dict[str, set[str]] = {}
        self.hidden = HiddenReads(cases, self)
        self._asking: Asking | None = None
        self.reader = ""
        for signal in (cases.current_changed, cases.case_changed, cases.result_changed, cases.finding_changed):
            signal.connect(self._on_moved)
        for other in (cases.status_changed, self.hidden.changed):
            other.connect(self.changed)

    @property
    def document(self) -> str:
        """What the reviews of the patient shown are kept under, empty where it has no result yet."""
        result, case = self._result, self._cases.case
        return review_document(result.study_uid, result.inputs or (case.inputs if case else ())) if result else ""

    @property
    def asking(self) -> Asking | None:
        """What the reader is asked for, if anything."""
        return self._asking

    @property
    def in_force(self) -> dict[str, Review]:
        """The review in force of each finding of the result shown."""
        result = self._cases.result
        return reviews_of(result, self.log(self.document).reviews) if result else {}

    @property
    def first_reads(self) -> dict[str, Review]:
        """What was said before the values of the result shown were seen."""
        result = self._cases.result
        return first_reads(result, self.log(self.document).reviews) if result else {}

    @property
    def count(self) -> ReviewCount | None:
        """How far the result shown has been reviewed."""
        result = self._cases.result
        return count_reviews(result, self.log(self.document).reviews) if result else None

    @property
    def signature(self) -> Signature | None:
        """The signature in force under the result shown."""
        result = self._cases.result
        return signature_of(result, self.log(self.document)) if result else None

    @property
    def is_ready(self) -> bool:
        """Tell whether the selected finding can be judged now; a former result that is being replaced cannot."""
        patient = self._cases.current
        return self._cases.finding is not None and patient is not None and not patient.is_previous

    def log(self, document: str) -> ReviewLog:
        """Give everything that was said and signed of a case."""
        return self._logs.get(document, NO_LOG)

    def known_ids(self, document: str) -> frozenset[str]:
        """Give every id of a case that this session has seen, those taken back included."""
        return frozenset(self._known.get(document, set()))

    def load(self, document: str, log: ReviewLog) -> None:
        """Take in what is kept of a case; what is known already stays as it is, and nothing is to be undone.

        A result that the reader has judged in an earlier session is not hidden from him again.
        """
        known, own = self._known.setdefault(document, set()), self.log(document)
        reviews = tuple(one for one in log.reviews if one.id not in known)
        signatures = tuple(one for one in log.signatures if one.id not in known)
        known.update(one.id for one in (*reviews, *signatures))
        self._logs[document] = ReviewLog((*reviews, *own.reviews), (*signatures, *own.signatures))
        hidden = self.hidden.result
        n_read = len(reviews_of(hidden, self._logs[document].reviews)) if hidden is not None else 0
        if hidden is not None and n_read == len(hidden.findings) and document == self.document:
            self._cases.reveal(self._cases.key, has_read=True)
        self.changed.emit()

    def accept(self) -> None:
        """Agree with the model on the selected finding and go on to the next without a verdict."""
        if self.is_ready and self._cases.finding is not None:
            self._say(self._cases.finding, Call(self._cases.finding.decision), tr("accept {finding}"))

    def ask_rejection(self) -> None:
        """Overrule the model on the selected finding, once the reason is given or left empty."""
        finding = self._cases.finding
        if self.is_ready and finding is not None:
            self._ask(Asking(finding.name, OPPOSITE.get(finding.decision)))

    def ask_change(self) -> None:
        """Say something else about the selected finding than the model could, in words."""
        if self.is_ready and self._cases.finding is not None:
            self._ask(Asking(self._cases.finding.name, None, is_change=True))

    def say(self, call: Call) -> None:
        """Say what the reader sees: of a hidden finding, or of the selected one; overruling asks for the reason."""
        finding = self._cases.finding
        if self.hidden.result is not None:
            self.hidden.say(call)
            self.next_open()
        elif self.is_ready and finding is not None:
            if call is Call.NO_OPINION or call.value == finding.decision:
                words = tr("no opinion on {finding}") if call is Call.NO_OPINION else tr("accept {finding}")
                self._say(finding, call, words)
            else:
                self._ask(Asking(finding.name, call))

    def answer(self, call: Call, words: str) -> None:
        """Give what was asked for."""
        asking, finding = self._asking, self._cases.finding
        if asking is None or finding is None or finding.name != asking.finding:
            return
        text = tr("change {finding}") if asking.is_change else tr("reject {finding}")
        self._say(finding, call, text, words=words, is_modified=asking.is_change)
        self._ask(None)

    def stop_asking(self) -> None:
        """Leave the finding as it was."""
        self._ask(None)

    def commit(self) -> None:
        """Keep what was said of the hidden findings for good, then show what the model says."""
        result, document = self.hidden.result, self.document
        if not self.hidden.is_complete or result is None or not document:
            return
        reads = make_first_reads(result, self.hidden.calls, reader=self.reader)
        self.hidden.forget()
        # On no undo stack: who has seen the values cannot take back what he said before.
        self._add(document, *reads)
        self._cases.reveal(self._cases.key, has_read=True)

    def step(self, by: int) -> None:
        """Go to the next or the previous finding in the order of the rows."""
        order = self._order()
        if order:
            here = order.index(self._here) if self._here in order else -1
            self._go(order[(here + by) % len(order)])

    def next_open(self) -> None:
        """Go on to the next finding without a verdict, round at the end; stay where there is none."""
        order, done = self._order(), self.hidden.calls or self.in_force
        here = order.index(self._here) + 1 if self._here in order else 0
        found = next((name for name in (*order[here:], *order[:here]) if name not in done), None)
        if found is not None:
            self._go(found)

    def sign(self) -> None:
        """Sign the reviews in force of the result shown; another review afterwards makes it a draft again."""
        result, document = self._cases.result, self.document
        if result is not None and document and self.in_force and self.signature is None:
            signed = make_signature(result, self.log(document).reviews, reader=self.reader)
            log = self.log(document)
            self._known.setdefault(document, set()).add(signed.id)
            self._logs[document] = replace(log, signatures=(*log.signatures, signed))
            self.changed.emit()
            self.edited.emit(document)

    @property
    def _result(self) -> CaseResult | None:
        return self._cases.current.result if self._cases.current else None

    @property
    def _here(self) -> str:
        return self.hidden.name or (self._cases.finding.name if self._cases.finding else "")

    def _order(self) -> list[str]:
        result = self._cases.result
        return self.hidden.names or [one.name for one in by_urgency(result.findings if result else ())]

    def _go(self, name: str) -> None:
        if self.hidden.result is not None:
            self.hidden.move(name)
        else:
            self._cases.select_finding(name)

    def _say(self, finding: FindingScore, call: Call, text: str, *, words: str = "", is_modified: bool = False) -> None:
        result, document = self._cases.result, self.document
        if result is None or not document:
            return
        review = make_review(result, finding, call, reader=self.reader, words=words, is_modified=is_modified)
        said = _Said((self._add, self._take_back), document, review)
        said.setText(text.format(finding=tr(finding.title)))
        self._stack_of(document).push(said)
        self.next_open()

    def _ask(self, asking: Asking | None) -> None:
        if asking != self._asking:
            self._asking = asking
            self.asking_changed.emit()

    def _add(self, document: str, *reviews: Review) -> None:
        log = self.log(document)
        self._known.setdefault(document, set()).update(review.id for review in reviews)
        self._logs[document] = replace(log, reviews=(*log.reviews, *reviews))
        self.changed.emit()
        self.edited.emit(document)

    def _take_back(self, document: str, review: Review) -> None:
        log = self.log(document)
        self._logs[document] = replace(log, reviews=tuple(one for one in log.reviews if one.id != review.id))
        if document == self.document:
            self._cases.select_finding(review.finding)
        self.changed.emit()
        self.edited.emit(document)

    def _on_moved(self) -> None:
        finding = self._cases.finding
        if self._asking is not None and (finding is None or finding.name != self._asking.finding):
            self._ask(None)
        self.changed.emit()


class _Said(QUndoCommand):
    def __init__(self, change: tuple[Change, Change], document: str, review: Review) -> None:
        super().__init__()
        self._change, self._document, self._review = change, document, review

    @override
    def redo(self) -> None:
        self._change[0](self._document, self._review)

    @override
    def undo(self) -> None:
        self._change[1](self._document, self._review)

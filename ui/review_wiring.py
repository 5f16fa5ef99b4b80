"""Join the reader's review to the window: actions, the files that keep it, and the statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medmm.core.review import Call
from medmm.workflow.reviews import SavedReviews, load_reviews, save_reviews
from ui.commands import Session
from ui.dialogs.agreement import AgreementDialog
from ui.dialogs.reader_name import ReaderNameDialog
from ui.language import tr
from ui.messages import to_problem
from ui.study_writer import StudyWriter, Write
from ui.tasks import Handlers, Job

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SAVE_TOPIC, LOAD_TOPIC = "save reviews", "load reviews"
ON_SHOWN = ("accept_finding", "reject_finding", "change_finding")
ON_ANY = ("say_present", "say_absent", "say_unsure", "no_opinion", "next_open", "next_finding", "previous_finding")


class ReviewWiring(QObject):
    """Keeps the actions enabled exactly while there is something to judge."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session, self._reviews = window, session, session.reviews
        self._asked: set[str] = set()
        title = tr("Saving the reviews")
        self._writer = StudyWriter(self._prepare, title, topic=SAVE_TOPIC, notices=session.notices, tasks=session.tasks)
        self._writer.setParent(self)
        self._bind()
        self._reviews.edited.connect(self._writer.note)
        for signal in (self._reviews.changed, self._reviews.asking_changed):
            signal.connect(self._refresh)
        for signal in (session.cases.current_changed, session.cases.case_changed, session.cases.result_changed):
            signal.connect(self._load)
        self._load()
        self._refresh()

    def finish(self) -> None:
        """Write what is not saved yet."""
        self._writer.flush()

    def _bind(self) -> None:
        reviews = self._reviews
        self._window.actions_table.bind(
            {
                "accept_finding": reviews.accept,
                "reject_finding": reviews.ask_rejection,
                "change_finding": reviews.ask_change,
                "say_present": lambda: reviews.say(Call.PRESENT),
                "say_absent": lambda: reviews.say(Call.ABSENT),
                "say_unsure": lambda: reviews.say(Call.UNSURE),
                "no_opinion": lambda: reviews.say(Call.NO_OPINION),
                "next_open": reviews.next_open,
                "next_finding": lambda: reviews.step(1),
                "previous_finding": lambda: reviews.step(-1),
                "show_ai": reviews.commit,
                "sign": self._sign,
                "agreement": self._show_agreement,
            }
        )

    def _sign(self) -> None:
        if not self._reviews.reader.strip():
            dialog = ReaderNameDialog(self._window)
            if not dialog.exec():
                return
            self._session.settings.change(reader_name=dialog.name)
        self._reviews.sign()

    def _refresh(self) -> None:
        reviews, actions = self._reviews, self._window.actions_table
        is_hidden = reviews.hidden.result is not None
        is_free = reviews.asking is None
        for name in ON_SHOWN:
            actions[name].setEnabled(reviews.is_ready and is_free)
        for name in ON_ANY:
            actions[name].setEnabled((is_hidden or reviews.is_ready) and is_free)
        actions["show_ai"].setEnabled(reviews.hidden.is_complete)
        actions["sign"].setEnabled(reviews.is_ready and bool(reviews.in_force) and reviews.signature is None)

    def _load(self) -> None:
        document = self._reviews.document
        if not document or document in self._asked:
            return
        self._asked.add(document)
        handlers = Handlers(
            done=self._on_loaded,
            failed=lambda problem: (self._asked.discard(document), self._session.notices.complain(problem)),
            cancelled=lambda: self._asked.discard(document),
        )
        job = Job(document, LOAD_TOPIC, tr("Reading the reviews"), handlers)
        self._session.tasks.run(job, lambda progress, cancel: load_reviews(document))

    def _on_loaded(self, saved: SavedReviews) -> None:
        self._reviews.load(saved.document, saved.log)
        if saved.trouble is not None:
            self._session.notices.complain(to_problem(saved.trouble))

    def _prepare(self, document: str) -> Write:
        log, known = self._reviews.log(document), self._reviews.known_ids(document)
        return lambda cancel: save_reviews(document, log, known=known, cancel=cancel)

    def _show_agreement(self) -> None:
        # What was said a moment ago counts as well.
        self._writer.save_now()
        AgreementDialog(self._session.tasks, self._session.notices, self._window).open()

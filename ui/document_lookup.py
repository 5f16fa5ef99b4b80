"""Open the documents of a patient: read in the background, shown in the place of the images."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from medmm.core.document import Document, DocumentKind
from medmm.core.image_places import ImagePlace, Places, place_of_reference
from medmm.workflow.documents import PdfReader, open_report, save_pdf
from ui.commands import VIEW_KEY, Session
from ui.image_jump import ImageJump
from ui.language import tr
from ui.panels.document_list import DocumentList
from ui.panels.document_page import DocumentPage
from ui.presentations import Presentations
from ui.state.document_state import DocumentState
from ui.tasks import Handlers, Job

if TYPE_CHECKING:
    from ui.main_window import MainWindow

TOPIC = "document"


class DocumentLookup(QObject):
    """Reads what is opened, draws the pages that are wanted, goes to the images that are named."""

    def __init__(
        self, window: MainWindow, session: Session, jump: ImageJump, open_header: Callable[[Path], None]
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._jump = window, session, jump
        self._state = DocumentState(self)
        self._reader: PdfReader | None = None
        self.list = DocumentList(session.cases, window)
        self.page = DocumentPage(self._state, window)
        # A child that is in no layout yet would be seen in the window's corner.
        self.page.hide()
        self._open_header = open_header
        self._presentations = Presentations(session, self)
        self.list.document_wanted.connect(self.open)
        self.page.back_wanted.connect(self.close)
        self.page.pdf.page_wanted.connect(self._draw)
        self.page.report.image_wanted.connect(self._go_to)
        self.page.bar.header_wanted.connect(self._show_header)
        self.page.bar.save_wanted.connect(self._ask_target)
        for signal in (session.cases.current_changed, session.cases.case_changed, session.cases.series_selected):
            signal.connect(self.close)
        for signal in (session.cases.current_changed, session.cases.case_changed):
            signal.connect(self._open_first)

    @property
    def state(self) -> DocumentState:
        """What is open."""
        return self._state

    def open(self, document: Document) -> None:
        """Open a document in the place of the images; a presentation state is put on the image that it is about."""
        places = self._jump.places()
        if document.kind is DocumentKind.PRESENTATION:
            self._present(document, places)
            return
        self._stop_reading()
        self._state.open(document, places)
        self._window.show_page(self.page)
        if document.kind is DocumentKind.PDF:
            self._reader = PdfReader(document.path)
            self.page.pdf.ask_anew()
        else:
            handlers = Handlers(done=self._state.set_report, failed=self._state.set_problem)
            job = Job(VIEW_KEY, TOPIC, tr("Reading a document"), handlers)
            self._session.tasks.run(job, lambda progress, cancel: open_report(document.path))

    def _present(self, document: Document, places: Places) -> None:
        found = (place_of_reference(places, reference) for reference in document.references)
        place = next((place for place in found if place is not None), None)
        if place is None:
            self._open_header(document.path)
        else:
            self.close()
            self._jump.go(place, lambda: self._presentations.choose(self._window.view, document))

    def _open_first(self) -> None:
        """Show what there is of a patient without images: whoever opens a report by itself wants to read it."""
        case = self._session.cases.case
        if case is not None and not case.series and self.list.documents:
            self.open(self.list.documents[0])

    def close(self) -> None:
        """Go back to the images."""
        self._stop_reading()
        if self._state.document is not None:
            self._state.open(None)
            self._window.show_page(None)

    def _draw(self, number: int, dots_per_inch: float) -> None:
        reader = self._reader
        if reader is None:
            return
        handlers = Handlers(done=self._state.set_page, failed=self._state.set_problem)
        job = Job(VIEW_KEY, TOPIC, tr("Drawing a page"), handlers)
        self._session.tasks.run(job, lambda progress, cancel: reader.page(number, dots_per_inch))

    def _go_to(self, place: ImagePlace) -> None:
        self.close()
        self._jump.go(place)

    def _show_header(self) -> None:
        if self._state.document is not None:
            self._open_header(self._state.document.path)

    def _ask_target(self) -> None:
        document = self._state.document
        if document is None:
            return
        # Never the title: it may name the patient, and files travel.
        name, _ = QFileDialog.getSaveFileName(self.page, tr("Save the PDF"), "document.pdf", "PDF (*.pdf)")
        if name:
            self._save(document.path, Path(name).with_suffix(".pdf"))

    def _save(self, path: Path, target: Path) -> None:
        notices = self._session.notices
        handlers = Handlers(
            done=lambda written: notices.tell(tr("The PDF was saved."), hint=str(written), file=written),
            failed=notices.complain,
        )
        job = Job(VIEW_KEY, "save document", tr("Saving a document"), handlers)
        self._session.tasks.run(job, lambda progress, cancel: save_pdf(path, target))

    def _stop_reading(self) -> None:
        self._session.tasks.cancel(VIEW_KEY, TOPIC)
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

"""Which document is open and what it holds: a report's tree, or a page of a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medmm.core.document import Document
from medmm.core.image_places import Places
from medmm.imaging.structured_report import StructuredReport
from ui.messages import Problem

if TYPE_CHECKING:
    from medmm.imaging.pdf_pages import PdfPage

MIN_ZOOM, MAX_ZOOM, ZOOM_STEP = 0.25, 8.0, 1.25


class DocumentState(QObject):
    """One document at a time.

    opened: another document, or none; changed: its content or what is in its way has come; view_changed: another page
    or another zoom is wanted. zoom is 1 when a page fits its view.
    """

    opened = Signal()
    changed = Signal()
    view_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._report: StructuredReport | None = None
        self._page: PdfPage | None = None
        self._problem: Problem | None = None
        self._page_number = 0
        self._zoom = 1.0
        self._places: Places = {}

    @property
    def document(self) -> Document | None:
        """The document that is open."""
        return self._document

    @property
    def places(self) -> Places:
        """The slices that were open with the document, which it may name."""
        return self._places

    @property
    def report(self) -> StructuredReport | None:
        """The report, once it is read."""
        return self._report

    @property
    def page(self) -> PdfPage | None:
        """The page that was drawn last; it may be another than the one wanted."""
        return self._page

    @property
    def problem(self) -> Problem | None:
        """What is in the way."""
        return self._problem

    @property
    def page_number(self) -> int:
        """The page wanted, from 0."""
        return self._page_number

    @property
    def n_pages(self) -> int:
        """Count the pages; 0 until the first one is drawn."""
        return self._page.n_pages if self._page else 0

    @property
    def zoom(self) -> float:
        """Magnification against a page that fits its view."""
        return self._zoom

    def open(self, document: Document | None, places: Places | None = None) -> None:
        """Open another document; its content comes later. None closes it."""
        self._places = places or {}
        self._document, self._report, self._page, self._problem = document, None, None, None
        self._page_number, self._zoom = 0, 1.0
        self.opened.emit()
        self.changed.emit()

    def set_report(self, report: StructuredReport) -> None:
        """Take in the report that was read."""
        self._report, self._problem = report, None
        self.changed.emit()

    def set_page(self, page: PdfPage) -> None:
        """Take in a page that was drawn."""
        self._page, self._problem = page, None
        self.changed.emit()

    def set_problem(self, problem: Problem) -> None:
        """Say what is in the way."""
        self._problem = problem
        self.changed.emit()

    def turn_to(self, number: int) -> None:
        """Want another page; the number is kept within the document."""
        number = min(max(number, 0), max(self.n_pages - 1, 0))
        if number != self._page_number:
            self._page_number = number
            self.view_changed.emit()

    def set_zoom(self, zoom: float) -> None:
        """Want another magnification."""
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        if zoom != self._zoom:
            self._zoom = zoom
            self.view_changed.emit()

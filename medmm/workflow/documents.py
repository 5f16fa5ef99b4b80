"""Open what belongs to a patient but is no image: a report as a tree, a PDF page by page."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from medmm.core.progress import CancelToken

if TYPE_CHECKING:
    from medmm.imaging.pdf_pages import PdfPage
    from medmm.imaging.structured_report import StructuredReport


def open_report(path: Path) -> StructuredReport:
    """Read a structured report or a key object selection.

    Raises UnreadableFile when the file is gone or damaged.
    """
    from medmm.imaging.structured_report import read_report

    return read_report(path)


def save_pdf(path: Path, target: Path) -> Path:
    """Write the PDF inside an object to a file of the user's choice, byte for byte.

    Raises UnreadableFile when it is damaged, StorageError when the target cannot be written.
    """
    from medmm.imaging.encapsulated_pdf import read_pdf
    from medmm.storage.atomic import write_bytes

    write_bytes(target, read_pdf(path).content)
    return target


class PdfReader:
    """Draws the pages of one document in a child process; used from several threads, closed with the document."""

    def __init__(self, path: Path) -> None:
        from medmm.imaging.isolation import DecoderProcess
        from medmm.imaging.pdf_pages import draw_page

        self._path = path
        self._cancel = CancelToken()
        self._child = DecoderProcess(work=draw_page, cancel=self._cancel)
        self._lock = threading.Lock()

    def page(self, number: int, dots_per_inch: float) -> PdfPage:
        """Draw a page, counted from 0.

        Raises UnreadableFile when the document is damaged, protected or takes too long, Cancelled once it is closed.
        """
        from medmm.imaging.pdf_pages import PageRequest

        with self._lock:
            self._cancel.raise_if_set()
            page: PdfPage = self._child.ask(PageRequest(self._path, number, dots_per_inch), self._path)
            if self._cancel.is_set:
                self._child.close()
        return page

    def close(self) -> None:
        """End the child without waiting: whoever draws a page at this moment ends it instead."""
        self._cancel.set()
        if self._lock.acquire(blocking=False):
            try:
                self._child.close()
            finally:
                self._lock.release()

"""Presentation states of the image shown: offered by their titles, read in the background, taken back with None."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from medmm.core.document import Document, DocumentKind
from medmm.core.image import MedicalImage
from medmm.core.presentation import PresentationState, place_slices, slices_within
from medmm.workflow.presentations import read_state
from ui.commands import Session
from ui.language import tr
from ui.state.presented import with_presentation
from ui.state.time_words import written_words
from ui.state.view_state import ViewState
from ui.tasks import Handlers, Job

TOPIC = "presentation"


class Presentations(QObject):
    """Offers the states that refer to an image and shows a view as the chosen one says."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def offered(self, image: MedicalImage | None) -> tuple[Document, ...]:
        """List the presentation states of the case that refer to one of the image's slices, oldest first."""
        case = self._session.cases.case
        if case is None or image is None:
            return ()
        states = (document for document in case.documents if document.kind is DocumentKind.PRESENTATION)
        found = [state for state in states if _refers_to(state, image)]
        return tuple(sorted(found, key=lambda state: state.written))

    def choose(self, view: ViewState, document: Document | None) -> None:
        """Show a view as a state says; None goes back to the file's own windows and layers."""
        if document is None:
            view.show(with_presentation(view.shown, None))
            return
        image = view.image
        handlers = Handlers(done=lambda state: self._on_read(view, image, state), failed=self._session.notices.complain)
        job = Job(self._session.cases.key, TOPIC, tr("Reading a presentation state"), handlers)
        self._session.tasks.run(job, lambda progress, cancel: read_state(document))

    def _on_read(self, view: ViewState, image: MedicalImage | None, state: PresentationState) -> None:
        # Another image may have come into the view while the file was read.
        if image is not None and view.image is image:
            view.show(with_presentation(view.shown, state))

    def fill(self, menu: QMenu, view: ViewState) -> None:
        """Put the states into a menu, the one in force marked; without any it says so."""
        offered = self.offered(view.image)
        if not offered:
            _add(menu, tr("No presentation state refers to this image")).setEnabled(False)
            return
        group = QActionGroup(menu)
        in_force = view.shown.presented.state.uid if view.shown.presented else ""
        for document in (None, *offered):
            action = _add(menu, tr("None: as the file says") if document is None else _title(document))
            action.setToolTip(tr("Show the image as this state says; None goes back"))
            action.setCheckable(True)
            action.setChecked(in_force == (document.sop_instance_uid if document else ""))
            action.setActionGroup(group)
            action.triggered.connect(lambda _checked=False, document=document: self.choose(view, document))

    def extend(self, menu: QMenu, view: ViewState) -> None:
        """Add a submenu of the states to a menu of the image, where there are any."""
        if self.offered(view.image):
            self.fill(menu.addMenu(tr("Presentation states")), view)

    def open_menu(self, canvas: QWidget, view: ViewState) -> None:
        """Open the states as a menu of their own over a viewport; it is deleted when it closes."""
        menu = QMenu(canvas)
        menu.setAccessibleName(tr("Presentation states"))
        menu.setToolTipsVisible(True)
        self.fill(menu, view)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(canvas.mapToGlobal(QPoint(canvas.width() // 3, canvas.height() // 3)))


def _refers_to(document: Document, image: MedicalImage) -> bool:
    return bool(document.references) and bool(slices_within(document.references, place_slices(image)))


def _title(document: Document) -> str:
    named = document.title or tr("without a name")
    return f"{named}   {written_words(document.written[:10])}".rstrip()


def _add(menu: QMenu, title: str) -> QAction:
    # An ampersand in a file's text must stay one.
    return menu.addAction(title.replace("&", "&&").replace("\t", " "))

"""Mark key images, show their stars, list them, keep them with their study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medmm.core.measurement import SlicePlace
from medmm.workflow.key_images import SavedKeyImages, load_key_images, save_key_images
from ui.commands import Session
from ui.image_jump import ImageJump
from ui.language import tr
from ui.messages import to_problem
from ui.panels.key_image_list import KeyImageList
from ui.state.key_rows import key_rows, mark_words, star_counts
from ui.state.view_state import ViewState
from ui.study_writer import StudyWriter, Write
from ui.tasks import Handlers, Job
from ui.viewer.canvas import ImageCanvas

if TYPE_CHECKING:
    from ui.main_window import MainWindow

TOPIC = "key images"


class KeyImageLookup(QObject):
    """Joins the marks to the canvases, the list, the browser and the files."""

    def __init__(self, window: MainWindow, session: Session, jump: ImageJump) -> None:
        super().__init__(window)
        self._window, self._session, self._jump = window, session, jump
        self._marks, self._cases = session.key_images, session.cases
        self.list = KeyImageList(window)
        notices, tasks = session.notices, session.tasks
        title = tr("Saving the key images")
        self._writer = StudyWriter(self._prepare, title, topic=TOPIC, notices=notices, tasks=tasks)
        self._writer.setParent(self)
        self._connect()
        self._on_patient_changed()

    def _connect(self) -> None:
        marks, cases, window = self._marks, self._cases, self._window
        window.actions_table.bind({"key_image": self.toggle, "next_key_image": self.go_on})
        self.list.place_wanted.connect(self._jump.go)
        marks.edited.connect(self._writer.note)
        marks.changed.connect(self._refresh)
        for signal in (cases.current_changed, cases.case_changed):
            signal.connect(self._on_patient_changed)
        cases.image_changed.connect(self._load)
        for grid in (window.grid, window.second_window.grid):
            grid.canvas_made.connect(self._on_canvas_made)
            for canvas in grid.canvases:
                self._on_canvas_made(canvas)
        window.viewports.active_changed.connect(self._refresh_actions)
        self._refresh_canvases()

    def finish(self) -> None:
        """Write what is not saved yet."""
        self._writer.flush()

    def toggle(self) -> None:
        """Mark the slice shown, or take its mark back."""
        place = self._place(self._window.view)
        if place is not None:
            self._marks.toggle(place, self._session.desk.state.stack_of(place.document))

    def go_on(self) -> None:
        """Go to the next key image in the order of the list, round at its end."""
        open_rows = [row.place for row in self.list.rows if row.place is not None]
        if open_rows:
            here = self._place(self._window.view)
            keys = [(place.sop_instance_uid, place.frame) for place in open_rows]
            at = keys.index(here.key) if here is not None and here.key in keys else -1
            self._jump.go(open_rows[(at + 1) % len(open_rows)])

    def _on_canvas_made(self, canvas: ImageCanvas) -> None:
        # Views outlive a window: bound methods are let go with it, a lambda would not be.
        canvas.view_state.slice_changed.connect(self._refresh_canvases)
        canvas.view_state.image_changed.connect(self._refresh_canvases)
        self._refresh_canvases()

    def _refresh_canvases(self) -> None:
        for grid in (self._window.grid, self._window.second_window.grid):
            for canvas in grid.canvases:
                place = self._place(canvas.view_state)
                canvas.set_key_line(mark_words(self._marks.titles(place)) if place is not None else "")
        self._refresh_actions()

    def _place(self, view: ViewState) -> SlicePlace | None:
        is_slice = view.image is not None and view.slice_index < view.image.n_slices
        return self._session.desk.readouts.place(view.image, view.slice_index) if is_slice and view.image else None

    def _refresh_actions(self) -> None:
        place, actions = self._place(self._window.view), self._window.actions_table
        actions["key_image"].setEnabled(place is not None)
        actions["key_image"].setChecked(place is not None and self._marks.is_own(place))
        actions["next_key_image"].setEnabled(any(row.place is not None for row in self.list.rows))

    def _refresh(self) -> None:
        patient = self._cases.current
        series = patient.series if patient else ()
        self.list.show_rows(key_rows(self._marks.listed(self._documents()), self._jump.places(), series))
        self._window.browser.list.show_stars(star_counts(self.list.rows))
        self._refresh_canvases()

    def _documents(self) -> tuple[str, ...]:
        """Name the studies of the patient shown, and pictures that belong to none, which stand for themselves."""
        patient = self._cases.current
        found = []
        for one in patient.series if patient else ():
            image = None if one.header.study_uid else self._cases.pixels.image(one.key)
            found.append(
                one.header.study_uid or (self._session.desk.readouts.place(image, 0).document if image else "")
            )
        return tuple(dict.fromkeys(document for document in found if document))

    def _on_patient_changed(self) -> None:
        case = self._cases.case
        self._marks.show_selections(case.documents if case else ())
        self._load()

    def _load(self) -> None:
        documents = self._documents()
        if documents:
            handlers = Handlers(done=self._on_loaded, failed=self._session.notices.complain)
            job = Job(self._cases.key, TOPIC, tr("Reading the key images"), handlers)
            self._session.tasks.run(job, lambda progress, cancel: load_key_images(documents))

    def _on_loaded(self, saved: SavedKeyImages) -> None:
        self._marks.load(saved.places)
        if saved.trouble is not None:
            self._session.notices.complain(to_problem(saved.trouble))

    def _prepare(self, document: str) -> Write:
        places, known = self._marks.own_in([document]), self._marks.known_keys(document)
        return lambda cancel: save_key_images(document, places, known=known, cancel=cancel)

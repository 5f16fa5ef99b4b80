"""Go to a slice that something names; its series is read first where it is not in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medmm.core.image import SeriesSummary
from medmm.core.image_places import ImagePlace, find_places, slice_of
from ui.commands import Session

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def _stay() -> None:
    """Do nothing more once the slice is shown."""


class ImageJump(QObject):
    """One jump at a time: a newer one replaces one that still waits for its pixels."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._layout, self._cases, self._desk = window.viewports, session.cases, session.desk
        cases = session.cases
        self._indexed: tuple[SeriesSummary, ...] = ()
        self._places: dict[str, tuple[ImagePlace, ...]] = {}
        self._waiting: tuple[ImagePlace, Callable[[], None]] | None = None
        cases.image_changed.connect(self._on_image_changed)
        cases.current_changed.connect(self._forget)

    def places(self) -> dict[str, tuple[ImagePlace, ...]]:
        """Index what is open of the patient shown; a picture without a UID stands for itself once it is read."""
        patient = self._cases.current
        series = patient.series if patient else ()
        if series is not self._indexed:
            self._indexed, self._places = series, find_places(series)
        return {**self._places, **self._pictures(series)}

    def _pictures(self, series: tuple[SeriesSummary, ...]) -> dict[str, tuple[ImagePlace, ...]]:
        nameless = [one for one in series if not any(one.uids)]
        read = [(one.key, image) for one in nameless if (image := self._cases.pixels.image(one.key)) is not None]
        uids = [(key, self._desk.readouts.place(image, 0).sop_instance_uid) for key, image in read]
        return {uid: (ImagePlace(key, uid),) for key, uid in uids}

    def go(self, place: ImagePlace, then: Callable[[], None] = _stay) -> None:
        """Show a slice in the viewport that shows its series, else in the active one; `then` is done once it is."""
        self._waiting = None
        image = self._cases.pixels.image(place.series_key)
        if image is None:
            self._waiting = (place, then)
            self._cases.select_series(place.series_key)
            return
        for index in (self._layout.active_index, *self._layout.shown()):
            if self._layout.views[index].image is image:
                self._layout.activate(index)
                break
        else:
            self._cases.select_series(place.series_key)
        index = slice_of(image, place)
        if index is not None:
            self._layout.active.set_slice(index)
            then()

    def _on_image_changed(self) -> None:
        if self._waiting is None or self._cases.image is None:
            return
        place, then = self._waiting
        if self._cases.series_key == place.series_key:
            self.go(place, then)

    def _forget(self) -> None:
        self._waiting = None

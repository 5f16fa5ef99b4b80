"""The key images of the session: what the reader marked, with undo, and what key object selections name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

from medmm.core.document import Document, DocumentKind
from medmm.core.key_image import KeyImage
from medmm.core.measurement import SlicePlace
from ui.language import mark, tr

KEY_OBJECTS = mark("Key objects")
Key = tuple[str, int]


class KeyImages(QObject):
    """Marks belong to slices: whoever shows a slice asks for those on it.

    changed: a mark came or went, or another patient's selections count; edited: a study is to be saved.
    """

    changed = Signal()
    edited = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own: dict[str, dict[Key, SlicePlace]] = {}
        # Every slice whose mark this session has seen, set or taken back, by study.
        self._known: dict[str, set[Key]] = {}
        self._named: tuple[KeyImage, ...] = ()

    def titles(self, place: SlicePlace) -> tuple[str, ...]:
        """Give what marks a slice: "" for the reader's own mark, then the titles of selections."""
        own = ("",) if self.is_own(place) else ()
        return (*own, *(one.title for one in self._named if _is_of(one.place, place)))

    def is_own(self, place: SlicePlace) -> bool:
        """Tell whether the reader marked a slice."""
        return place.key in self._own.get(place.document, {})

    def own_in(self, documents: Iterable[str]) -> tuple[SlicePlace, ...]:
        """Give the slices that the reader marked in some studies, in the order they were marked."""
        return tuple(place for document in documents for place in self._own.get(document, {}).values())

    def listed(self, documents: Iterable[str]) -> tuple[KeyImage, ...]:
        """Give every mark: the reader's own in some studies, then those of the selections of the patient shown."""
        return (*(KeyImage(place) for place in self.own_in(documents)), *self._named)

    def known_keys(self, document: str) -> frozenset[Key]:
        """Give every slice of a study whose mark this session has seen."""
        return frozenset(self._known.get(document, set()))

    def load(self, places: Sequence[SlicePlace]) -> None:
        """Take in what an earlier session kept; what is known already stays as it is, and nothing is to be undone."""
        new = [place for place in places if place.key not in self._known.get(place.document, set())]
        for place in new:
            self._known.setdefault(place.document, set()).add(place.key)
            self._own.setdefault(place.document, {})[place.key] = place
        if new:
            self.changed.emit()

    def show_selections(self, documents: Sequence[Document]) -> None:
        """Take the key object selections among the documents of the patient shown."""
        self._named = tuple(named for one in documents for named in _named(one))
        self.changed.emit()

    def toggle(self, place: SlicePlace, stack: QUndoStack) -> None:
        """Mark a slice, or take the reader's own mark back; it can be undone on the study's stack."""
        is_marked = self.is_own(place)
        words = tr("unmark a key image") if is_marked else tr("mark a key image")
        stack.push(_Toggle(self._put, place, not is_marked, words))

    def _put(self, place: SlicePlace, is_marked: bool) -> None:
        own = self._own.setdefault(place.document, {})
        self._known.setdefault(place.document, set()).add(place.key)
        if is_marked:
            own[place.key] = place
        else:
            own.pop(place.key, None)
        self.changed.emit()
        self.edited.emit(place.document)


class _Toggle(QUndoCommand):
    def __init__(self, put: Callable[[SlicePlace, bool], None], place: SlicePlace, is_marked: bool, words: str) -> None:
        super().__init__(words)
        self._put, self._place, self._is_marked = put, place, is_marked

    @override
    def redo(self) -> None:
        self._put(self._place, self._is_marked)

    @override
    def undo(self) -> None:
        self._put(self._place, not self._is_marked)


def _named(document: Document) -> Iterator[KeyImage]:
    if document.kind is not DocumentKind.KEY_OBJECTS:
        return
    for reference in document.references:
        # Without frames the whole object is meant: frame -1 (PS3.3 C.18.4).
        for frame in reference.frames or (0,):
            yield KeyImage(SlicePlace(reference.sop_instance_uid, frame - 1), document.title or tr(KEY_OBJECTS))


def _is_of(named: SlicePlace, place: SlicePlace) -> bool:
    return named.sop_instance_uid == place.sop_instance_uid and named.frame in (-1, place.frame)

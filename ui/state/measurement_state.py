"""All measurements of the session: what there is, what is selected, what is being drawn, and undo for each study."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack
from typing_extensions import override

from medmm.core.measurement import Measurement, MeasurementKind, Point, SlicePlace
from ui.language import mark, tr

KIND_TITLES = {
    MeasurementKind.LENGTH: mark("Length"),
    MeasurementKind.ANGLE: mark("Angle"),
    MeasurementKind.COBB: mark("Cobb angle"),
    MeasurementKind.ELLIPSE: mark("Ellipse"),
    MeasurementKind.RECTANGLE: mark("Rectangle"),
    MeasurementKind.FREEHAND: mark("Freehand"),
    MeasurementKind.POINT: mark("Point"),
}
MAX_NAME = 60


@dataclass
class _Study:
    """The measurements of one study, their undo, and every id that was ever seen, in that order."""

    stack: QUndoStack
    items: dict[str, Measurement] = field(default_factory=dict)
    known: dict[str, None] = field(default_factory=dict)

    def ordered(self) -> list[Measurement]:
        """Give the measurements oldest first, one whose deletion was undone at its old place."""
        return [self.items[key] for key in self.known if key in self.items]


class MeasurementState(QObject):
    """Measurements belong to slices, not to viewports: whoever shows a slice asks for those on it.

    changed: something to paint or list is different, while a handle is dragged as well; edited: a study is to be saved;
    selection_changed: another one is selected, or none; jump_wanted: its slice is to be shown.
    """

    changed = Signal()
    edited = Signal(str)
    selection_changed = Signal()
    jump_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studies: dict[str, _Study] = {}
        self._selected = ""
        self._draft: Measurement | None = None
        self._is_hidden = False
        self.undo_group = QUndoGroup(self)

    @property
    def selected(self) -> Measurement | None:
        """The measurement that is selected."""
        found = (study.items.get(self._selected) for study in self._studies.values())
        return next((measurement for measurement in found if measurement is not None), None)

    @property
    def draft(self) -> Measurement | None:
        """The measurement as it is being drawn or dragged now; nothing of it is kept yet."""
        return self._draft

    @property
    def is_hidden(self) -> bool:
        """Tell whether the image is looked at without its measurements."""
        return self._is_hidden

    def on_slice(self, place: SlicePlace) -> tuple[Measurement, ...]:
        """Give the measurements seen on a slice as they look now, the one being drawn last."""
        if self._is_hidden:
            return ()
        kept = [item for item in self.in_studies([place.document]) if item.place.key == place.key]
        if self._draft is not None and self._draft.place.key == place.key:
            kept = [item for item in kept if item.id != self._draft.id] + [self._draft]
        return tuple(kept)

    def in_studies(self, documents: Iterable[str]) -> tuple[Measurement, ...]:
        """Give the measurements of some studies, oldest first, without the one being drawn."""
        studies = [self._studies[document] for document in documents if document in self._studies]
        return tuple(item for study in studies for item in study.ordered())

    def known_ids(self, document: str) -> frozenset[str]:
        """Give every id of a study that this session has seen, deleted ones included."""
        return frozenset(self._study(document).known)

    def load(self, measurements: Sequence[Measurement]) -> None:
        """Take in what an earlier session kept; what is here already stays as it is, and nothing is to be undone."""
        for measurement in measurements:
            study = self._study(measurement.place.document)
            if measurement.id not in study.known:
                study.known[measurement.id] = None
                study.items[measurement.id] = measurement
        self.changed.emit()

    def activate(self, document: str) -> None:
        """Let undo and redo act on a study from now on."""
        self.undo_group.setActiveStack(self._study(document).stack)

    def stack_of(self, document: str) -> QUndoStack:
        """Give the undo of a study, on which undo and redo act from now on; key images are marked on it as well."""
        self.activate(document)
        return self._study(document).stack

    def make(self, kind: MeasurementKind, place: SlicePlace, points: tuple[Point, ...]) -> Measurement:
        """Make a measurement with an id, a name and a colour of its own; it is not added yet."""
        others = self.in_studies([place.document])
        names = {item.name for item in others}
        title = tr(KIND_TITLES[kind])
        number = next(n for n in range(1, len(names) + 2) if f"{title} {n}" not in names)
        return Measurement(uuid.uuid4().hex, kind, place, points, f"{title} {number}", len(others))

    def toggle_hidden(self) -> None:
        """Take all measurements off the images, or bring them back."""
        self._is_hidden = not self._is_hidden
        self.changed.emit()

    def set_draft(self, draft: Measurement | None) -> None:
        """Show a measurement as it is being drawn; None drops it."""
        if draft is not self._draft:
            # Nobody draws what he cannot see.
            self._is_hidden = self._is_hidden and draft is None
            self._draft = draft
            self.changed.emit()

    def add(self, measurement: Measurement) -> None:
        """Keep a new measurement and select it."""
        words = tr("draw {name}").format(name=measurement.name)
        self._push(None, measurement, words)

    def move(self, measurement: Measurement) -> None:
        """Keep the new points of a measurement."""
        before = self._find(measurement)
        if before is not None and before.points != measurement.points:
            self._push(before, measurement, tr("move {name}").format(name=before.name))

    def rename(self, measurement: Measurement, name: str) -> None:
        """Give a measurement another name; an empty one changes nothing."""
        before, name = self._find(measurement), " ".join(name.split())[:MAX_NAME]
        if before is not None and name not in ("", before.name):
            self._push(before, replace(before, name=name), tr("rename {name}").format(name=before.name))

    def remove(self, measurement: Measurement) -> None:
        """Delete a measurement."""
        before = self._find(measurement)
        if before is not None:
            self._push(before, None, tr("delete {name}").format(name=before.name))

    def remove_selected(self) -> None:
        """Delete the measurement that is selected."""
        if self.selected is not None:
            self.remove(self.selected)

    def tell_changed(self) -> None:
        """Say that numbers have come that are worked out in the background."""
        self.changed.emit()

    def select(self, measurement: Measurement | None) -> None:
        """Select a measurement, or none."""
        chosen = measurement.id if measurement is not None else ""
        if chosen != self._selected:
            self._selected = chosen
            self.selection_changed.emit()

    def jump_to(self, measurement: Measurement) -> None:
        """Select a measurement and ask for its slice, where it is seen."""
        if self._is_hidden:
            self.toggle_hidden()
        self.select(measurement)
        self.jump_wanted.emit(measurement)

    def _find(self, measurement: Measurement) -> Measurement | None:
        return self._study(measurement.place.document).items.get(measurement.id)

    def _study(self, document: str) -> _Study:
        if document not in self._studies:
            stack = QUndoStack(self)
            self.undo_group.addStack(stack)
            self._studies[document] = _Study(stack)
        return self._studies[document]

    def _push(self, before: Measurement | None, after: Measurement | None, words: str) -> None:
        some = before or after
        assert some is not None, "a change has a before or an after"
        self._draft = None
        stack = self._study(some.place.document).stack
        self.undo_group.setActiveStack(stack)
        stack.push(_Change(self._put, (before, after), words))

    def _put(self, before: Measurement | None, after: Measurement | None) -> None:
        some = before or after
        assert some is not None, "a change has a before or an after"
        study = self._study(some.place.document)
        if after is None:
            del study.items[some.id]
        else:
            study.items[some.id] = after
        study.known.setdefault(some.id)
        self.select(after)
        self.changed.emit()
        self.edited.emit(some.place.document)


class _Change(QUndoCommand):
    """From one value of a measurement to another; None before is a birth, None after a death."""

    def __init__(
        self,
        put: Callable[[Measurement | None, Measurement | None], None],
        values: tuple[Measurement | None, Measurement | None],
        words: str,
    ) -> None:
        super().__init__(words)
        self._put, self._values = put, values

    @override
    def redo(self) -> None:
        self._put(*self._values)

    @override
    def undo(self) -> None:
        self._put(*reversed(self._values))

"""A row of short labels that takes a second line where the panel is narrow: a word cut in half says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

GAP, LINE_GAP = 16, 4


class FlowingRow(QWidget):
    """Labels side by side, all of them in one line or in lines of two, in columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._labels: tuple[QLabel, ...] = ()

    def show_labels(self, labels: Sequence[QLabel], hidden: Sequence[QLabel] = ()) -> None:
        """Lay out these children of the row, in this order, and hide others."""
        for label in hidden:
            label.hide()
        for label in labels:
            label.show()
        self._labels = tuple(labels)
        self.updateGeometry()
        self._place()

    @override
    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        heights = [max(label.sizeHint().height() for label in line) for line in lines]
        return sum(heights) + LINE_GAP * max(0, len(lines) - 1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width_of(self._labels), self.heightForWidth(self._width_of(self._labels)))

    @override
    def minimumSizeHint(self) -> QSize:
        # As narrow as the panel may be: what does not fit even then was never readable.
        return QSize(0, self.heightForWidth(self.width()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._place()

    def _place(self) -> None:
        lines, top = self._lines(self.width()), 0
        columns = [max(line[at].sizeHint().width() for line in lines if at < len(line)) for at in range(_widest(lines))]
        for line in lines:
            left = 0
            for label, width in zip(line, columns, strict=False):
                label.setGeometry(left, top, width, label.sizeHint().height())
                left += width + GAP
            top += max(label.sizeHint().height() for label in line) + LINE_GAP

    def _lines(self, width: int) -> list[tuple[QLabel, ...]]:
        step = len(self._labels) if self._width_of(self._labels) <= width else 2
        return [self._labels[at : at + step] for at in range(0, len(self._labels), max(step, 1))]

    def _width_of(self, labels: Sequence[QLabel]) -> int:
        return sum(label.sizeHint().width() for label in labels) + GAP * max(0, len(labels) - 1)


def _widest(lines: Sequence[Sequence[QLabel]]) -> int:
    return max((len(line) for line in lines), default=0)

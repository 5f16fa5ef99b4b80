"""The icons of `resources/icons`, drawn in the theme's colours."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from medmm.core.lookup import find_entry
from medmm.core.resources import resource
from ui import theme

_TONES = {
    (QIcon.Mode.Normal, QIcon.State.Off): theme.TEXT,
    (QIcon.Mode.Active, QIcon.State.Off): theme.TEXT,
    (QIcon.Mode.Normal, QIcon.State.On): theme.ACCENT,
    (QIcon.Mode.Active, QIcon.State.On): theme.ACCENT,
    (QIcon.Mode.Disabled, QIcon.State.Off): theme.TEXT_OFF,
    (QIcon.Mode.Disabled, QIcon.State.On): theme.TEXT_OFF,
}


@cache
def _paths() -> dict[str, Path]:
    return {path.stem: path for path in resource("icons").glob("*.svg")}


@cache
def icon_names() -> frozenset[str]:
    """Give the names of all icons; actions that have one bear the same name."""
    return frozenset(_paths())


class ThemeIconEngine(QIconEngine):
    """Draws an icon when it is painted, in the colours of the theme in force then and at the size asked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._svg = _source(name)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = theme.hex_of(_TONES.get((mode, state), theme.TEXT))
        svg = QSvgRenderer(QByteArray(self._svg.replace("currentColor", token).encode()))
        svg.render(painter, QRectF(rect))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    @override
    def clone(self) -> QIconEngine:
        return ThemeIconEngine(self._name)


def icon(name: str) -> QIcon:
    """Give an icon in its normal, chosen and disabled colours; it follows the theme."""
    return QIcon(ThemeIconEngine(name))


@cache
def _source(name: str) -> str:
    return find_entry(_paths(), name, what="icon").read_text(encoding="utf-8")

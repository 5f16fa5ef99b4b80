"""The icons of `resources/icons`, drawn in the theme's colours."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from medmm.core.lookup import find_entry
from medmm.core.resources import resource
from ui import theme

# Twice and three times the size are drawn for dense screens; Qt takes the nearest.
SIDE, DENSITIES = 20, (1, 2, 3)
_TONES = {
    (QIcon.Mode.Normal, QIcon.State.Off): theme.TEXT,
    (QIcon.Mode.Active, QIcon.State.Off): theme.TEXT,
    (QIcon.Mode.Normal, QIcon.State.On): theme.ACCENT,
    (QIcon.Mode.Active, QIcon.State.On): theme.ACCENT,
    (QIcon.Mode.Disabled, QIcon.State.Off): theme.TEXT_OFF,
    (QIcon.Mode.Disabled, QIcon.State.On): theme.TEXT_OFF,
}


@cache
def icon_names() -> frozenset[str]:
    """Give the names of all icons; actions that have one bear the same name."""
    return frozenset(path.stem for path in resource("icons").glob("*.svg"))


def icon(name: str) -> QIcon:
    """Draw an icon in its normal, chosen and disabled colours."""
    made = QIcon()
    for (mode, state), token in _TONES.items():
        for density in DENSITIES:
            made.addPixmap(_draw(name, token, density), mode, state)
    return made


@cache
def _source(name: str) -> str:
    paths = {stem: resource("icons", f"{stem}.svg") for stem in icon_names()}
    return find_entry(paths, name, what="icon").read_text(encoding="utf-8")


def _draw(name: str, token: str, density: int) -> QPixmap:
    svg = QSvgRenderer(QByteArray(_source(name).replace("currentColor", token).encode()))
    pixmap = QPixmap(SIDE * density, SIDE * density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    svg.render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap

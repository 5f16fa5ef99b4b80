"""The look: colour tokens, fonts and spacing of DESIGN.md, resolved in the theme and text size in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from medmm.core.lookup import find_entry
from medmm.core.quality import InputKind
from medmm.core.resources import resource
from ui.palettes import (
    ACCENT,
    CONTROL_LINE,
    GROUND,
    INPUT_AUDIO,
    INPUT_IMAGE,
    INPUT_NOTE,
    INPUT_VITALS,
    LINE,
    MEASURES,
    NEGATIVE,
    ON_IMAGE,
    PANEL,
    PLANE_AXIAL,
    PLANE_CORONAL,
    PLANE_SAGITTAL,
    POSITIVE,
    RAISED,
    SELECTED,
    STOP,
    TEXT,
    TEXT_2,
    TEXT_OFF,
    THEMES,
    UNCERTAIN,
    WARNING,
)
from ui.style import STYLE

__all__ = [
    "ACCENT", "CARD_GAP", "CARD_PADDING", "CJK_FAMILIES", "CONTROL_HEIGHT", "CONTROL_LINE", "DECISION_COLORS",
    "DECISION_SIGNS", "GRID", "GROUND", "INPUT_COLORS", "LINE", "MEASURES", "NEGATIVE", "PANEL",
    "PLANE_AXIAL", "PLANE_CORONAL", "PLANE_SAGITTAL", "POSITIVE", "RAISED",
    "SELECTED", "SIZE_BODY", "SIZE_CORNER", "SIZE_NUMBER", "SIZE_SECOND", "SIZE_SECTION", "STOP", "TEXT", "TEXT_2",
    "TEXT_OFF", "UNCERTAIN", "WARNING", "Look", "active", "apply", "color", "contrast", "dress", "font", "hex_of",
    "image_colors", "palette", "scaled", "stylesheet",
]  # fmt: skip

INPUT_COLORS = {
    InputKind.IMAGE: INPUT_IMAGE,
    InputKind.NOTE: INPUT_NOTE,
    InputKind.VITALS: INPUT_VITALS,
    InputKind.AUDIO: INPUT_AUDIO,
}
DECISION_COLORS = {"positive": POSITIVE, "uncertain": UNCERTAIN, "negative": NEGATIVE}
DECISION_SIGNS = {"positive": "▲", "uncertain": "◐", "negative": "●"}

SIZE_CORNER, SIZE_SECOND, SIZE_BODY, SIZE_SECTION, SIZE_NUMBER = 11, 12, 13, 16, 20
GRID, CARD_PADDING, CARD_GAP, CONTROL_HEIGHT = 4, 12, 8, 28
# Named one by one: Qt's own fallback picks a Japanese cut for Chinese names, or none, on some systems.
CJK_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans", "SimSun")
UI_FAMILIES = ("Inter", "Segoe UI", "SF Pro Text", ".AppleSystemUIFont", "Noto Sans", "DejaVu Sans")
_DRESS = "dress"


@dataclass(frozen=True)
class Look:
    """A theme by name, and the size of text in percent."""

    theme: str = "dark"
    scale_percent: int = 100


_active = Look()
# Only the thread that paints an image takes its colours: a worker draws for the panels at the same time.
_is_on_image: ContextVar[bool] = ContextVar("is_on_image", default=False)


def active() -> Look:
    """Give the look in force."""
    return _active


def apply(app: QApplication, look: Look | None = None) -> None:
    """Put a look on the application, and on every window that is open."""
    global _active
    look = look or Look()
    find_entry(THEMES, look.theme, what="theme")
    _active = look
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(font())
    app.setStyleSheet(stylesheet())
    for widget in app.allWidgets():
        template = widget.property(_DRESS)
        if template:
            widget.setStyleSheet(_fill(Template(template)))
        widget.updateGeometry()
        widget.update()


def hex_of(token: str) -> str:
    """Give a token's colour in the look in force as #RRGGBB; a colour that is written so already stays."""
    if token.startswith("#"):
        return token
    tables = ON_IMAGE if _is_on_image.get() else THEMES
    return find_entry(tables[_active.theme], token, what="colour")


def color(token: str, *, alpha: float = 1.0) -> QColor:
    """Give a token as a colour with alpha from 0 to 1."""
    value = QColor(hex_of(token))
    value.setAlphaF(alpha)
    return value


@contextmanager
def image_colors() -> Iterator[None]:
    """Resolve tokens for what lies on a film, which stays black in every theme."""
    reset = _is_on_image.set(True)
    try:
        yield
    finally:
        _is_on_image.reset(reset)


def dress(widget: QWidget, template: str) -> None:
    """Give one widget a style sheet with tokens as $names, $px12 for a text size; it follows every later look.

    The style sheet of the application outranks palette and font of a widget, so those do not serve.
    """
    if widget.property(_DRESS) != template:
        widget.setProperty(_DRESS, template)
        widget.setStyleSheet(_fill(Template(template)))


def scaled(pixels: float) -> int:
    """Give a length that holds text, in pixels at the text size in force."""
    return round(pixels * _active.scale_percent / 100)


def font(size_px: int = SIZE_BODY, *, is_bold: bool = False) -> QFont:
    """Give the interface font at a size in pixels, with tabular figures and Chinese, Japanese and Korean glyphs."""
    # A copy: whoever gets it may change it.
    return QFont(_font(scaled(size_px), is_bold=is_bold, is_chinese=_is_chinese()))


def palette() -> QPalette:
    """Give the palette of the look in force."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, color(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, color(TEXT_OFF))
    return made


def stylesheet() -> str:
    """Give the application's style sheet with the tokens filled in."""
    return _fill(STYLE)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _fill(template: Template) -> str:
    sizes = {f"px{size}": str(scaled(size)) for size in range(8, 41)}
    named = {
        "body": SIZE_BODY, "second": SIZE_SECOND, "section": SIZE_SECTION, "number": SIZE_NUMBER,
        "height": CONTROL_HEIGHT,
    }  # fmt: skip
    table = THEMES[_active.theme]
    pictures = {
        "style": resource("style").as_posix(),
        "check": "check_white" if contrast(table[ACCENT], "#FFFFFF") >= 4.5 else "check_black",
    }
    return template.substitute(table, **pictures, **sizes, **{name: str(scaled(size)) for name, size in named.items()})


@cache
def _font(pixels: int, *, is_bold: bool, is_chinese: bool) -> QFont:
    # Painters ask for fonts a hundred times a frame, and looking for families takes long.
    chosen = QFont()
    chosen.setFamilies(_families(is_chinese=is_chinese))
    chosen.setPixelSize(pixels)
    chosen.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
    # Tabular figures: numbers must not dance while a window is dragged.
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


def _is_chinese() -> bool:
    return QLocale().language() is QLocale.Language.Chinese


def _families(*, is_chinese: bool) -> list[str]:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    latin_first = [system, *UI_FAMILIES, *CJK_FAMILIES]
    # Heights are taken from the first family: Chinese signs are taller than Latin ones and would be clipped.
    return list(dict.fromkeys([*CJK_FAMILIES, *latin_first] if is_chinese else latin_first))


def _luminance(token: str) -> float:
    value = QColor(hex_of(token))
    red, green, blue = (_linear(part) for part in (value.redF(), value.greenF(), value.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


_ROLES = {
    QPalette.ColorRole.Window: GROUND,
    QPalette.ColorRole.WindowText: TEXT,
    QPalette.ColorRole.Base: PANEL,
    QPalette.ColorRole.AlternateBase: RAISED,
    QPalette.ColorRole.Text: TEXT,
    QPalette.ColorRole.PlaceholderText: TEXT_2,
    QPalette.ColorRole.Button: RAISED,
    QPalette.ColorRole.ButtonText: TEXT,
    QPalette.ColorRole.BrightText: STOP,
    QPalette.ColorRole.ToolTipBase: RAISED,
    QPalette.ColorRole.ToolTipText: TEXT,
    QPalette.ColorRole.Highlight: ACCENT,
    QPalette.ColorRole.HighlightedText: GROUND,
    QPalette.ColorRole.Link: ACCENT,
    QPalette.ColorRole.Mid: LINE,
    QPalette.ColorRole.Dark: GROUND,
}

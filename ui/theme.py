"""The look: colour tokens, fonts and spacing of DESIGN.md, and how they are put on the application."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from medmm.core.quality import InputKind
from ui.style import STYLE

GROUND, PANEL, RAISED, LINE = "#0E1012", "#15181B", "#1D2125", "#2A3036"
# Boundary of a control one can press or type in: 3:1 against the ground (WCAG 2.2, 1.4.11); LINE is for hairlines.
CONTROL_LINE = "#6B757F"
TEXT, TEXT_2, TEXT_OFF = "#E8EAED", "#A3ABB3", "#626B74"
ACCENT = "#5CB8FF"
POSITIVE, UNCERTAIN, NEGATIVE = "#FFB454", "#BBA7F5", "#7FB7A6"
WARNING, STOP = "#F2C94C", "#FF6B6B"
INPUT_COLORS = {
    InputKind.IMAGE: "#5CB8FF",
    InputKind.NOTE: "#F28FB1",
    InputKind.VITALS: "#8BD17C",
    InputKind.AUDIO: "#D9A86C",
}
DECISION_COLORS = {"positive": POSITIVE, "uncertain": UNCERTAIN, "negative": NEGATIVE}
DECISION_SIGNS = {"positive": "▲", "uncertain": "◐", "negative": "●"}

SIZE_CORNER, SIZE_SECOND, SIZE_BODY, SIZE_SECTION, SIZE_NUMBER = 11, 12, 13, 16, 20
GRID, CARD_PADDING, CARD_GAP, CONTROL_HEIGHT = 4, 12, 8, 28
# Named one by one: Qt's own fallback picks a Japanese cut for Chinese names, or none, on some systems.
CJK_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans", "SimSun")
UI_FAMILIES = ("Inter", "Segoe UI", "SF Pro Text", ".AppleSystemUIFont", "Noto Sans", "DejaVu Sans")


def color(token: str, *, alpha: float = 1.0) -> QColor:
    """Give a token as a colour with alpha from 0 to 1."""
    value = QColor(token)
    value.setAlphaF(alpha)
    return value


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def font(size_px: int = SIZE_BODY, *, is_bold: bool = False) -> QFont:
    """Give the interface font at a size in pixels, with tabular figures and Chinese, Japanese and Korean glyphs."""
    chosen = QFont()
    chosen.setFamilies(_families())
    chosen.setPixelSize(size_px)
    chosen.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
    # Tabular figures: numbers must not dance while a window is dragged.
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


def palette() -> QPalette:
    """Give the dark palette."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, QColor(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(TEXT_OFF))
    return made


def apply(app: QApplication) -> None:
    """Put the theme on the application."""
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setFont(font())
    app.setStyleSheet(stylesheet())


def stylesheet() -> str:
    """Give the style sheet with the tokens filled in."""
    return STYLE.substitute(
        ground=GROUND, panel=PANEL, raised=RAISED, line=LINE, control_line=CONTROL_LINE,
        text=TEXT, text_2=TEXT_2, text_off=TEXT_OFF, accent=ACCENT, warning=WARNING, stop=STOP,
        body=SIZE_BODY, second=SIZE_SECOND, section=SIZE_SECTION, number=SIZE_NUMBER, height=CONTROL_HEIGHT,
    )  # fmt: skip


def _families() -> list[str]:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return list(dict.fromkeys([system, *UI_FAMILIES, *CJK_FAMILIES]))


def _luminance(token: str) -> float:
    value = QColor(token)
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

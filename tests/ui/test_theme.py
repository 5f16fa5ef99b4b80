"""Contrast of the colour tokens, and fonts that know Chinese."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QTextLayout

from ui import theme

SURFACES = (theme.GROUND, theme.PANEL, theme.RAISED)
WORDS = {
    "text": theme.TEXT,
    "text-2": theme.TEXT_2,
    "accent": theme.ACCENT,
    "positive": theme.POSITIVE,
    "uncertain": theme.UNCERTAIN,
    "negative": theme.NEGATIVE,
    "warning": theme.WARNING,
    "stop": theme.STOP,
    **{kind.value: token for kind, token in theme.INPUT_COLORS.items()},
}


def test_contrast_of_black_and_white_is_21() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    # Published pair: #767676 on white is the lightest grey that passes 4.5:1.
    assert theme.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("surface", SURFACES)
def test_words_stand_out_by_4_5_to_1(name: str, surface: str) -> None:
    assert theme.contrast(WORDS[name], surface) >= 4.5


@pytest.mark.parametrize("surface", SURFACES)
def test_edges_of_controls_stand_out_by_3_to_1(surface: str) -> None:
    assert theme.contrast(theme.CONTROL_LINE, surface) >= 3.0


def test_the_style_sheet_has_no_open_token() -> None:
    assert "$" not in theme.stylesheet()


def test_figures_are_tabular(application: object) -> None:
    metrics = QFontMetricsF(theme.font(13))

    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_chinese_names_have_glyphs(application: object) -> None:
    if not set(theme.CJK_FAMILIES) & set(QFontDatabase.families()):
        pytest.skip("no font with Chinese glyphs on this machine")
    layout = QTextLayout("王小红", theme.font(13))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()

    # Glyph 0 is the box that stands for "no such glyph".
    assert all(index != 0 for run in layout.glyphRuns() for index in run.glyphIndexes())

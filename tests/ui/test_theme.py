"""Contrast of the colour tokens in every theme, switching while windows are open, and fonts that know Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QTextLayout
from PySide6.QtWidgets import QApplication, QLabel

from ui import theme
from ui.palettes import (
    ACCENT,
    CONTROL_LINE,
    DARK,
    GROUND,
    LINE,
    ON_IMAGE,
    PANEL,
    RAISED,
    SELECTED,
    TEXT,
    TEXT_2,
    TEXT_OFF,
    THEMES,
)

SURFACES = (GROUND, PANEL, RAISED, SELECTED)
WORDS = sorted(set(DARK) - {*SURFACES, LINE, CONTROL_LINE, TEXT_OFF})


@pytest.fixture
def restored(application: QApplication) -> Iterator[QApplication]:
    yield application
    theme.apply(application)


def test_contrast_of_black_and_white_is_21() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    # Published pair: #767676 on white is the lightest grey that passes 4.5:1.
    assert theme.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_all_themes_have_the_same_tokens() -> None:
    assert {frozenset(table) for table in (*THEMES.values(), *ON_IMAGE.values())} == {frozenset(DARK)}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("name", "least"), [("dark", 4.5), ("light", 4.5), ("high_contrast", 5.5)])
def test_words_stand_out(name: str, least: float, word: str, surface: str) -> None:
    table = THEMES[name]

    assert theme.contrast(table[word], table[surface]) >= least


@pytest.mark.parametrize("word", [TEXT, TEXT_2])
@pytest.mark.parametrize("surface", SURFACES)
def test_reading_text_of_high_contrast_stands_out_by_7_to_1(word: str, surface: str) -> None:
    table = THEMES["high_contrast"]

    assert theme.contrast(table[word], table[surface]) >= 7.0


@pytest.mark.parametrize("surface", [GROUND, PANEL, RAISED])
@pytest.mark.parametrize("token", [CONTROL_LINE, ACCENT])
@pytest.mark.parametrize("name", THEMES)
def test_edges_of_controls_stand_out_by_3_to_1(name: str, token: str, surface: str) -> None:
    table = THEMES[name]

    assert theme.contrast(table[token], table[surface]) >= 3.0


@pytest.mark.parametrize("name", THEMES)
def test_selected_text_stands_out_from_its_mark(name: str) -> None:
    # Selected words in an edit lie on the accent, written in the colour of the ground.
    assert theme.contrast(THEMES[name][GROUND], THEMES[name][ACCENT]) >= 4.5


def test_a_token_follows_the_theme(restored: QApplication) -> None:
    theme.apply(restored, theme.Look("light"))

    assert theme.color(TEXT).name().upper() == THEMES["light"][TEXT]


def test_colours_over_a_film_stay_those_for_black(restored: QApplication) -> None:
    theme.apply(restored, theme.Look("light"))
    in_worker: list[str] = []

    with theme.image_colors():
        on_film = theme.hex_of(TEXT)
        worker = Thread(target=lambda: in_worker.append(theme.hex_of(TEXT)))
        worker.start()
        worker.join()

    assert on_film == DARK[TEXT]
    assert in_worker == [THEMES["light"][TEXT]]
    assert theme.hex_of(TEXT) == THEMES["light"][TEXT]


def test_a_dressed_widget_follows_theme_and_text_size(restored: QApplication) -> None:
    label = QLabel("x")
    theme.dress(label, "color: $text_2; font-size: ${px12}px;")

    theme.apply(restored, theme.Look("light", 150))

    assert label.styleSheet() == f"color: {THEMES['light'][TEXT_2]}; font-size: 18px;"
    label.deleteLater()


def test_an_unknown_theme_and_an_unknown_token_name_the_nearest(restored: QApplication) -> None:
    with pytest.raises(ValueError, match="Did you mean 'light'"):
        theme.apply(restored, theme.Look("ligth"))
    theme.apply(restored)
    with pytest.raises(ValueError, match="Did you mean 'text'"):
        theme.hex_of("texte")


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

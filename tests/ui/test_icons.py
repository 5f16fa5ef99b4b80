"""Icons are drawn in the theme's colours."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from medmm.core.resources import resource
from ui import theme
from ui.icons import icon, icon_names

TOOLBAR = {"open_folder", "window", "pan", "zoom", "scroll", "fit", "reset", "invert", "flip_horizontal",
           "flip_vertical", "rotate", "overlay", "score", "export_pdf", "cancel", "open_sample"}  # fmt: skip


def test_every_toolbar_action_has_its_icon() -> None:
    assert icon_names() >= TOOLBAR


@pytest.mark.parametrize("name", sorted(TOOLBAR))
def test_an_icon_is_drawn_and_turns_blue_when_chosen(application: object, name: str) -> None:
    def strongest(state: QIcon.State) -> tuple[int, int, int]:
        image = icon(name).pixmap(QSize(60, 60), QIcon.Mode.Normal, state).toImage()
        pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return max(pixels, key=lambda color: color.alpha()).getRgb()[:3]

    # Edge pixels are rounded when their alpha is divided out.
    assert strongest(QIcon.State.Off) == pytest.approx(theme.color(theme.TEXT).getRgb()[:3], abs=2)
    assert strongest(QIcon.State.On) == pytest.approx(theme.color(theme.ACCENT).getRgb()[:3], abs=2)


def test_an_icon_follows_the_theme(application: QApplication) -> None:
    made = icon("zoom")
    in_dark = made.pixmap(QSize(20, 20)).toImage()

    theme.apply(application, theme.Look("light"))
    in_light = made.pixmap(QSize(20, 20)).toImage()
    theme.apply(application)

    assert in_dark != in_light
    assert made.pixmap(QSize(20, 20)).toImage() == in_dark


def test_the_family_has_one_stroke() -> None:
    widths = {re.search(r'stroke-width="([\d.]+)"', path.read_text())[1] for path in resource("icons").glob("*.svg")}  # type: ignore[index]

    assert widths == {"1.5"}


def test_an_unknown_icon_names_the_nearest() -> None:
    with pytest.raises(ValueError, match="Did you mean 'rotate'"):
        icon("rotat")

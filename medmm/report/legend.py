"""The strip below an overlay that is a file of its own: finding, method, grid, absolute scale, purpose."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from medmm.core.heat_map import HeatMap
from medmm.core.resources import resource
from medmm.report.heat import color_of, scale_text

GROUND, INK, QUIET = (14, 16, 18), (232, 234, 237), (163, 171, 179)
FONT_SIZE, SMALL_SIZE, MARGIN = 16, 13, 10


def with_legend(picture: Image.Image, heatmap: HeatMap, title: str) -> Image.Image:
    """Give the picture with two lines of legend and the colour bar below it."""
    rows, cols = heatmap.values.shape
    font, small = _font(FONT_SIZE), _font(SMALL_SIZE)
    lines = (
        (f"{title}: areas that changed the score", font, INK),
        (f"{heatmap.method}, native grid {rows} × {cols}", small, QUIET),
        ("RESEARCH USE ONLY", small, QUIET),
    )
    height = MARGIN * 2 + sum(round(size.size * 1.45) for _, size, _ in lines) + 20
    width = max(picture.width, round(max(size.getlength(text) for text, size, _ in lines)) + 2 * MARGIN)
    sheet = Image.new("RGB", (width, picture.height + height), GROUND)
    sheet.paste(picture)
    draw = ImageDraw.Draw(sheet)
    y = picture.height + MARGIN
    for text, size, color in lines:
        draw.text((MARGIN, y), text, font=size, fill=color)
        y += round(size.size * 1.45)
    _color_bar(draw, (MARGIN, y), small, scale_text(heatmap))
    return sheet


def _color_bar(draw: ImageDraw.ImageDraw, at: tuple[int, int], font: ImageFont.FreeTypeFont, top: str) -> None:
    x, y = at
    length = 120
    draw.text((x, y), "0", font=font, fill=QUIET)
    for step in range(length):
        draw.line([(x + 14 + step, y + 4), (x + 14 + step, y + 14)], fill=color_of(step / (length - 1)))
    draw.text((x + length + 20, y), f"{top} logit per cell or more", font=font, fill=QUIET)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource("report", "fonts", "MedMMSans-Regular.ttf")), size)

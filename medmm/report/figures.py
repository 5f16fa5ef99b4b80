"""Pictures as PNG bytes: the key image as displayed, and with the heat map over it."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image, ImageDraw

from medmm.core.heat_map import HeatMap
from medmm.core.image import MedicalImage
from medmm.imaging.windowing import to_display
from medmm.report.heat import alpha_of, color_of, heat_cells
from medmm.report.legend import with_legend

# 86 mm of paper at 300 dots an inch; more would not print.
KEY_IMAGE_SIDE = 1000
OVERLAY_SIDE = 1024
GRID_ALPHA = 60


def display_picture(image: MedicalImage, *, slice_index: int = 0, longest_side: int = 0) -> Image.Image:
    """Render a slice as on the screen with its default window; longest_side shrinks it (0 = native size)."""
    shown = np.clip(to_display(image, slice_index, None), 0.0, 1.0)
    picture = Image.fromarray(np.round(shown * 255).astype(np.uint8))
    rows, cols = image.size
    factor = longest_side / max(rows, cols)
    if longest_side == 0 or factor >= 1:
        return picture
    # Box averages: no ringing that could pass for a line in the film.
    return picture.resize((max(1, round(cols * factor)), max(1, round(rows * factor))), Image.Resampling.BOX)


def key_image_png(image: MedicalImage, *, slice_index: int = 0) -> bytes:
    """Render a slice for the report."""
    return png_bytes(display_picture(image, slice_index=slice_index, longest_side=KEY_IMAGE_SIDE))


def overlay_png(image: MedicalImage, heatmap: HeatMap, *, title: str = "") -> bytes:
    """Render the heat map's slice with the native cells over it; with a title, a legend is set below.

    title: the finding's printed name. The legend names it, the method, the grid and the absolute scale.
    """
    picture = display_picture(image, slice_index=heatmap.slice_index, longest_side=OVERLAY_SIDE).convert("RGBA")
    for cell, value in zip(heat_cells(heatmap, size=image.size), heatmap.values.ravel(), strict=True):
        fraction = float(value) / heatmap.scale_logits
        corners = [(x * picture.width, y * picture.height) for x, y in cell.corners]
        _blend(picture, corners, (*color_of(fraction), round(255 * alpha_of(fraction))))
    return png_bytes(with_legend(picture.convert("RGB"), heatmap, title) if title else picture.convert("RGB"))


def paper_aspect(image: MedicalImage) -> float:
    """Give width over height on paper: square pixels unless the spacing says otherwise."""
    rows, cols = image.size
    _, between_rows, between_cols = image.geometry.spacing_mm
    known = math.isfinite(between_rows) and math.isfinite(between_cols) and between_rows > 0 and between_cols > 0
    return (cols * between_cols) / (rows * between_rows) if known else cols / rows


def png_bytes(picture: Image.Image, *, strategy: int = -1) -> bytes:
    """Encode a picture as PNG; strategy: of zlib, -1 leaves it to Pillow."""
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_type=strategy)
    return stream.getvalue()


def _blend(picture: Image.Image, corners: list[tuple[float, float]], fill: tuple[int, int, int, int]) -> None:
    """Lay one translucent cell with its outline over the picture; cells reaching outside are cut by the edge."""
    left, top = (math.floor(min(c[axis] for c in corners)) for axis in (0, 1))
    right, bottom = (math.ceil(max(c[axis] for c in corners)) for axis in (0, 1))
    patch = Image.new("RGBA", (max(1, right - left), max(1, bottom - top)))
    local = [(x - left, y - top) for x, y in corners]
    ImageDraw.Draw(patch).polygon(local, fill=fill, outline=(255, 255, 255, GRID_ALPHA))
    dest = (max(left, 0), max(top, 0))
    if dest[0] < picture.width and dest[1] < picture.height and right > 0 and bottom > 0:
        picture.alpha_composite(patch, dest=dest, source=(dest[0] - left, dest[1] - top))

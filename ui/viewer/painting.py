"""Paints a whole view in its order: image, overlay, letters, scale, corner texts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from medmm.core.heat_map import HeatMap
from medmm.imaging.reference_lines import Line
from ui.language import mark, tr
from ui.state.view_state import ViewState
from ui.viewer.color_bar import paint_color_bar, paint_legend
from ui.viewer.corner_text import ALWAYS, Situation, write_corners
from ui.viewer.corners import lowest_rank, paint_corners
from ui.viewer.graphic_paint import paint_graphics
from ui.viewer.heat_overlay import MEANING, OUTSIDE, SEEN_BOX, HeatLook, caption, paint_heatmap
from ui.viewer.letters import paint_letters
from ui.viewer.measuring.measuring import Measuring
from ui.viewer.placement import Placement
from ui.viewer.reference_paint import paint_reference_line
from ui.viewer.render import SliceRenderer
from ui.viewer.scale_bar import NARROW, paint_scale_bar

NO_MAP = mark("no map for this finding")


@dataclass(frozen=True)
class Overlay:
    """The heat map of the selected finding; finding: its name, or why there is no map; None: nothing is said."""

    heatmap: HeatMap | None = None
    finding: str | None = ""


@dataclass(frozen=True)
class Scene:
    """Everything that is painted over an image, and where."""

    placement: Placement
    rect: QRectF
    overlay: Overlay
    situation: Situation
    reference_line: Line | None = None
    measuring: Measuring | None = None


def paint_scene(painter: QPainter, view: ViewState, renderer: SliceRenderer, *, scene: Scene) -> None:
    """Paint the image of the view state with all that belongs over it."""
    seen = view.shown.seen
    assert view.image is not None, "nothing to paint"
    assert seen is not None, "an image is seen"
    renderer.paint(painter, view, scene.placement, rect=scene.rect)
    renderer.planes.paint(painter, view, scene.placement)
    paint_graphics(painter, view, scene.placement)
    if view.is_overlay_shown:
        _paint_overlay(painter, view, scene)
    if scene.reference_line is not None:
        paint_reference_line(painter, scene.reference_line, scene.placement)
    if scene.measuring is not None:
        scene.measuring.paint(painter, scene.placement, scene.rect)
    corners = write_corners(view, renderer.pixels(seen, view.slice_index), scene.situation)
    texts = paint_corners(painter, corners, scene.rect, amount=view.corner_text)
    paint_letters(painter, view.image.geometry, view.orientation, rect=scene.rect, clear_of=texts)
    has_room = lowest_rank(view.corner_text, scene.rect.width(), scene.rect.height()) > ALWAYS
    # In a narrow view the legend of the map stands where the bar would.
    if has_room and not (view.is_overlay_shown and scene.rect.width() < NARROW):
        geometry, scale = view.image.geometry, scene.placement.scale
        paint_scale_bar(painter, geometry, scale=scale, rect=scene.rect, clear_of=texts)


def _paint_overlay(painter: QPainter, view: ViewState, scene: Scene) -> None:
    heatmap, finding = scene.overlay.heatmap, scene.overlay.finding
    if finding is None:
        return
    if heatmap is None:
        paint_legend(painter, scene.rect, (finding or tr(NO_MAP),))
        return
    if heatmap.slice_index != view.slice_index:
        place = tr("the map is of slice {number}").format(number=heatmap.slice_index + 1)
        paint_legend(painter, scene.rect, (caption(heatmap, finding), place))
        return
    look = HeatLook(view.overlay_opacity, view.overlay_threshold, view.habits.heat_map)
    paint_heatmap(painter, heatmap, scene.placement, look)
    paint_color_bar(painter, scene.rect, end_logits=heatmap.scale_logits, scale=look.scale)
    words = tr("{meaning}; {seen}").format(meaning=tr(MEANING), seen=tr(SEEN_BOX))
    warning = tr(OUTSIDE) if heatmap.lies_outside else ""
    paint_legend(painter, scene.rect, (caption(heatmap, finding), words), warning=warning)

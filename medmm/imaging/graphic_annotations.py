"""Graphics and texts of a presentation state (PS3.3 C.10.5, C.10.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medmm.core.planes import Graphic, GraphicKind, Point
from medmm.core.presentation import Annotation
from medmm.core.words import Words
from medmm.imaging.coded import read_references
from medmm.imaging.colour import cielab_to_hex
from medmm.imaging.compound_graphics import compound_id, read_compound
from medmm.imaging.tags import Tags

# How many points a kind has at least; the rest of a list is left out where it has a fixed number.
FIXED = {GraphicKind.POINT: 1, GraphicKind.CIRCLE: 2, GraphicKind.ELLIPSE: 4}
LEAST_OPEN = 2
MOST_NAMED = 80


@dataclass(frozen=True)
class _Layer:
    order: int = 0
    color: str = ""


def read_annotations(tags: Tags) -> tuple[tuple[Annotation, ...], tuple[Words, ...]]:
    """Read every annotation, lowest layer first; second, what cannot be drawn, in words."""
    layers = {item.text("GraphicLayer"): _layer(item) for item in tags.items("GraphicLayerSequence")}
    found, lost = [], list[str]()
    for item in tags.items("GraphicAnnotationSequence"):
        layer = layers.get(item.text("GraphicLayer"), _Layer())
        graphics, kinds = _graphics(item, layer.color)
        lost += kinds
        found.append(Annotation(graphics, layer.order, read_references(item, "ReferencedImageSequence")))
    return tuple(sorted(found, key=lambda annotation: annotation.order)), _lost_words(lost)


def _graphics(item: Tags, color: str) -> tuple[tuple[Graphic, ...], list[str]]:
    """Give what an item draws, and the kinds of what it does not."""
    made: list[tuple[Graphic | None, Tags, str]] = []
    made += [(_drawn(part, color), part, "GraphicType") for part in item.items("GraphicObjectSequence")]
    made += [(_written(part, color), part, "") for part in item.items("TextObjectSequence")]
    # What stands for a compound graphic is drawn in its place (PS3.3 C.10.5.1.3.1).
    stood_for = {compound_id(part) for graphic, part, _ in made if graphic is not None} - {None}
    made += [
        (read_compound(part, color), part, "CompoundGraphicType")
        for part in item.items("CompoundGraphicSequence")
        if compound_id(part) not in stood_for
    ]
    kinds = [part.text(keyword).upper() if keyword else "TEXT" for graphic, part, keyword in made if graphic is None]
    return tuple(graphic for graphic, _, _ in made if graphic is not None), kinds


def _lost_words(kinds: list[str]) -> tuple[Words, ...]:
    named = ", ".join(sorted({kind for kind in kinds if kind}))
    if not kinds:
        return ()
    if not named:
        return (Words("{n_lost} graphics of a kind that is not drawn", n_lost=len(kinds)),)
    return (Words("{n_lost} graphics that are not drawn: {kinds}", n_lost=len(kinds), kinds=named[:MOST_NAMED]),)


def _layer(item: Tags) -> _Layer:
    lab = item.numbers("GraphicLayerRecommendedDisplayCIELabValue")
    return _Layer(item.integer("GraphicLayerOrder") or 0, cielab_to_hex(lab) if len(lab) == 3 else "")


def _drawn(item: Tags, color: str) -> Graphic | None:
    name = item.text("GraphicType").upper()
    if name not in (kind.value for kind in GraphicKind) or name == GraphicKind.TEXT:
        return None
    kind, points = GraphicKind(name), _points(item, "GraphicData")
    needed = FIXED.get(kind)
    if len(points) < (needed or LEAST_OPEN):
        return None
    return Graphic(
        kind,
        points[:needed],
        is_relative=item.text("GraphicAnnotationUnits").upper() == "DISPLAY",
        is_filled=item.text("GraphicFilled").upper() == "Y",
        color=color,
    )


def _written(item: Tags, color: str) -> Graphic | None:
    box = (*_points(item, "BoundingBoxTopLeftHandCorner"), *_points(item, "BoundingBoxBottomRightHandCorner"))
    anchor = next(iter(_points(item, "AnchorPoint")), None)
    text = item.text("UnformattedTextValue").replace("\r\n", "\n").replace("\r", "\n")
    if not text or (len(box) != 2 and anchor is None):
        return None
    return Graphic(
        GraphicKind.TEXT,
        box if len(box) == 2 else (),
        is_relative=item.text("BoundingBoxAnnotationUnits").upper() == "DISPLAY",
        text=text,
        alignment=item.text("BoundingBoxTextHorizontalJustification").upper() or "LEFT",
        anchor=anchor,
        is_anchor_relative=item.text("AnchorPointAnnotationUnits").upper() == "DISPLAY",
        has_leader=anchor is not None and item.text("AnchorPointVisibility").upper() == "Y",
        color=color,
    )


def _points(item: Tags, keyword: str) -> tuple[Point, ...]:
    return tuple(_pairs(item.numbers(keyword)))


def _pairs(numbers: tuple[float, ...]) -> Iterator[Point]:
    yield from zip(numbers[::2], numbers[1::2], strict=False)

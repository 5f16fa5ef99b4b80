"""The tools of the left mouse button; each bears the name of its action."""

from __future__ import annotations

from enum import StrEnum


class Tool(StrEnum):
    """What the left mouse button does."""

    WINDOW = "window"
    PAN = "pan"
    ZOOM = "zoom"
    SCROLL = "scroll"
    LENGTH = "length"
    ANGLE = "angle"
    COBB = "cobb"
    ELLIPSE = "ellipse"
    RECTANGLE = "rectangle"
    FREEHAND = "freehand"
    POINT = "point"
    PROBE = "probe"

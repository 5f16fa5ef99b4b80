"""How much is written over an image."""

from __future__ import annotations

from enum import StrEnum


class CornerText(StrEnum):
    """How much is written over the image."""

    ALL = "all"
    MINIMAL = "minimal"
    NONE = "none"

"""Which of the layers that a file brings along are shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layers:
    """graphics: overlays and annotations over the pixels; shutter: hides the outside of the image."""

    graphics: bool = True
    shutter: bool = True

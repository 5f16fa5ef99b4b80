"""What a reader chose to see an image through, as far as other images can be shown alike."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.image import Window
from ui.state.shown import Voi


@dataclass(frozen=True)
class WindowChoice:
    """A window or VOI LUT that was chosen; None for the image's own.

    title: the entry of the menu, empty for a drag; before: the window that a step of a drag changed.
    """

    voi: Voi | None
    title: str = ""
    before: Window | None = None

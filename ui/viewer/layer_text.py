"""What the corner says about layers over the pixels: where they come from, and whether they are hidden."""

from __future__ import annotations

from collections.abc import Iterator

from medmm.core.planes import Overlay
from ui.language import tr
from ui.state.view_state import ViewState
from ui.viewer.outlined_text import cut


def layer_words(view: ViewState) -> Iterator[str]:
    """Name the layers of the slice shown, each with its source."""
    assert view.image is not None, "no image, no layers"
    planes = view.image.instances[view.slice_index].planes
    if planes.overlays:
        yield from _overlay_words(planes.overlays) if view.layers.graphics else (tr("graphics hidden"),)
    if planes.shutter is not None:
        yield tr("shutter") if view.layers.shutter else tr("shutter off")


def _overlay_words(overlays: tuple[Overlay, ...]) -> Iterator[str]:
    for overlay in overlays:
        yield cut(tr("overlay {group} {label}").format(group=f"{overlay.group:04X}", label=overlay.label))

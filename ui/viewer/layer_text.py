"""What the corner says about layers over the pixels: where they come from, and whether they are hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from medmm.core.identity import display_name
from medmm.core.planes import Overlay
from medmm.core.presentation import PresentationState
from ui.language import told, tr
from ui.state.shown import Shown
from ui.state.view_state import ViewState
from ui.viewer.outlined_text import cut, plain


def layer_words(view: ViewState) -> Iterator[str]:
    """Name the layers of the slice shown, each with its source."""
    image = view.shown.seen
    assert image is not None, "no image, no layers"
    planes = image.instances[view.slice_index].planes
    if planes.overlays or planes.graphics:
        yield from _overlay_words(planes.overlays) if view.layers.graphics else (tr("graphics hidden"),)
    if planes.shutter is not None:
        yield tr("shutter") if view.layers.shutter else tr("shutter off")


def presentation_words(shown: Shown, to_date: Callable[[str], str]) -> Iterator[str]:
    """Say as whose presentation state the slice is seen, and what of it is not."""
    if shown.presented is None:
        return
    state = shown.presented.state
    yield tr("presentation: {source}").format(source=_source(state, to_date))
    if not shown.is_presented:
        yield tr("not for this slice")
    yield from (plain(told(part)) for part in state.lost)


def _source(state: PresentationState, to_date: Callable[[str], str]) -> str:
    made = " ".join(part for part in (display_name(state.creator), to_date(state.created)) if part)
    return f"{cut(state.title)} ({cut(made)})" if made else cut(state.title)


def _overlay_words(overlays: tuple[Overlay, ...]) -> Iterator[str]:
    for overlay in overlays:
        yield cut(tr("overlay {group} {label}").format(group=f"{overlay.group:04X}", label=overlay.label))

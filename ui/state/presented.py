"""An image as a presentation state shows it: one `Shown` becomes the next."""

from __future__ import annotations

from dataclasses import replace

from medmm.core.presentation import PresentationState
from medmm.imaging.present import present
from ui.state.orientation import Orientation
from ui.state.shown import Presented, Shown


def with_presentation(shown: Shown, state: PresentationState | None) -> Shown:
    """Show the same slice as a state says, or with None as the file says; what was turned or windowed by hand goes."""
    presented = None
    if state is not None and shown.image is not None:
        presented = Presented(state, present(shown.image, state), state.slices_of(shown.image))
    return as_first_shown(replace(shown, presented=presented, zoom=1.0, pan=(0.0, 0.0)))


def as_first_shown(shown: Shown) -> Shown:
    """Take back what was turned, inverted or windowed by hand; a presentation state keeps its own turn."""
    return replace(shown, orientation=_orientation(shown.presented), is_inverted=False, voi=None)


def _orientation(presented: Presented | None) -> Orientation:
    if presented is None:
        return Orientation()
    turned = Orientation().rotated(presented.state.quarter_turns)
    # The state turns first and mirrors what is then seen (PS3.3 C.10.6).
    return turned.flipped_horizontally() if presented.state.is_mirrored else turned

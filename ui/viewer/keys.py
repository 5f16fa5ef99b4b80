"""What the keys on the image do to the view state; which key it is stands in the table of keys."""

from __future__ import annotations

from collections.abc import Callable

from ui.key_table import HOLD_OVERLAY, Changes, shown_keys
from ui.state.view_state import Tool, ViewState
from ui.state.window_choice import WindowChoice

ZOOM_STEP = 1.25
PAGE = 10
PRESET = "preset_"

ACTS: dict[str, Callable[[ViewState], None]] = {
    "invert": ViewState.invert,
    "flip_horizontal": ViewState.flip_horizontal,
    "flip_vertical": ViewState.flip_vertical,
    "rotate": ViewState.rotate,
    "corner_text": ViewState.cycle_corner_text,
    "window": lambda view: view.set_tool(Tool.WINDOW),
    "pan": lambda view: view.set_tool(Tool.PAN),
    "zoom": lambda view: view.set_tool(Tool.ZOOM),
    "scroll": lambda view: view.set_tool(Tool.SCROLL),
    "zoom_in": lambda view: view.set_zoom(view.zoom * ZOOM_STEP),
    "zoom_out": lambda view: view.set_zoom(view.zoom / ZOOM_STEP),
    "fit": ViewState.fit,
    "usual_window": lambda view: view.choose_window(WindowChoice(None)),
    "next_slice": lambda view: view.set_slice(view.slice_index + 1),
    "previous_slice": lambda view: view.set_slice(view.slice_index - 1),
    "next_ten": lambda view: view.set_slice(view.slice_index + PAGE),
    "previous_ten": lambda view: view.set_slice(view.slice_index - PAGE),
    "first_slice": lambda view: view.set_slice(0),
    "last_slice": lambda view: view.set_slice(view.n_slices - 1),
}


def is_hold(keys: str, changes: Changes) -> bool:
    """Tell whether a key shows the overlay for as long as it is held: the reader's own look stays one release away."""
    return keys != "" and shown_keys(changes)[HOLD_OVERLAY] == keys


def action_of(keys: str, changes: Changes) -> Callable[[ViewState], None] | None:
    """Find what keys do on the image; all others belong to the window."""
    shown = shown_keys(changes)
    return next((act for name, act in ACTS.items() if keys and shown[name] == keys), None)


def digit_of(keys: str, changes: Changes) -> int | None:
    """Give the digit of the window preset that keys choose, None for other keys."""
    shown = shown_keys(changes)
    return next((digit for digit in range(1, 10) if keys and shown[f"{PRESET}{digit}"] == keys), None)

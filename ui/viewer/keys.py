"""The view's keys: one table from key to what it does to the view state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from ui.state.view_state import Tool, ViewState

Key = Qt.Key
ZOOM_STEP = 1.25
PAGE = 10
# The key that shows the overlay for as long as it is held: the reader's own look stays one release away.
OVERLAY_KEY = Key.Key_Space

ACTIONS: dict[Qt.Key, Callable[[ViewState], None]] = {
    Key.Key_I: ViewState.invert,
    Key.Key_H: ViewState.flip_horizontal,
    Key.Key_V: ViewState.flip_vertical,
    Key.Key_R: ViewState.rotate,
    Key.Key_O: ViewState.cycle_corner_text,
    Key.Key_W: lambda view: view.set_tool(Tool.WINDOW),
    Key.Key_P: lambda view: view.set_tool(Tool.PAN),
    Key.Key_Z: lambda view: view.set_tool(Tool.ZOOM),
    Key.Key_S: lambda view: view.set_tool(Tool.SCROLL),
    Key.Key_Plus: lambda view: view.set_zoom(view.zoom * ZOOM_STEP),
    Key.Key_Minus: lambda view: view.set_zoom(view.zoom / ZOOM_STEP),
    Key.Key_Equal: ViewState.fit,
    Key.Key_0: lambda view: view.set_voi(None),
    Key.Key_Down: lambda view: view.set_slice(view.slice_index + 1),
    Key.Key_Up: lambda view: view.set_slice(view.slice_index - 1),
    Key.Key_Home: lambda view: view.set_slice(0),
    Key.Key_End: lambda view: view.set_slice(view.n_slices - 1),
}
SHIFTED: dict[Qt.Key, Callable[[ViewState], None]] = {
    Key.Key_Down: lambda view: view.set_slice(view.slice_index + PAGE),
    Key.Key_Up: lambda view: view.set_slice(view.slice_index - PAGE),
    Key.Key_Plus: lambda view: view.set_zoom(view.zoom * ZOOM_STEP),
}


def action_of(key: int, modifiers: Qt.KeyboardModifier) -> Callable[[ViewState], None] | None:
    """Find what a key does; keys with Ctrl, Alt or Meta belong to the window."""
    plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier
    if plain == Qt.KeyboardModifier.ShiftModifier:
        return SHIFTED.get(Qt.Key(key))
    return ACTIONS.get(Qt.Key(key)) if plain == Qt.KeyboardModifier.NoModifier else None


def digit_of(key: int, modifiers: Qt.KeyboardModifier) -> int | None:
    """Give the digit from 1 to 9 of a key, None for other keys."""
    is_plain = not modifiers & ~Qt.KeyboardModifier.KeypadModifier
    return key - int(Key.Key_0) if is_plain and int(Key.Key_1) <= key <= int(Key.Key_9) else None

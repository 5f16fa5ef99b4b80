"""Every key that can be changed: those of the actions and those that only the image takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.action_table import TABLE

ON_IMAGE = "On the image"
HOLD_OVERLAY = "hold_overlay"
PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText
Changes = Mapping[str, str]


@dataclass(frozen=True)
class KeyRow:
    """One line of the page of keys. keys: the usual ones as Qt writes them; text: what they do; title: in the menu."""

    name: str
    group: str
    keys: str
    text: str
    title: str = ""


IMAGE_ROWS: tuple[KeyRow, ...] = (
    KeyRow(HOLD_OVERLAY, ON_IMAGE, "Space", "See the map of the selected finding while it is held"),
    KeyRow("next_slice", ON_IMAGE, "Down", "Next slice"),
    KeyRow("previous_slice", ON_IMAGE, "Up", "Previous slice"),
    KeyRow("next_ten", ON_IMAGE, "Shift+Down", "Ten slices on"),
    KeyRow("previous_ten", ON_IMAGE, "Shift+Up", "Ten slices back"),
    KeyRow("first_slice", ON_IMAGE, "Home", "First slice"),
    KeyRow("last_slice", ON_IMAGE, "End", "Last slice"),
    KeyRow("zoom_in", ON_IMAGE, "+", "Magnify"),
    KeyRow("zoom_out", ON_IMAGE, "-", "Shrink"),
    KeyRow("usual_window", ON_IMAGE, "0", "The image's own window"),
    *(KeyRow(f"preset_{digit}", ON_IMAGE, f"{digit}", f"Window {digit} of the menu") for digit in range(1, 10)),
)


def key_rows() -> tuple[KeyRow, ...]:
    """Give all rows, those of the image first."""
    return (*IMAGE_ROWS, *(KeyRow(row.name, row.menu.replace("&", ""), row.keys, row.tip, row.text) for row in TABLE))


def shown_keys(changes: Changes) -> dict[str, str]:
    """Give the keys in force by name; a changed one that Qt cannot read counts as none."""
    return _shown(tuple(sorted(changes.items())))


def readable(keys: str) -> str:
    """Give keys in Qt's portable writing, empty when they are no keys."""
    sequence = QKeySequence.fromString(keys, PORTABLE)
    is_known = all(sequence[place].key() != Qt.Key.Key_unknown for place in range(sequence.count()))
    return sequence.toString(PORTABLE) if is_known else ""


def native(keys: str) -> str:
    """Write keys as this system names them."""
    return QKeySequence.fromString(keys, PORTABLE).toString(NATIVE)


def holders(changes: Changes, keys: str) -> Iterator[KeyRow]:
    """Find what has these keys now."""
    shown = shown_keys(changes)
    return (row for row in key_rows() if keys and shown[row.name] == keys)


def with_keys(changes: Changes, name: str, keys: str) -> dict[str, str]:
    """Give keys to an action and take them from any other; what is back at its usual keys is left out."""
    taken = {row.name: "" for row in holders(changes, keys) if row.name != name}
    made = {**changes, **taken, name: keys}
    usual = {row.name: readable(row.keys) for row in key_rows()}
    return {each: chosen for each, chosen in made.items() if usual.get(each) != chosen}


@lru_cache(maxsize=4)
def _shown(changes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    # Asked for at every key that is pressed.
    changed = dict(changes)
    return {row.name: readable(changed.get(row.name, row.keys)) for row in key_rows()}


def keys_of_event(event: QKeyEvent) -> str:
    """Give what was pressed in the table's writing.

    Shift that is needed to type a sign is no part of it: + is one key on some keyboards and two on others.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    is_sign = 0x21 <= event.key() <= 0x7E and not chr(event.key()).isalnum()
    if is_sign:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(event.key() | modifiers.value).toString(PORTABLE)

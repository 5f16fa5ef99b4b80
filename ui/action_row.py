"""One line of the table of actions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionRow:
    """One line of the table. short: text on buttons; tip: one sentence; menu: "" for none; group: exclusive choice."""

    name: str
    menu: str
    text: str
    keys: str
    tip: str
    short: str = ""
    group: str = ""
    is_checkable: bool = False

"""What a user wants to be so in every viewport, until the settings change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from medmm.core.settings import Settings


@dataclass(frozen=True)
class ViewHabits:
    """The way of the mouse, the colours of heat maps, and the keys that differ from the usual ones."""

    horizontal_drag_is_width: bool = True
    heat_map: str = "inferno"
    keys: Mapping[str, str] = field(default_factory=dict)


def habits_of(settings: Settings) -> ViewHabits:
    """Give the habits that the settings ask for."""
    return ViewHabits(settings.horizontal_drag_is_width, settings.heat_map, settings.keys)

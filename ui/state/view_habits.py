"""What a user wants to be so in every viewport, until the settings change."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.settings import Settings


@dataclass(frozen=True)
class ViewHabits:
    """The way of the mouse and the colours of heat maps."""

    horizontal_drag_is_width: bool = True
    heat_map: str = "inferno"


def habits_of(settings: Settings) -> ViewHabits:
    """Give the habits that the settings ask for."""
    return ViewHabits(settings.horizontal_drag_is_width, settings.heat_map)

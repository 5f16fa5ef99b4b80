"""What a user wants to be so in every viewport, until the settings change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from medmm.core.settings import Settings
from medmm.core.window_preset import Presets


@dataclass(frozen=True)
class ViewHabits:
    """The way of the mouse, the colours of heat maps, the keys that differ from the usual ones, window presets."""

    horizontal_drag_is_width: bool = True
    heat_map: str = "inferno"
    keys: Mapping[str, str] = field(default_factory=dict)
    presets: Presets = field(default_factory=dict)


def habits_of(settings: Settings, before: ViewHabits) -> ViewHabits:
    """Give the habits that the settings ask for; what they do not say stays as before."""
    return replace(
        before,
        horizontal_drag_is_width=settings.horizontal_drag_is_width,
        heat_map=settings.heat_map,
        keys=settings.keys,
    )

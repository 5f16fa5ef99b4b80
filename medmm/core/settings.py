"""The user's settings as a typed value (stored as TOML by `storage`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Preferences; each field's metadata is one sentence in its comment.

    device: auto, cpu, cuda or mps; model: bundle name or folder, empty for the shipped one;
    note_encoding: fallback when a note is not UTF-8/16 (empty = refuse); spo2_is_fraction: declared by the site;
    horizontal_drag_is_width: window/level direction; remember_recent: keep a list of recent folders.
    """

    device: str = "auto"
    model: str = ""
    note_encoding: str = ""
    horizontal_drag_is_width: bool = True
    remember_recent: bool = True
    corner_text: str = "all"

"""The window presets in force: the user's for the modalities that they changed, else those that ship."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medmm.core.errors import StorageError
from medmm.core.resources import resource
from medmm.core.window_preset import Presets, WindowPreset, to_presets, to_table
from medmm.core.words import Words
from medmm.storage.preset_file import presets_path, read_presets, write_presets


@dataclass(frozen=True)
class LoadedPresets:
    """shipped: those of the program; own: the user's, by modality; troubles: what was wrong with the user's file."""

    shipped: Presets
    own: Presets
    troubles: tuple[Words, ...] = ()

    @property
    def in_force(self) -> dict[str, tuple[WindowPreset, ...]]:
        """What is offered."""
        return {**self.shipped, **self.own}


def load_presets() -> LoadedPresets:
    """Read the presets; whatever is wrong with the user's file is named, and the start goes on."""
    shipped, _ = to_presets(read_presets(resource("presets", "windows.toml")))
    path = presets_path()
    try:
        own, wrong = to_presets(read_presets(path))
    except StorageError as error:
        return LoadedPresets(shipped, {}, (error.message,))
    return LoadedPresets(
        shipped, own, tuple(Words("{name}: {trouble}", name=path.name, trouble=sentence) for sentence in wrong)
    )


def store_presets(own: Mapping[str, tuple[WindowPreset, ...]]) -> None:
    """Store the user's presets; a modality that is not named has those that ship.

    Raises StorageError when the file cannot be written.
    """
    write_presets(presets_path(), to_table(own))

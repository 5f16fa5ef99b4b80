"""The user's settings from and to disk, for every front end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medmm.core.errors import StorageError
from medmm.core.settings import Settings, to_settings
from medmm.core.words import Words
from medmm.storage.settings_file import read_settings, settings_path, write_settings


@dataclass(frozen=True)
class LoadedSettings:
    """The settings in force, and in sentences what was wrong with the stored ones."""

    settings: Settings
    troubles: tuple[Words, ...] = ()


def load_settings() -> LoadedSettings:
    """Read the settings; what cannot be used is named and stands at its default, so that every start succeeds."""
    try:
        table = read_settings(settings_path())
    except StorageError as error:
        return LoadedSettings(Settings(), (error.message,))
    settings, wrong = to_settings(table)
    return LoadedSettings(settings, tuple(each.message for each in wrong))


def store_settings(changes: Mapping[str, object]) -> None:
    """Store changed settings; one that is back at its default leaves the file, so that a later default reaches it.

    Raises StorageError when the file cannot be written.
    """
    usual = Settings()
    back = {name for name, value in changes.items() if value == getattr(usual, name)}
    chosen = {name: value for name, value in changes.items() if name not in back}
    write_settings(settings_path(), chosen, unset=back)

"""The user's window presets on disk: `settings/windows.toml` in MEDMM_HOME."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.atomic import write_text
from medmm.storage.paths import home
from medmm.storage.toml_text import to_toml


def presets_path() -> Path:
    """Give the place of the user's window presets."""
    return home() / "settings" / "windows.toml"


def read_presets(path: Path) -> dict[str, object]:
    """Read a table of presets; empty where there is no file.

    Raises StorageError with the line when the file is no TOML, or cannot be read.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(
            Words("{name} cannot be read: {reason}", name=path.name, reason=error.strerror),
            Words("Check its rights."),
            path,
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StorageError(
            Words("{name} is no valid TOML: {error}", name=path.name, error=error), Words("Mend that line."), path
        ) from error


def write_presets(path: Path, table: Mapping[str, object]) -> None:
    """Write a table of presets, whole or not at all.

    Raises StorageError when the file cannot be written.
    """
    write_text(path, to_toml(table))

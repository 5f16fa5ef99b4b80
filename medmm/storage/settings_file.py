"""The settings of the user on disk: `settings.toml` in MEDMM_HOME, whole or as it was."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.atomic import write_text
from medmm.storage.paths import home
from medmm.storage.toml_text import to_toml

Table = dict[str, object]
FORMAT_KEY = "format"
# The n-th entry brings a file of format n+1 to format n+2. Settings that were added or left out need none: unknown
# names are kept, missing ones have a default. An entry is for a name or a value that changed its meaning.
MIGRATIONS: tuple[Callable[[Table], Table], ...] = ()


def settings_path() -> Path:
    """Give the place of the settings."""
    return home() / "settings.toml"


def read_settings(path: Path, migrations: tuple[Callable[[Table], Table], ...] = MIGRATIONS) -> Table:
    """Read the table of settings, brought to the newest format; empty where there is no file yet.

    A file of a later program is read as it is, and keeps its number.
    Raises StorageError with the line when the file is no TOML, or cannot be read.
    """
    try:
        table: Table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(
            Words("{name} cannot be read: {reason}", name=path.name, reason=error.strerror),
            Words("Check that you may read MEDMM_HOME."),
            path,
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StorageError(
            Words("{name} is no valid TOML: {error}", name=path.name, error=error),
            Words("Mend that line, or go on: at the next change it is put aside and a new one is begun."),
            path,
        ) from error
    return _migrated(table, migrations)


def write_settings(path: Path, changes: Mapping[str, object], *, unset: Collection[str] = ()) -> None:
    """Change some settings, atomically; everything else in the file stays, also names that nobody knows.

    unset: names to take out, so that their default holds. A damaged file is put aside as `settings.damaged.toml`.
    Raises StorageError when the file cannot be written.
    """
    try:
        table = read_settings(path)
    except StorageError:
        _put_aside(path)
        table = {}
    kept = {name: value for name, value in table.items() if name not in unset}
    newest = len(MIGRATIONS) + 1
    write_text(path, to_toml({FORMAT_KEY: newest, **kept, **changes}))


def _migrated(table: Table, migrations: tuple[Callable[[Table], Table], ...]) -> Table:
    found = table.get(FORMAT_KEY, 1)
    number = found if isinstance(found, int) and found >= 1 else 1
    for migrate in migrations[number - 1 :]:
        table = {**migrate(table), FORMAT_KEY: len(migrations) + 1}
    return table


def _put_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(f"{path.stem}.damaged{path.suffix}"))
    except OSError as error:
        raise StorageError(
            Words("the damaged {name} could not be put aside: {reason}", name=path.name, reason=error.strerror),
            Words("Check that you may write to MEDMM_HOME."),
            path,
        ) from error

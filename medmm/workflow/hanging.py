"""The hanging protocols in force: the user's own first, then those that ship."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from medmm.core.errors import InvalidRecord
from medmm.core.hanging import HangingProtocol
from medmm.core.resources import resource
from medmm.core.words import Words
from medmm.storage.paths import home

FILE = "hanging.toml"
MAX_SIDE = 3


@dataclass(frozen=True)
class LoadedProtocols:
    """The protocols in the order in which they are tried, and in sentences what was wrong with the user's file."""

    protocols: tuple[HangingProtocol, ...]
    troubles: tuple[Words, ...] = ()


def load_protocols() -> LoadedProtocols:
    """Read the protocols; a file of the user that cannot be used is named and left out."""
    shipped = read_protocols(resource("presets", FILE))
    own = home() / FILE
    if not own.is_file():
        return LoadedProtocols(shipped)
    try:
        return LoadedProtocols((*read_protocols(own), *shipped))
    except InvalidRecord as error:
        return LoadedProtocols(shipped, (error.sentences,))


def read_protocols(path: Path) -> tuple[HangingProtocol, ...]:
    """Read the protocols of a file.

    Raises InvalidRecord with the place and the value when it is no TOML or says what no layout can show.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidRecord(
            Words("{name} is no valid TOML: {error}", name=path.name, error=error), Words("Mend that line."), path
        ) from error
    except OSError as error:
        raise InvalidRecord(
            Words("{name} cannot be read: {reason}", name=path.name, reason=error.strerror),
            Words("Check its rights."),
            path,
        ) from error
    found = _validated(table.get("protocol", []), path)
    for protocol in found:
        _require_room(protocol, path)
    return found


def _validated(entries: object, path: Path) -> tuple[HangingProtocol, ...]:
    # Imported here: only a study that is hung needs it, the first paint does not.
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(tuple[HangingProtocol, ...]).validate_python(entries)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidRecord(
            Words(
                "{name}: protocol {place}: {trouble}, found {found!r}",
                name=path.name,
                place=place,
                trouble=first["msg"][0].lower() + first["msg"][1:],
                found=first["input"],
            ),
            Words("Compare with the comments at the head of the protocols that ship."),
            path,
        ) from error


def _require_room(protocol: HangingProtocol, path: Path) -> None:
    rows, cols = protocol.shape
    if not (1 <= rows <= MAX_SIDE and 1 <= cols <= MAX_SIDE and 1 <= len(protocol.cells) <= rows * cols):
        raise InvalidRecord(
            Words(
                "{name}: {protocol!r} has {n_cells} cells in {rows} x {cols} viewports",
                name=path.name,
                protocol=protocol.name,
                n_cells=len(protocol.cells),
                rows=rows,
                cols=cols,
            ),
            Words("Write 1 to {max_side} rows and columns and at most as many cells as viewports.", max_side=MAX_SIDE),
            path,
        )

"""Which model bundles there are, and which one a name or a path means."""

from __future__ import annotations

from pathlib import Path

from medmm.core.errors import WeightsMissing
from medmm.core.lookup import find_entry
from medmm.storage.paths import DEFAULT_BUNDLE, find_bundles, home


def resolve_bundle(asked: str = "") -> Path:
    """Turn a bundle's name or folder into its folder; empty means the shipped one.

    Raises WeightsMissing naming the bundles that are there.
    """
    folder = Path(asked).expanduser()
    if asked and folder.is_dir():
        return folder
    try:
        return find_entry(find_bundles(), asked or DEFAULT_BUNDLE, what="model bundle")
    except ValueError as error:
        raise WeightsMissing(
            f"{error}", f"Bundles live in {home() / 'models'} or are named by their folder."
        ) from error


def list_bundles() -> dict[str, Path]:
    """Give every installed bundle by name."""
    return find_bundles()

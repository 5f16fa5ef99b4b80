"""Which model bundles there are, and which one a name or a path means."""

from __future__ import annotations

import hashlib
from pathlib import Path

from medmm.core.errors import WeightsMissing
from medmm.core.lookup import find_entry
from medmm.core.prediction import ModelIdentity
from medmm.core.words import Words
from medmm.storage.paths import DEFAULT_BUNDLE, find_bundles, home


def resolve_bundle(asked: str = "") -> Path:
    """Turn a bundle's name or folder into its folder; empty means the shipped one.

    Raises WeightsMissing naming the bundles that are there.
    """
    folder = Path(asked).expanduser()
    if asked and folder.is_dir():
        return folder
    found = find_bundles()
    if not found:
        hint = Words("Name the folder of one with --model, or put it into {home}.", home=home() / "models")
        raise WeightsMissing(Words("no model bundle is installed"), hint)
    try:
        return find_entry(found, asked or DEFAULT_BUNDLE, what="model bundle")
    except ValueError as error:
        raise WeightsMissing(
            Words("{error}", error=error),
            Words("Bundles live in {home} or are named by their folder.", home=home() / "models"),
        ) from error


def list_bundles() -> dict[str, Path]:
    """Give every installed bundle by name."""
    return find_bundles()


def other_bundles(asked: str = "") -> dict[str, Path]:
    """Give every installed bundle but the one that a name or a path means."""
    own = resolve_bundle(asked).resolve()
    return {name: folder for name, folder in find_bundles().items() if folder.resolve() != own}


def read_card(asked: str = "") -> str:
    """Give a bundle's card (docs/README.md) as text.

    Raises WeightsMissing when the bundle has none.
    """
    card = resolve_bundle(asked) / "docs" / "README.md"
    if not card.is_file():
        raise WeightsMissing(
            Words("bundle {name!r} has no card", name=card.parents[1].name),
            Words("Ask who made it for docs/README.md."),
            card,
        )
    return card.read_text(encoding="utf-8")


def bundle_sha256(folder: Path) -> str:
    """Give what identifies a bundle, the SHA-256 of its list of sums, without checking one file of it.

    Raises WeightsMissing when it has no such list.
    """
    try:
        return hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()
    except OSError as error:
        raise WeightsMissing(
            Words("bundle {name!r} has no SHA256SUMS", name=folder.name), Words("Import the bundle again."), folder
        ) from error


def verify_bundle(asked: str = "") -> ModelIdentity:
    """Check the sums, load the weights and score the golden case.

    Raises BundleRefused naming the file and what is wrong with it.
    """
    from medmm.inference.predictor import load_predictor

    return load_predictor(resolve_bundle(asked), device="cpu").identity

"""Write a changed copy of a bundle, whole or not at all; the bundle itself is never changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.models.bundle import load_bundle, seal_bundle
from medmm.models.bundle_facts import Bundle
from medmm.models.bundle_files import CARD, METADATA, SIGNATURE, SUMS
from medmm.training.card_section import put_section, retitle

UNFINISHED = ".unfinished"


def refuse_existing(out: Path) -> None:
    """Raise StorageError where the folder of the copy is there already: nobody should wait to be told."""
    if out.exists():
        raise StorageError(
            Words("{name} exists already", name=out.name),
            Words("Choose another --out folder: a bundle is never changed in place."),
            out,
        )


@contextmanager
def copied_bundle(bundle: Bundle, out: Path, *, without: Sequence[str] = ()) -> Iterator[Path]:
    """Give a copy to change, without some files; then it is sealed, opened, its golden case scored, and named `out`.

    Raises StorageError where it cannot be written.
    """
    unfinished = out.with_name(out.name + UNFINISHED)
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(bundle.folder, unfinished, ignore=shutil.ignore_patterns(SUMS, SIGNATURE, *without))
        yield unfinished
        seal_bundle(unfinished)
        load_bundle(unfinished)
        unfinished.rename(out)
    except OSError as error:
        raise StorageError(
            Words("{name} could not be written: {reason}", name=out.name, reason=error.strerror), source=out
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def name_version(document: dict[str, Any], bundle: Bundle, version: str, *, change: str) -> None:
    """Write another version into a copy's metadata, and what changed with it; the same version has no new line."""
    document["version"] = document["medmm"]["spec"]["version"] = version
    if version != bundle.spec.version:
        document["changelog"] = {**document.get("changelog", {}), version: change}


def write_metadata(folder: Path, document: dict[str, Any]) -> None:
    """Write metadata.json of a copy."""
    (folder / METADATA).write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_section(folder: Path, bundle: Bundle, version: str, *, section: str) -> None:
    """Put a section into the card of a copy, under its version."""
    card = folder / CARD
    text = retitle(card.read_text(encoding="utf-8"), bundle.spec.name, version)
    card.write_text(put_section(text, section), encoding="utf-8")

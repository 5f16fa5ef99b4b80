"""Bring a model bundle in and give one out: proven before it is installed, the same bytes for the same bundle."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medmm.core.errors import BundleRefused, StorageError, WeightsMissing
from medmm.core.prediction import ModelIdentity
from medmm.core.words import Words
from medmm.storage.paths import ensure_folder, home
from medmm.workflow.archive import unpack
from medmm.workflow.bundles import resolve_bundle, verify_bundle

INCOMING = ".incoming-"
# It becomes the name of a folder: nothing that leads elsewhere, nothing hidden.
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
METADATA = Path("configs") / "metadata.json"
# The least that a zip can say, so that the same bundle always becomes the same file.
NO_TIME = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = 0o100644


def import_bundle(source: Path, *, replace: bool = False) -> ModelIdentity:
    """Verify a bundle's folder or archive, score its golden case, then install it below MEDMM_HOME.

    replace: take the place of another bundle of that name. Raises WeightsMissing where there is no bundle,
    BundleRefused where it is not what it says or another one has its name. What was installed stays on any error.
    """
    with _incoming() as folder:
        found = _bundle_in(_laid_out(source, folder), source)
        identity = verify_bundle(str(found))
        if not PLAIN_NAME.fullmatch(identity.name):
            raise BundleRefused(
                Words("the bundle calls itself {name!r}, which is no plain name", name=identity.name[:80]),
                Words("A bundle is named by letters, digits, dots, dashes and underscores."),
                source,
            )
        target = home() / "models" / identity.name
        if target.exists() and not replace and _sums(target) != _sums(found):
            raise BundleRefused(
                Words("another bundle {name!r} is installed", name=identity.name),
                Words("Use --replace to put this one in its place; results name the bundle that made them."),
                target,
            )
        _take_place(found, target, folder)
    return identity


def export_bundle(asked: str, target: Path) -> Path:
    """Write a bundle as a zip that `import_bundle` takes; the bundle is verified first.

    Raises BundleRefused where it is not sound, StorageError where `target` exists or cannot be written.
    """
    source = resolve_bundle(asked)
    identity = verify_bundle(str(source))
    if target.exists():
        raise StorageError(
            Words("{name} exists already", name=target.name), Words("Choose another name or remove it first."), target
        )
    unfinished = target.with_name(f".writing-{secrets.token_hex(8)}")
    try:
        ensure_folder(target.parent)
        _write_zip(source, unfinished, identity.name)
        os.replace(unfinished, target)
    except OSError as error:
        raise StorageError(
            Words("{name} could not be written: {reason}", name=target.name, reason=error.strerror), source=target
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


@contextmanager
def _incoming() -> Iterator[Path]:
    # Beside its later place, so that installing is one rename.
    folder = ensure_folder(home() / "models" / f"{INCOMING}{secrets.token_hex(8)}")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _laid_out(source: Path, folder: Path) -> Path:
    place = folder / "bundle"
    if source.is_dir():
        # Links are copied as links: the verification refuses them.
        shutil.copytree(source, place, symlinks=True)
    elif source.is_file():
        place.mkdir()
        unpack(source, place)
    else:
        raise WeightsMissing(
            Words("{name!r} does not exist", name=source.name), Words("Name a bundle's folder or archive."), source
        )
    return place


def _bundle_in(place: Path, source: Path) -> Path:
    # A zip of a bundle holds one folder (the layout of MONAI bundles).
    for candidate in (place, *sorted(place.iterdir())):
        if (candidate / METADATA).is_file():
            return candidate
    raise WeightsMissing(
        Words("{name!r} holds no bundle: there is no configs/metadata.json", name=source.name),
        Words("A text encoder's folder is converted with `medmm models convert-text`."),
        source,
    )


def _sums(folder: Path) -> bytes:
    path = folder / "SHA256SUMS"
    return path.read_bytes() if path.is_file() else b""


def _take_place(found: Path, target: Path, folder: Path) -> None:
    former = folder / "former"
    try:
        if target.exists():
            os.replace(target, former)
        os.replace(found, target)
    except OSError as error:
        if former.exists() and not target.exists():
            os.replace(former, target)
        raise StorageError(
            Words("bundle {name!r} could not be installed: {reason}", name=target.name, reason=error.strerror),
            source=target,
        ) from error


def _write_zip(source: Path, target: Path, name: str) -> None:
    files = sorted(path for path in source.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            info = zipfile.ZipInfo(f"{name}/{path.relative_to(source).as_posix()}", NO_TIME)
            info.external_attr, info.compress_type = READABLE_FILE << 16, zipfile.ZIP_DEFLATED
            with path.open("rb") as stream, archive.open(info, "w") as member:
                shutil.copyfileobj(stream, member)
    with target.open("rb") as stream:
        os.fsync(stream.fileno())

"""Verify a bundle's files before one byte of them is used: hashes first, nothing executable, nothing evaluated."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

from medmm.core.errors import BundleRefused, WeightsMissing
from medmm.core.words import Words

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
METADATA = "configs/metadata.json"
WEIGHTS = "models/model.safetensors"
CALIBRATION = "calibration.json"
CARD = "docs/README.md"
REQUIRED = (METADATA, WEIGHTS, CARD, "LICENSE")
# A list of what may be there, not of what may not: pickles and code have too many names.
ALLOWED_SUFFIXES = (".json", ".safetensors", ".md", ".txt")
ALLOWED_NAMES = ("LICENSE", SUMS, SIGNATURE)
MAX_JSON_BYTES = 50_000_000
HINT = Words("Do not use it. Import the bundle again from where you trust it.")


def verify_files(folder: Path) -> str:
    """Check every file against SHA256SUMS and refuse links, code and config tricks. Returns the bundle's sha256.

    Raises WeightsMissing where there is no bundle, BundleRefused where it is not what it says.
    """
    if not folder.is_dir():
        raise WeightsMissing(
            Words("no model bundle at {name!r}", name=folder.name),
            Words("`medmm models list` shows the bundles."),
            folder,
        )
    found = _regular_files(folder)
    sums = _read_sums(folder)
    listed, present = set(sums), set(found) - {SUMS, SIGNATURE}
    for name in sorted(listed - present):
        raise BundleRefused(
            Words("bundle {name!r}: {entry} is listed in {sums} but missing", name=folder.name, entry=name, sums=SUMS),
            HINT,
            folder,
        )
    for name in sorted(present - listed):
        raise BundleRefused(
            Words("bundle {name!r}: {entry} is not listed in {sums}", name=folder.name, entry=name, sums=SUMS),
            HINT,
            folder,
        )
    for name in REQUIRED:
        if name not in present:
            raise BundleRefused(
                Words("bundle {name!r}: {entry} is missing", name=folder.name, entry=name), HINT, folder
            )
    for name, expected in sums.items():
        _check_file(folder, name, expected)
    return hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS over every other file (the format of sha256sum)."""
    names = sorted(set(_regular_files(folder)) - {SUMS, SIGNATURE})
    lines = [f"{file_sha256(folder / name)}  {name}\n" for name in names]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_json(folder: Path, name: str) -> dict[str, object]:
    """Read one JSON object of a bundle as plain data; anything that MONAI's ConfigParser would run is refused."""
    path = folder / name
    if path.stat().st_size > MAX_JSON_BYTES:
        raise BundleRefused(
            Words(
                "bundle {name!r}: {entry} has {n_bytes} bytes",
                name=folder.name,
                entry=name,
                n_bytes=path.stat().st_size,
            ),
            HINT,
            folder,
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BundleRefused(
            Words("bundle {name!r}: {entry} is not JSON: {error}", name=folder.name, entry=name, error=error),
            HINT,
            folder,
        ) from error
    if not isinstance(content, dict):
        raise BundleRefused(
            Words("bundle {name!r}: {entry} is not a JSON object", name=folder.name, entry=name), HINT, folder
        )
    # The tokenizer's vocabulary may rightly hold a dollar sign; transformers evaluates nothing of it.
    _refuse_code(content, folder, name, dollar=not name.startswith("tokenizer/"))
    return content


def file_sha256(path: Path) -> str:
    """Hash one file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _regular_files(folder: Path) -> list[str]:
    names = []
    for root, folders, files in os.walk(folder, followlinks=False):
        for name in (*folders, *files):
            path = Path(root, name)
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                place = path.relative_to(folder).as_posix()
                raise BundleRefused(
                    Words("bundle {name!r}: {place} is a link or a special file", name=folder.name, place=place),
                    HINT,
                    folder,
                )
        names += [Path(root, name).relative_to(folder).as_posix() for name in files]
    return names


def _read_sums(folder: Path) -> dict[str, str]:
    path = folder / SUMS
    if not path.is_file():
        raise BundleRefused(
            Words("bundle {name!r} has no {sums}, so nothing in it can be checked", name=folder.name, sums=SUMS),
            HINT,
            folder,
        )
    sums: dict[str, str] = {}
    # Exactly what write_sums writes: one spelling only, so that no byte can be changed unseen.
    *lines, rest = path.read_bytes().decode("utf-8", errors="replace").split("\n")
    if rest:
        raise BundleRefused(
            Words("bundle {name!r}: {sums} ends in {rest!r}", name=folder.name, sums=SUMS, rest=rest[:80]), HINT, folder
        )
    for line in lines:
        digest, _, name = line.partition("  ")
        parts = name.split("/")
        if len(digest) != 64 or not name or ".." in parts or name.startswith(("/", "\\")) or ":" in name:
            raise BundleRefused(
                Words("bundle {name!r}: {sums} has a bad line: {line!r}", name=folder.name, sums=SUMS, line=line[:80]),
                HINT,
                folder,
            )
        if name in sums:
            raise BundleRefused(
                Words("bundle {name!r}: {sums} lists {entry} twice", name=folder.name, sums=SUMS, entry=name),
                HINT,
                folder,
            )
        sums[name] = digest
    return sums


def _check_file(folder: Path, name: str, expected: str) -> None:
    path = folder / name
    if path.suffix not in ALLOWED_SUFFIXES and path.name not in ALLOWED_NAMES:
        raise BundleRefused(
            Words("bundle {name!r}: {entry} is of a kind that a bundle may not hold", name=folder.name, entry=name),
            HINT,
            folder,
        )
    if (found := file_sha256(path)) != expected:
        raise BundleRefused(
            Words(
                "bundle {name!r}: {entry} was changed (sha256 {found}..., expected {expected}...)",
                name=folder.name,
                entry=name,
                found=found[:12],
                expected=expected[:12],
            ),
            HINT,
            folder,
        )
    if path.suffix == ".json":
        read_json(folder, name)


def _refuse_code(value: object, folder: Path, name: str, *, dollar: bool) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_code(key, folder, name, dollar=dollar)
            _refuse_code(item, folder, name, dollar=dollar)
    elif isinstance(value, list):
        for item in value:
            _refuse_code(item, folder, name, dollar=dollar)
    elif isinstance(value, str) and (value in ("_target_", "auto_map") or (dollar and "$" in value)):
        raise BundleRefused(
            Words(
                "bundle {name!r}: {entry} holds {value!r}, which asks for code",
                name=folder.name,
                entry=name,
                value=value[:60],
            ),
            HINT,
            folder,
        )

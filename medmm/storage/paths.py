"""The directories MedMM writes to; MEDMM_HOME moves all of them, MEDMM_CACHE what can be made again."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from medmm.core.errors import StorageError
from medmm.core.resources import resource
from medmm.core.words import Words

DEFAULT_BUNDLE = "chest-multimodal"


def home() -> Path:
    """Give the folder of all state: MEDMM_HOME, else the platform's place for application data."""
    asked = os.environ.get("MEDMM_HOME", "")
    return Path(asked).expanduser() if asked else user_data_path("MedMM", appauthor=False)


def readable(name: str) -> str:
    """Give a file's name as text that can be written anywhere: a byte that is no UTF-8 (Linux) becomes \\udcff."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def ensure_folder(path: Path) -> Path:
    """Create a folder with its parents.

    Raises StorageError when the place cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            Words("folder {name!r} cannot be created: {reason}", name=path.name, reason=error.strerror),
            Words("Choose a folder that you may write to, or set MEDMM_HOME."),
            path,
        ) from error
    return path


def log_folder() -> Path:
    """Give the folder of the log files."""
    return ensure_folder(home() / "logs")


def compiled_folder() -> Path | None:
    """Give the folder of compiled encoders, which may be deleted at any time; None where nothing may be written.

    MEDMM_CACHE: one for several homes.
    """
    asked = os.environ.get("MEDMM_CACHE", "")
    try:
        return ensure_folder((Path(asked).expanduser() if asked else home() / "cache") / "encoders")
    except StorageError:
        return None


def model_folders() -> tuple[Path, ...]:
    """Give the folders that are searched for bundles, the user's own first."""
    return (home() / "models", resource("models"))


def find_bundles() -> dict[str, Path]:
    """Find installed bundles by folder name; one of the user's hides a shipped one of the same name."""
    found: dict[str, Path] = {}
    for folder in model_folders():
        if folder.is_dir():
            for child in sorted(folder.iterdir()):
                if (child / "configs" / "metadata.json").is_file():
                    found.setdefault(child.name, child)
    return found

"""What works on this machine: devices, codecs, fonts, window system, bundle; and how to get the rest."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from medmm.core.errors import MedMMError
from medmm.core.words import NOTHING, Words
from medmm.workflow.window_system import NO_DISPLAY_HINT, has_display, install_line, missing_libraries

CODECS = {
    "JPEG (libjpeg)": "pylibjpeg-libjpeg",
    "JPEG 2000 (openjpeg)": "pylibjpeg-openjpeg",
    "RLE": "pylibjpeg-rle",
    "JPEG-LS": "pyjpegls",
}
EXTRAS = {"ray": "cluster", "napari": "bench", "pytest": "dev"}


@dataclass(frozen=True)
class Check:
    """One line of the doctor: is_fine, what was found, and how to mend it."""

    name: str
    is_fine: bool
    found: str
    hint: Words = NOTHING
    is_optional: bool = False


def examine() -> Iterator[Check]:
    """Examine the machine step by step, the quick things first."""
    yield _python()
    yield from _codecs()
    yield from _window_system()
    yield _fonts()
    yield from _extras()
    yield _device()
    yield _bundle()


def _python() -> Check:
    found = (
        f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} {platform.machine()}"
    )
    return Check("python", sys.version_info >= (3, 11), found, Words("Install Python 3.11 or newer."))


def _codecs() -> Iterator[Check]:
    for name, package in CODECS.items():
        try:
            yield Check(name, True, f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            yield Check(name, False, "missing", Words("pip install {package}", package=package))


def _window_system() -> Iterator[Check]:
    qt = find_spec("PySide6") is not None
    yield Check("Qt", qt, "PySide6" if qt else "missing", Words("pip install PySide6-Essentials"))
    missing = missing_libraries()
    found = f"missing {', '.join(missing)}" if missing else "all libraries found"
    yield Check("window libraries", not missing, found, install_line(missing))
    is_there = has_display()
    yield Check("display", is_there, "present" if is_there else "none", NO_DISPLAY_HINT, is_optional=True)


def _fonts() -> Check:
    name = "fonts for Chinese, Japanese, Korean"
    lister = shutil.which("fc-list")
    if lister is None:
        return Check(
            name, True, "the system's own" if sys.platform != "linux" else "the shipped report font", is_optional=True
        )
    listed = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    families = sorted({line.split(",")[0] for line in listed if line})
    found = ", ".join(families[:3]) or "none"
    return Check(name, bool(families), found, Words("sudo apt-get install fonts-noto-cjk"), is_optional=True)


def _extras() -> Iterator[Check]:
    for module, extra in EXTRAS.items():
        is_here = find_spec(module) is not None
        found = "installed" if is_here else "not installed"
        yield Check(
            f"extra {extra}", is_here, found, Words("pip install 'medmm[{extra}]'", extra=extra), is_optional=True
        )


def _device() -> Check:
    def look() -> str:
        from medmm.inference.runtime import choose_device

        return choose_device("auto").title

    return _tried("device", look)


def _bundle() -> Check:
    def look() -> str:
        from medmm.workflow.bundles import verify_bundle

        identity = verify_bundle()
        return f"{identity.name} {identity.version}, golden case reproduced"

    return _tried("model bundle", look)


def _tried(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except MedMMError as error:
        return Check(name, False, error.message, error.hint)
    except (ImportError, OSError) as error:
        # A library that is missing or cannot be loaded is what the doctor is for.
        return Check(name, False, f"{type(error).__name__}: {error}", Words("Run installer/bootstrap.py again."))

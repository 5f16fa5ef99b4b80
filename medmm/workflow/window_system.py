"""Can a window be opened here, and if not, what is missing?"""

from __future__ import annotations

import ctypes.util
import os
import sys

from medmm.core.words import Words

# Shared libraries that Qt's plugin for X11 loads at run time (doc.qt.io, "Qt for X11 Requirements"),
# with Debian's package for each.
X11_LIBRARIES = {
    "EGL": "libegl1",
    "GL": "libgl1",
    "xkbcommon-x11": "libxkbcommon-x11-0",
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-image": "libxcb-image0",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-randr": "libxcb-randr0",
    "xcb-render-util": "libxcb-render-util0",
    "xcb-shape": "libxcb-shape0",
    "dbus-1": "libdbus-1-3",
    "fontconfig": "libfontconfig1",
    "glib-2.0": "libglib2.0-0",
}
NO_DISPLAY_HINT = Words("Log in on a desktop, use ssh -X, or install xvfb and run: xvfb-run -a python main.py")


def missing_libraries() -> dict[str, str]:
    """Name the libraries that a window needs and that are not here, with Debian's packages; empty off Linux."""
    if sys.platform != "linux":
        return {}
    return {name: package for name, package in X11_LIBRARIES.items() if ctypes.util.find_library(name) is None}


def install_line(missing: dict[str, str]) -> Words:
    """Give the command that installs the missing libraries."""
    return Words("sudo apt-get install {packages}", packages=" ".join(missing.values()))


def has_display() -> bool:
    """Tell whether there is a screen to open a window on."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) or _is_headless_by_choice()


def _is_headless_by_choice() -> bool:
    return os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "vnc")

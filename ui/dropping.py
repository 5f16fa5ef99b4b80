"""What was dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_paths(mime: QMimeData) -> list[Path]:
    """Give the local files and folders of a drop; links to the web are left out."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]

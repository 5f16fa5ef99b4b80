"""What stays in the clipboard when the program ends."""

from __future__ import annotations

import shiboken6
from PySide6.QtGui import QClipboard, QGuiApplication


def settle_clipboard() -> None:
    """Leave what was copied as Qt's own text.

    A text view puts an object made in Python there. The clipboard lets go of it only after the interpreter has ended,
    and the call back into it brings the process down.
    """
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        kept = clipboard.mimeData(mode)
        if kept is not None and shiboken6.createdByPython(kept):
            clipboard.setText(kept.text(), mode)

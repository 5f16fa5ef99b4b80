"""The one notice above the image: trouble, or good news such as a saved file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ui.messages import Problem


@dataclass(frozen=True)
class Notice:
    """What the notice bar shows; file is offered to be opened."""

    text: str
    hint: str = ""
    details: str = ""
    is_trouble: bool = False
    file: Path | None = None


class NoticeState(QObject):
    """Holds the latest notice until it is dismissed."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notice: Notice | None = None

    @property
    def notice(self) -> Notice | None:
        """The notice shown, if any."""
        return self._notice

    def tell(self, text: str, *, hint: str = "", file: Path | None = None) -> None:
        """Show good news."""
        self._set(Notice(text, hint, file=file))

    def complain(self, problem: Problem) -> None:
        """Show trouble."""
        self._set(Notice(problem.sentence, problem.hint, problem.details, is_trouble=True))

    def dismiss(self) -> None:
        """Show nothing."""
        self._set(None)

    def _set(self, notice: Notice | None) -> None:
        self._notice = notice
        self.changed.emit()

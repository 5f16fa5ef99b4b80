"""The series that are open: what is in memory of each, how far it is read, and its small picture."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from medmm.core.image import MedicalImage, SeriesSummary
from medmm.core.quality import QualityNote
from medmm.workflow.machine_memory import image_budget_bytes
from medmm.workflow.pixel_cache import PixelCache
from ui.messages import Problem


class Progress(StrEnum):
    """How far a series is read."""

    NOT_READ = "not read"
    READING = "reading"
    READ = "read"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class SeriesStatus:
    """Where the reading of one series stands.

    preview: one of its slices, or the whole stack as far as it has come, while the others are on their way;
    missing: the slices of that stack that have not come yet.
    """

    progress: Progress = Progress.NOT_READ
    n_read: int = 0
    preview: MedicalImage | None = None
    missing: frozenset[int] = frozenset()
    problem: Problem | None = None


NOT_READ = SeriesStatus()


class SeriesStore(QObject):
    """Pixels and thumbnails by the key of their series; values come from workers, everyone else reads here.

    series_changed: a series was read, failed, or left memory; thumbnail_changed: a small picture came.
    """

    series_changed = Signal(str)
    thumbnail_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = PixelCache(image_budget_bytes())
        self._statuses: dict[str, SeriesStatus] = {}
        self._thumbnails: dict[str, QImage] = {}
        self._remarks: dict[str, tuple[QualityNote, ...]] = {}

    @property
    def n_bytes(self) -> int:
        """How much memory the pixels take."""
        return self._cache.n_bytes

    def image(self, key: str) -> MedicalImage | None:
        """Give a series that is in memory as a whole."""
        return self._cache.peek(key)

    def status(self, key: str) -> SeriesStatus:
        """Say how far a series is read."""
        if self._cache.peek(key) is not None:
            return SeriesStatus(Progress.READ)
        return self._statuses.get(key, NOT_READ)

    def remarks(self, key: str) -> tuple[QualityNote, ...]:
        """Give what the reading of a series found odd, known once it was read."""
        return self._remarks.get(key, ())

    def thumbnail(self, key: str) -> QImage | None:
        """Give the small picture of a series; an empty one where there can be none."""
        return self._thumbnails.get(key)

    def begin(self, key: str) -> None:
        """Note that a series is being read; a slice that could be looked at before stays."""
        self._set(key, SeriesStatus(Progress.READING, preview=self.status(key).preview))

    def settle(self, series: SeriesSummary) -> None:
        """Take note that a survey is over: what was a slice of a growing series is the whole, or is read as a whole."""
        status = self.status(series.key)
        preview = status.preview
        if status.progress is not Progress.READING:
            return
        if preview is not None and len(series.paths) == 1 and preview.n_slices == series.n_frames:
            self.put(series.key, preview)
        else:
            self._set(series.key, SeriesStatus(preview=preview))

    def arrive(self, key: str, n_read: int, preview: MedicalImage, missing: frozenset[int] = frozenset()) -> None:
        """Note how many slices have come, with what can be looked at."""
        self._set(key, SeriesStatus(Progress.READING, n_read, preview, missing))

    def put(self, key: str, image: MedicalImage) -> None:
        """Take a series that was read; others may have to leave for it."""
        left = self._cache.put(key, image)
        self._remarks[key] = image.notes
        self._set(key, NOT_READ)
        self._tell(left)

    def use(self, key: str) -> None:
        """Count a series as used now."""
        self._cache.use(key)

    def fail(self, key: str, problem: Problem) -> None:
        """Note that a series cannot be read."""
        self._set(key, SeriesStatus(Progress.FAILED, problem=problem))

    def cancel(self, key: str) -> None:
        """Take back a reading that was cancelled; it does not begin again by itself."""
        self._set(key, SeriesStatus(Progress.CANCELLED))

    def try_again(self, key: str) -> None:
        """Forget that a reading failed or was cancelled: the series is asked for once more."""
        if self.status(key).progress in (Progress.FAILED, Progress.CANCELLED):
            self._set(key, NOT_READ)

    def put_thumbnail(self, key: str, picture: QImage) -> None:
        """Take a small picture."""
        self._thumbnails[key] = picture
        self.thumbnail_changed.emit(key)

    def pin(self, keys: Collection[str]) -> None:
        """Say which series are on the screen; they stay in memory."""
        self._cache.pin(keys)

    def set_budget(self, budget_bytes: int) -> None:
        """Change how much memory pixels may take."""
        self._tell(self._cache.set_budget(budget_bytes))

    def release(self, n_bytes: int) -> tuple[int, int]:
        """Give memory back from what is not on the screen; gives how many series left and how many bytes they took."""
        before = self._cache.n_bytes
        left = self._cache.release(n_bytes)
        self._tell(left)
        return len(left), before - self._cache.n_bytes

    def drop(self, keys: Collection[str]) -> None:
        """Forget series whose patient was closed."""
        self._cache.drop(keys)
        for key in keys:
            for kept in (self._statuses, self._thumbnails, self._remarks):
                kept.pop(key, None)

    def _set(self, key: str, status: SeriesStatus) -> None:
        self._statuses[key] = status
        self.series_changed.emit(key)

    def _tell(self, keys: Collection[str]) -> None:
        for key in keys:
            self.series_changed.emit(key)

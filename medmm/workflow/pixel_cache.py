"""Which series stay in memory: those seen last, within a budget; what is on the screen always stays."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection

from medmm.core.image import MedicalImage


class PixelCache:
    """Images by the key of their series; the one used longest ago leaves first."""

    def __init__(self, budget_bytes: int) -> None:
        self._budget_bytes = budget_bytes
        self._images: OrderedDict[str, MedicalImage] = OrderedDict()
        self._pinned: frozenset[str] = frozenset()

    @property
    def budget_bytes(self) -> int:
        """How much may be kept."""
        return self._budget_bytes

    @property
    def n_bytes(self) -> int:
        """How much is kept now."""
        return sum(image.stored.nbytes for image in self._images.values())

    @property
    def keys(self) -> tuple[str, ...]:
        """The series kept, the one used longest ago first."""
        return tuple(self._images)

    def peek(self, key: str) -> MedicalImage | None:
        """Give a series that is kept, without counting it as used."""
        return self._images.get(key)

    def use(self, key: str) -> MedicalImage | None:
        """Give a series that is kept, and count it as used now."""
        if key in self._images:
            self._images.move_to_end(key)
        return self._images.get(key)

    def put(self, key: str, image: MedicalImage) -> tuple[str, ...]:
        """Keep a series that was read; gives the keys of those that had to leave for it."""
        self._images[key] = image
        self._images.move_to_end(key)
        return self._shrink(self._budget_bytes, kept=key)

    def pin(self, keys: Collection[str]) -> None:
        """Say which series are on the screen; they stay whatever the budget says."""
        self._pinned = frozenset(keys)

    def set_budget(self, budget_bytes: int) -> tuple[str, ...]:
        """Change how much may be kept; gives the keys of those that had to leave."""
        self._budget_bytes = budget_bytes
        return self._shrink(budget_bytes)

    def release(self, n_bytes: int) -> tuple[str, ...]:
        """Give at least so much back, if there is so much that is not on the screen; gives the keys that left."""
        return self._shrink(max(self.n_bytes - n_bytes, 0))

    def drop(self, keys: Collection[str]) -> None:
        """Forget series whose patient was closed."""
        for key in keys:
            self._images.pop(key, None)

    def _shrink(self, limit: int, *, kept: str = "") -> tuple[str, ...]:
        left, total = [], self.n_bytes
        for key in [key for key in self._images if key not in self._pinned and key != kept]:
            if total <= limit:
                break
            total -= self._images.pop(key).stored.nbytes
            left.append(key)
        return tuple(left)

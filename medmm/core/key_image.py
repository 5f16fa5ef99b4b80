"""A key image: a slice that a reader marks, or that a key object selection names."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.measurement import SlicePlace


@dataclass(frozen=True)
class KeyImage:
    """One mark. title: of the key object selection that sets it, empty for the reader's own."""

    place: SlicePlace
    title: str = ""

    @property
    def is_own(self) -> bool:
        """Tell whether the reader set it and may take it back."""
        return not self.title

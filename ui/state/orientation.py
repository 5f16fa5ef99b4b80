"""How the image is turned on the screen: one of the eight flips and quarter turns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Orientation:
    """First mirrored left to right (if is_mirrored), then turned clockwise by quarter turns (0 to 3)."""

    turns: int = 0
    is_mirrored: bool = False

    def rotated(self, quarter_turns: int = 1) -> Orientation:
        """Turn what is seen clockwise."""
        return Orientation((self.turns + quarter_turns) % 4, self.is_mirrored)

    def flipped_horizontally(self) -> Orientation:
        """Swap left and right of what is seen."""
        return Orientation(-self.turns % 4, not self.is_mirrored)

    def flipped_vertically(self) -> Orientation:
        """Swap top and bottom of what is seen."""
        return Orientation((2 - self.turns) % 4, not self.is_mirrored)

    @property
    def is_sideways(self) -> bool:
        """Tell whether rows run across the screen."""
        return self.turns % 2 == 1

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Turn a vector of the image (x along columns, y along rows, y down) into one of the screen."""
        if self.is_mirrored:
            x = -x
        for _ in range(self.turns):
            x, y = -y, x
        return x, y

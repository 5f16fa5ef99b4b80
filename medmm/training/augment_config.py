"""What may change in a training image by chance; there is no flip, which would swap the sides of a chest."""

from __future__ import annotations

from pydantic import Field, field_validator

from medmm.training.strict import Strict

CHANCE = 0.4


class RotateConfig(Strict):
    """Turn in the plane by up to `radians` to either side."""

    chance: float = Field(default=CHANCE, ge=0, le=1)
    radians: float = Field(default=0.12, ge=0, le=0.8)


class ZoomConfig(Strict):
    """Shrink or enlarge by a factor between `least` and `most`; the size of the image stays."""

    chance: float = Field(default=CHANCE, ge=0, le=1)
    least: float = Field(default=0.9, ge=0.5, le=1)
    most: float = Field(default=1.12, ge=1, le=2)


class ContrastConfig(Strict):
    """Raise the values to a power between the two of `gamma`."""

    chance: float = Field(default=CHANCE, ge=0, le=1)
    gamma: tuple[float, float] = (0.75, 1.35)

    @field_validator("gamma")
    @classmethod
    def _in_order(cls, gamma: tuple[float, float]) -> tuple[float, float]:
        if not 0.2 <= gamma[0] < gamma[1] <= 5:
            raise ValueError(f"gamma needs two rising numbers between 0.2 and 5, found {list(gamma)}")
        return gamma


class NoiseConfig(Strict):
    """Add normal noise of up to this deviation to values in [0, 1]."""

    chance: float = Field(default=CHANCE, ge=0, le=1)
    deviation: float = Field(default=0.03, ge=0, le=0.5)


class AugmentConfig(Strict):
    """The changes, in this order; a chance of 0 leaves one out."""

    rotate: RotateConfig = RotateConfig()
    zoom: ZoomConfig = ZoomConfig()
    contrast: ContrastConfig = ContrastConfig()
    noise: NoiseConfig = NoiseConfig()

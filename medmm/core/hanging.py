"""Hanging protocols: which image stands where when a study is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from medmm.core.image import StudyHeader


@dataclass(frozen=True)
class Cell:
    """What one viewport wants to show; an empty field asks for nothing.

    views: projections, any of them (PA, AP, LAT, LL, RL, CC, MLO ...); laterality: L or R; plane: axial, coronal or
    sagittal; prior: 0 for the study opened, 1 for the newest earlier one and so on; is_optional: may stay empty.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    views: tuple[str, ...] = ()
    laterality: str = ""
    plane: str = ""
    prior: int = 0
    is_optional: bool = False


@dataclass(frozen=True)
class HangingProtocol:
    """A layout and its cells, row by row, for studies of these modalities and, where named, body parts."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    name: str
    modalities: tuple[str, ...]
    shape: tuple[int, int]
    cells: tuple[Cell, ...]
    body_parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """An image or series that can be hung: what its header says, its plane, and how many studies back it was taken."""

    header: StudyHeader
    plane: str = ""
    prior: int = 0


@dataclass(frozen=True)
class Hanging:
    """A protocol applied: for each of its cells the number of the candidate, None where it stays empty."""

    protocol: HangingProtocol
    places: tuple[int | None, ...]

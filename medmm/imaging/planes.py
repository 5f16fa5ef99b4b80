"""Overlays and shutters of every slice of an image, in the image's order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from medmm.core.planes import NO_PLANES, Planes
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.imaging.overlays import OverlayPlane, read_overlays
from medmm.imaging.slices import Slice


def read_planes(slices: Sequence[Slice]) -> tuple[tuple[Planes, ...], tuple[QualityNote, ...]]:
    """Give what lies over each slice, and a remark where an overlay cannot be shown."""
    if not any(part.facts.overlay_groups or part.facts.shutter for part in slices):
        return (NO_PLANES,) * len(slices), ()
    overlays: dict[Path, tuple[OverlayPlane, ...]] = {}
    lost: set[int] = set()
    for facts in {part.facts.path: part.facts for part in slices}.values():
        overlays[facts.path], unreadable = read_overlays(facts)
        lost.update(unreadable)
    return tuple(_planes(part, overlays[part.facts.path]) for part in slices), _notes(lost)


def _planes(part: Slice, found: tuple[OverlayPlane, ...]) -> Planes:
    overlays = (plane.of_frame(part.frame) for plane in found)
    return Planes(tuple(overlay for overlay in overlays if overlay is not None), part.facts.shutter)


def _notes(lost: set[int]) -> tuple[QualityNote, ...]:
    if not lost:
        return ()
    groups = ", ".join(f"{group:04X}" for group in sorted(lost))
    message = Words("The overlay of group {groups} is incomplete and is not shown.", groups=groups)
    return (QualityNote("overlay_unreadable", message, Severity.INFO, InputKind.IMAGE),)

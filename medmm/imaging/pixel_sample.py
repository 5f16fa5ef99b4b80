"""One pixel's values at every stage: stored, modality, and SUV where the file allows it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from medmm.core.image import MedicalImage
from medmm.imaging.windowing import padding_mask, to_modality


@dataclass(frozen=True)
class PixelSample:
    """stored: as decoded, three numbers for RGB; modality None for colour and padding, suv None without a factor."""

    row: int
    col: int
    stored: tuple[int, ...]
    modality: float | None = None
    suv: float | None = None
    is_padding: bool = False


def sample_pixel(image: MedicalImage, slice_index: int, row: int, col: int) -> PixelSample | None:
    """Read one pixel of a slice; None outside the image."""
    rows, cols = image.size
    if not (0 <= row < rows and 0 <= col < cols):
        return None
    block = image.stored[slice_index][row : row + 1, col : col + 1]
    stored = tuple(int(part) for part in block.reshape(-1))
    if image.is_color:
        return PixelSample(row, col, stored)
    instance = image.instances[slice_index]
    pixel = replace(image, stored=block[None], instances=(instance,))
    if padding_mask(pixel, 0)[0, 0]:
        return PixelSample(row, col, stored, is_padding=True)
    modality = float(to_modality(pixel, 0)[0, 0])
    suv = None if instance.suv_factor is None else modality * instance.suv_factor
    return PixelSample(row, col, stored, modality, suv)

"""In what unit modality values are, as far as the file says."""

from __future__ import annotations

import math

from medmm.core.image import MedicalImage

MOST_DECIMALS = 4


def is_in_hu(image: MedicalImage) -> bool:
    """Tell whether the values are Hounsfield units: by RescaleType, or CT with a rescale that is no capture."""
    return image.header.units == "HU"


def value_decimals(image: MedicalImage, slice_index: int) -> int:
    """Count the decimals that tell neighbouring stored values apart; 0 where the values are whole numbers."""
    instance = image.instances[slice_index]
    step, offset = abs(instance.rescale_slope), instance.rescale_intercept
    if image.modality_lut is not None or (step.is_integer() and float(offset).is_integer()):
        return 0
    return min(max(math.ceil(-math.log10(step)), 1), MOST_DECIMALS)

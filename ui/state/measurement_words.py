"""What a measurement says, in words: numbers with their units and no more digits than they deserve."""

from __future__ import annotations

import math
from dataclasses import replace

from medmm.core.image import MedicalImage
from medmm.core.measurement import MeasurementKind
from medmm.imaging.measuring import Quantity, Readout
from medmm.imaging.pixel_sample import PixelSample
from medmm.imaging.roi_statistics import RoiStatistics
from medmm.imaging.value_unit import value_decimals
from ui.language import told, tr

NO_NUMBER = "–"
SEPARATOR = " · "
SUV_DECIMALS = 2
SUV_UNIT = "SUVbw"


def quantity_text(quantity: Quantity) -> str:
    """Write a number with its unit; a degree sign stands close."""
    if math.isnan(quantity.value):
        return NO_NUMBER
    gap = "" if quantity.unit == "°" else " "
    return f"{quantity.value:.{quantity.decimals}f}{gap}{told(quantity.unit)}"


def main_text(kind: MeasurementKind, readout: Readout, image: MedicalImage, slice_index: int) -> str:
    """Write the one number that a measurement is made for: a length, an angle, a mean, a value."""
    if kind is MeasurementKind.POINT:
        return sample_parts(readout.sample, image, slice_index)[0]
    quantity = readout.angle or (readout.length if kind is MeasurementKind.LENGTH else None)
    if quantity is not None:
        return quantity_text(quantity)
    if readout.statistics is None:
        return quantity_text(readout.area) if readout.area else NO_NUMBER
    shown, decimals, unit = _shown(readout.statistics, image, slice_index)
    return _mean(replace(shown, sd=math.nan), decimals, unit)


def label_lines(kind: MeasurementKind, readout: Readout, image: MedicalImage, slice_index: int) -> tuple[str, ...]:
    """Write what stands beside a measurement on the image."""
    statistics = readout.statistics
    if kind is MeasurementKind.POINT:
        return sample_parts(readout.sample, image, slice_index)
    if statistics is None or readout.area is None:
        return (main_text(kind, readout, image, slice_index),)
    return (
        _mean(*_shown(statistics, image, slice_index)),
        range_text(statistics, image, slice_index),
        SEPARATOR.join((quantity_text(readout.area), count_text(statistics))),
    )


def detail_lines(kind: MeasurementKind, readout: Readout, image: MedicalImage, slice_index: int) -> tuple[str, ...]:
    """Write everything that a measurement says, for the panel."""
    lines = list(label_lines(kind, readout, image, slice_index))
    if readout.length is not None and readout.second is not None:
        first = f"{readout.length.value:.{readout.length.decimals}f}"
        lines.append(tr("{first} by {second}").format(first=first, second=quantity_text(readout.second)))
    if readout.statistics is not None and image.instances[slice_index].suv_factor is not None:
        lines.insert(1, _mean(readout.statistics, value_decimals(image, slice_index) + 1, unit_of(image)))
    return tuple(lines)


def shown_numbers(statistics: RoiStatistics, image: MedicalImage, slice_index: int) -> tuple[str, str, str]:
    """Write the smallest value, the mean and the largest value."""
    shown, decimals, _ = _shown(statistics, image, slice_index, is_mean=False)
    mean, mean_decimals, _ = _shown(statistics, image, slice_index)
    return (
        f"{shown.minimum:.{decimals}f}",
        tr("mean {value}").format(value=f"{mean.mean:.{mean_decimals}f}"),
        f"{shown.maximum:.{decimals}f}",
    )


def range_text(statistics: RoiStatistics, image: MedicalImage, slice_index: int) -> str:
    """Write the smallest and the largest value."""
    shown, decimals, _ = _shown(statistics, image, slice_index, is_mean=False)
    low, high = f"{shown.minimum:.{decimals}f}", f"{shown.maximum:.{decimals}f}"
    return SEPARATOR.join((tr("min {value}").format(value=low), tr("max {value}").format(value=high)))


def count_text(statistics: RoiStatistics) -> str:
    """Write how many pixels the statistics are of, and how many were left out."""
    text = tr("n = {n}").format(n=statistics.n_pixels)
    if statistics.n_padding:
        text = SEPARATOR.join((text, tr("{n} of padding left out").format(n=statistics.n_padding)))
    return text


def sample_text(sample: PixelSample | None, image: MedicalImage, slice_index: int) -> str:
    """Write the value of a pixel at every stage that the file allows, on one line."""
    return SEPARATOR.join(sample_parts(sample, image, slice_index))


def sample_parts(sample: PixelSample | None, image: MedicalImage, slice_index: int) -> tuple[str, ...]:
    """Write the value of a pixel at every stage that the file allows: SUV, modality with unit, stored if different."""
    if sample is None:
        return (NO_NUMBER,)
    if image.is_color:
        return ("RGB {} {} {}".format(*sample.stored),)
    if sample.is_padding or sample.modality is None:
        return tr("padding"), tr("stored {value}").format(value=sample.stored[0])
    value = f"{sample.modality:.{value_decimals(image, slice_index)}f}"
    parts = [f"{value} {unit_of(image)}".rstrip()]
    if sample.suv is not None:
        parts.insert(0, f"{sample.suv:.{SUV_DECIMALS}f} {SUV_UNIT}")
    if sample.modality != sample.stored[0]:
        parts.append(tr("stored {value}").format(value=sample.stored[0]))
    return tuple(parts)


def unit_of(image: MedicalImage) -> str:
    """Give the unit of the modality values on one line, empty where the file states none."""
    return " ".join(image.header.units.split())


def _mean(shown: RoiStatistics, decimals: int, unit: str) -> str:
    mean = tr("mean {value}").format(value=f"{shown.mean:.{decimals}f} {unit}".rstrip())
    if math.isnan(shown.sd):
        return mean
    return SEPARATOR.join((mean, tr("SD {value}").format(value=f"{shown.sd:.{decimals}f}")))


def _shown(
    statistics: RoiStatistics, image: MedicalImage, slice_index: int, *, is_mean: bool = True
) -> tuple[RoiStatistics, int, str]:
    factor = image.instances[slice_index].suv_factor
    if factor is not None:
        return statistics.scaled(factor), SUV_DECIMALS, SUV_UNIT
    # A mean of many whole numbers deserves one digit more than they have.
    return statistics, value_decimals(image, slice_index) + int(is_mean), unit_of(image)

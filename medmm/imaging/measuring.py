"""What a measurement says: lengths, angles, areas and values, in the geometry of millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from medmm.core.image import PIXELS, ImageGeometry, MedicalImage
from medmm.core.measurement import AREA_KINDS, Measurement, MeasurementKind, Point
from medmm.core.words import Words
from medmm.imaging.geometry import length_between
from medmm.imaging.pixel_sample import PixelSample, sample_pixel
from medmm.imaging.roi_mask import area_px, roi_mask
from medmm.imaging.roi_statistics import Histogram, RoiStatistics, roi_histogram, roi_statistics

Vector = tuple[float, float]
DEGREES = "°"


@dataclass(frozen=True)
class Quantity:
    """A number with its unit and as many decimals as the pixels allow."""

    value: float
    unit: str
    decimals: int = 0


@dataclass(frozen=True)
class Readout:
    """What a measurement says; what its kind does not have is None.

    second: the length of the other axis of an ellipse or the other side of a rectangle;
    histogram: of a region, where it was worked out along with the rest;
    is_settled: False while the statistics are still those of the outline as it was a moment ago.
    """

    length: Quantity | None = None
    second: Quantity | None = None
    angle: Quantity | None = None
    area: Quantity | None = None
    statistics: RoiStatistics | None = None
    sample: PixelSample | None = None
    histogram: Histogram | None = None
    is_settled: bool = True


def read_out(measurement: Measurement, image: MedicalImage, slice_index: int) -> Readout:
    """Measure on one slice of an image."""
    kind, points, geometry = measurement.kind, measurement.points, image.geometry
    if kind is MeasurementKind.LENGTH:
        return Readout(length=length_of(geometry, points[0], points[1]))
    if kind is MeasurementKind.ANGLE:
        arms = _vector(geometry, points[1], points[0]), _vector(geometry, points[1], points[2])
        return Readout(angle=Quantity(_angle_between(*arms), DEGREES, 1))
    if kind is MeasurementKind.COBB:
        return Readout(angle=Quantity(cobb_angle(geometry, points), DEGREES, 1))
    if kind is MeasurementKind.POINT:
        return Readout(sample=sample_pixel(image, slice_index, math.floor(points[0][0]), math.floor(points[0][1])))
    return _region(measurement, image, slice_index)


def length_of(geometry: ImageGeometry, start: Point, end: Point) -> Quantity:
    """Measure the way between two points."""
    length = length_between(geometry, start, end)
    return Quantity(length.value, length.unit, _decimals(max(pixel_size(geometry))))


def area_of(geometry: ImageGeometry, measurement: Measurement) -> Quantity:
    """Measure the area inside an outline, whatever of it lies outside the image."""
    rows, cols = pixel_size(geometry)
    unit = PIXELS if math.isnan(geometry.spacing_mm[1]) else geometry.spacing_label
    return Quantity(area_px(measurement) * rows * cols, _squared(unit), _decimals(rows * cols))


def _squared(unit: Words) -> Words:
    # What a length owes to its provenance, an area does too.
    provenance = unit.values.get("provenance")
    if provenance is None:
        return Words("{unit}²", unit=unit)
    return Words("{unit}² ({provenance})", unit=unit.values["unit"], provenance=provenance)


def cobb_angle(geometry: ImageGeometry, points: tuple[Point, ...]) -> float:
    """Give the angle between two end plates in degrees, 0 to 180, however their lines were drawn.

    Both lines are read towards the same side of the way from the middle of one to the middle of the other, the
    direction of the spine between them: so a curve of more than 90 degrees is not folded back below 90, and no flip or
    turn of the image changes the number. Lines that cross in their middles have no such side: then the smaller angle.
    """
    first, second = _vector(geometry, points[0], points[1]), _vector(geometry, points[2], points[3])
    spine = _vector(geometry, _middle(points[0], points[1]), _middle(points[2], points[3]))
    sides = _cross(spine, first), _cross(spine, second)
    angle = _angle_between(first, second)
    if 0.0 in sides:
        return min(angle, 180 - angle)
    return angle if (sides[0] > 0) == (sides[1] > 0) else 180 - angle


def read_out_in_full(measurement: Measurement, image: MedicalImage, slice_index: int) -> Readout:
    """Measure as `read_out` does, with the histogram of a region."""
    readout = read_out(measurement, image, slice_index)
    if measurement.kind not in AREA_KINDS:
        return readout
    return replace(readout, histogram=roi_histogram(image, slice_index, roi_mask(measurement, image.size)))


def outline_of_region(measurement: Measurement, geometry: ImageGeometry) -> Readout:
    """Measure what a region has without its pixels: sides and area."""
    assert measurement.kind in AREA_KINDS, "only regions have an area"
    sides = _sides(measurement, geometry)
    return Readout(length=sides[0], second=sides[1], area=area_of(geometry, measurement))


def _region(measurement: Measurement, image: MedicalImage, slice_index: int) -> Readout:
    outline = outline_of_region(measurement, image.geometry)
    return replace(outline, statistics=roi_statistics(image, slice_index, roi_mask(measurement, image.size)))


def _sides(measurement: Measurement, geometry: ImageGeometry) -> tuple[Quantity | None, Quantity | None]:
    points = measurement.points
    if measurement.kind is MeasurementKind.ELLIPSE:
        center, first, second = points
        opposite = [(2 * center[0] - end[0], 2 * center[1] - end[1]) for end in (first, second)]
        return length_of(geometry, opposite[0], first), length_of(geometry, opposite[1], second)
    if measurement.kind is MeasurementKind.RECTANGLE:
        (top, left), (bottom, right) = points
        return length_of(geometry, (top, left), (top, right)), length_of(geometry, (top, left), (bottom, left))
    return None, None


def pixel_size(geometry: ImageGeometry) -> tuple[float, float]:
    """Give the height and width of a pixel in the unit that lengths are measured in: 1 where no spacing is known."""
    _, rows_mm, cols_mm = geometry.spacing_mm
    return (1.0, 1.0) if math.isnan(rows_mm) or math.isnan(cols_mm) else (rows_mm, cols_mm)


def _decimals(pixel: float) -> int:
    # No digit below one pixel (FIELD.md section 9): of a 0.6 mm pixel whole millimetres, of a 0.1 mm pixel tenths.
    return max(math.floor(-math.log10(pixel) + 1e-9), 0)


def _vector(geometry: ImageGeometry, start: Point, end: Point) -> Vector:
    rows, cols = pixel_size(geometry)
    return (end[0] - start[0]) * rows, (end[1] - start[1]) * cols


def _angle_between(first: Vector, second: Vector) -> float:
    """Give the angle of two vectors in degrees, 0 to 180; NaN where one has no length."""
    if first == (0.0, 0.0) or second == (0.0, 0.0):
        return math.nan
    # atan2 and not acos: near 0 and 180 degrees the cosine hardly moves.
    dot = first[0] * second[0] + first[1] * second[1]
    return math.degrees(math.atan2(abs(_cross(first, second)), dot))


def _cross(first: Vector, second: Vector) -> float:
    return first[0] * second[1] - first[1] * second[0]


def _middle(start: Point, end: Point) -> Point:
    return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2

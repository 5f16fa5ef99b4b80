"""Tubes splatted as projected thickness: ribs, vessels, bronchi, marker strokes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medmm.simulate.frame import Frame, Plane, as_plane

ACROSS_PX = 0.8
ALONG_PX = 0.95


@dataclass(frozen=True)
class Tubes:
    """Many tubes with the same number of points: centre lines [n, points, 2] in mm, radius and weight [n, points]."""

    points: Plane
    radius: Plane
    weight: Plane


def make_tube(points: Plane, radius: Plane | float, weight: Plane | float = 1.0) -> Tubes:
    """Wrap one centre line [points, 2] as a bundle of one tube."""
    n = len(points)
    ones = np.ones(n, np.float32)
    return Tubes(points[None].astype(np.float32), (ones * radius)[None], (ones * weight)[None])


def smooth_line(corners: list[tuple[float, float]], n: int) -> Plane:
    """Run a smooth curve through corner points, evenly in the corners' own parameter (Catmull-Rom)."""
    p = np.asarray(corners, np.float32)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, len(corners) - 1 - 1e-4, n, dtype=np.float32)
    k = t.astype(np.int64)
    u = (t - k)[:, None]
    a, b, c, d = p[k], p[k + 1], p[k + 2], p[k + 3]
    curve = 0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u**2 + (3 * b - a - 3 * c + d) * u**3)
    return curve.astype(np.float32)


def splat_tubes(frame: Frame, bundles: Sequence[Tubes], *, hollow: float = 0.0) -> Plane:
    """Project tubes to thickness in mm: a chord across each point, a share `hollow` of the inside removed."""
    samples = [sample for tubes in bundles for sample in _sample(frame, _densify(frame, tubes), hollow)]
    place = np.concatenate([place for place, _ in samples])
    amount = np.concatenate([amount for _, amount in samples])
    return _add_bilinear(frame, place, amount) / np.float32(frame.spacing_mm**2)


def _sample(frame: Frame, tubes: Tubes, hollow: float) -> list[tuple[Plane, Plane]]:
    tangent = np.gradient(tubes.points, axis=1)
    length = np.hypot(tangent[..., 0], tangent[..., 1])
    normal = np.stack([-tangent[..., 1], tangent[..., 0]], axis=-1) / np.maximum(length, 1e-6)[..., None]
    # Thinner than a pixel: widen and thin out, so that the mass stays.
    wide = np.maximum(tubes.radius, 0.75 * frame.spacing_mm)
    mass = tubes.weight * tubes.radius * (tubes.radius / wide) * length
    n_across = np.ceil(wide / (ACROSS_PX * frame.spacing_mm)).astype(np.int64)
    samples = []
    for half in np.unique(n_across):
        chosen = n_across == half
        offsets = ((np.arange(2 * half) + 0.5) / half - 1).astype(np.float32)
        shift = wide[chosen][:, None] * offsets
        place = tubes.points[chosen][:, None, :] + normal[chosen][:, None, :] * shift[..., None]
        amount = mass[chosen][:, None] * _chord(offsets, hollow)[None] * (wide[chosen][:, None] / np.float32(half))
        samples.append((place.reshape(-1, 2).astype(np.float32), amount.ravel().astype(np.float32)))
    return samples


def _chord(offsets: Plane, hollow: float) -> Plane:
    outer = 2 * np.sqrt(1 - offsets**2)
    inner = 2 * np.sqrt(np.clip(0.62 - offsets**2, 0, None))
    return as_plane(outer - hollow * inner)


def _densify(frame: Frame, tubes: Tubes) -> Tubes:
    steps = np.hypot(*np.moveaxis(np.diff(tubes.points, axis=1), -1, 0)).sum(axis=1)
    n_old = tubes.points.shape[1]
    n_new = max(n_old, int(steps.max() / (ALONG_PX * frame.spacing_mm)) + 2)
    position = np.linspace(0, n_old - 1 - 1e-4, n_new, dtype=np.float32)
    low = position.astype(np.int64)
    part = position - low
    line = tubes.points[:, low] * (1 - part)[:, None] + tubes.points[:, low + 1] * part[:, None]
    radius = tubes.radius[:, low] * (1 - part) + tubes.radius[:, low + 1] * part
    weight = tubes.weight[:, low] * (1 - part) + tubes.weight[:, low + 1] * part
    return Tubes(line, radius, weight)


def _add_bilinear(frame: Frame, place: Plane, amount: Plane) -> Plane:
    col = (place[:, 0] - np.float32(frame.left_mm)) / np.float32(frame.spacing_mm) - np.float32(0.5)
    row = (place[:, 1] - np.float32(frame.top_mm)) / np.float32(frame.spacing_mm) - np.float32(0.5)
    inside = (col >= 0) & (row >= 0) & (col < frame.cols - 1) & (row < frame.rows - 1)
    col, row, amount = col[inside], row[inside], amount[inside]
    left, above = col.astype(np.int32), row.astype(np.int32)
    dx, dy = col - left, row - above
    flat = above * frame.cols + left
    low, high = amount * (1 - dy), amount * dy
    index = np.concatenate([flat, flat + 1, flat + frame.cols, flat + frame.cols + 1])
    share = np.concatenate([low * (1 - dx), low * dx, high * (1 - dx), high * dx])
    total = np.bincount(index, weights=share, minlength=frame.rows * frame.cols)
    return total.reshape(frame.rows, frame.cols).astype(np.float32)

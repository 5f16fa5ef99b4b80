"""Where each planted finding lies on the film."""

from dataclasses import dataclass

import numpy as np

from medmm.simulate.effusion import paint_fluid
from medmm.simulate.film import FilmPlan, make_film_frame
from medmm.simulate.frame import Frame, Plane
from medmm.simulate.lungs import lung_air
from medmm.simulate.mediastinum import heart_box
from medmm.simulate.opacities import paint_opacity
from medmm.simulate.streams import open_stream
from medmm.simulate.truth import FINDINGS, Truth

COARSE_ROWS = 144
# What counts as changed: millimetres of air lost or gained along the ray.
CHANGED_MM = 9.0


@dataclass(frozen=True)
class Box:
    """Half-open box in pixels of the stored image."""

    row0: int
    col0: int
    row1: int
    col1: int


def find_boxes(plan: FilmPlan, truth: Truth, rows: int) -> dict[str, Box]:
    """Give the box of each finding that the film shows; found on a coarse grid, one coarse pixel wide of exact."""
    coarse, fine = make_film_frame(plan, COARSE_ROWS), make_film_frame(plan, rows)
    boxes = {}
    for finding in FINDINGS:
        edges = _edges_mm(coarse, plan, truth, finding)
        box = _to_pixels(fine, edges) if edges is not None else None
        if box is not None:
            boxes[finding] = box
    return boxes


def _edges_mm(frame: Frame, plan: FilmPlan, truth: Truth, finding: str) -> tuple[float, float, float, float] | None:
    lesions = plan.lesions
    if finding == "cardiomegaly":
        return heart_box(plan.anatomy) if truth.present[finding] else None
    if finding == "nodule":
        return _around([(n.x - n.radius, n.y - n.radius, n.x + n.radius, n.y + n.radius) for n in lesions.nodules])
    return _around_mask(frame, _changed(frame, plan, finding) > CHANGED_MM)


def _changed(frame: Frame, plan: FilmPlan, finding: str) -> Plane:
    anatomy, lesions = plan.anatomy, plan.lesions
    total = np.zeros((frame.rows, frame.cols), np.float32)
    if finding == "pneumothorax" and lesions.collapse is not None:
        side = lesions.collapse.side
        return lung_air(frame, anatomy, side) - lung_air(frame, anatomy, side, collapse=lesions.collapse)
    if finding == "pleural_effusion":
        for fluid in lesions.fluids:
            total += paint_fluid(frame, anatomy, fluid) * lung_air(frame, anatomy, fluid.side)
    for opacity in lesions.opacities:
        if opacity.cause == finding:
            air = lung_air(frame, anatomy, -1) + lung_air(frame, anatomy, 1)
            total += air * paint_opacity(
                frame, anatomy, open_stream(plan.seed, plan.index, f"paint {finding}"), opacity
            )
    return total


def _around_mask(
    frame: Frame, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> tuple[float, float, float, float] | None:
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    pitch = frame.spacing_mm
    left, right = frame.left_mm + cols[0] * pitch, frame.left_mm + (cols[-1] + 1) * pitch
    return (
        float(left),
        float(frame.top_mm + rows[0] * pitch),
        float(right),
        float(frame.top_mm + (rows[-1] + 1) * pitch),
    )


def _around(parts: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float] | None:
    if not parts:
        return None
    low, high = np.min(parts, axis=0), np.max(parts, axis=0)
    return float(low[0]), float(low[1]), float(high[2]), float(high[3])


def _to_pixels(frame: Frame, edges: tuple[float, float, float, float]) -> Box | None:
    left, top, right, bottom = edges
    col0 = max(0, int(np.floor((left - frame.left_mm) / frame.spacing_mm)))
    row0 = max(0, int(np.floor((top - frame.top_mm) / frame.spacing_mm)))
    col1 = min(frame.cols, int(np.ceil((right - frame.left_mm) / frame.spacing_mm)))
    row1 = min(frame.rows, int(np.ceil((bottom - frame.top_mm) / frame.spacing_mm)))
    return Box(row0, col0, row1, col1) if row1 > row0 and col1 > col0 else None

"""Collimation and the burnt-in side marker."""

import numpy as np

from medmm.simulate.frame import Frame, Plane, as_plane, ramp
from medmm.simulate.tubes import make_tube, splat_tubes

STROKES = {
    "L": (((0.0, 0.0), (0.0, 1.0)), ((0.0, 1.0), (0.62, 1.0))),
    "R": (
        ((0.0, 0.0), (0.0, 1.0)),
        ((0.0, 0.0), (0.45, 0.0), (0.62, 0.13), (0.62, 0.36), (0.45, 0.5), (0.0, 0.5)),
        ((0.3, 0.5), (0.66, 1.0)),
    ),
    "A": (((0.0, 1.0), (0.34, 0.0), (0.68, 1.0)), ((0.14, 0.62), (0.54, 0.62))),
    "P": (((0.0, 0.0), (0.0, 1.0)), ((0.0, 0.0), (0.45, 0.0), (0.62, 0.13), (0.62, 0.38), (0.45, 0.52), (0.0, 0.52))),
}


def draw_marking(frame: Frame, rng: np.random.Generator, *, is_ap: bool) -> tuple[Plane, Plane]:
    """Give the marker's brightness and the collimator's opening, both 0..1, [rows, cols]."""
    letter = str(rng.choice(["L", "R"], p=[0.7, 0.3]))
    height = float(rng.uniform(10, 15))
    right = frame.left_mm + frame.cols * frame.spacing_mm
    inset = float(rng.uniform(22, 40))
    x = right - inset - height if letter == "L" else frame.left_mm + inset
    y = frame.top_mm + float(rng.uniform(25, 60))
    text = [(letter, x, y, height)]
    if is_ap and rng.random() < 0.5:
        text += [("A", x, y + 1.6 * height, 0.6 * height), ("P", x + 0.6 * height, y + 1.6 * height, 0.6 * height)]
    ink = sum((_draw_letter(frame, *item) for item in text), np.zeros((frame.rows, frame.cols), np.float32))
    return np.clip(ink, 0, 1).astype(np.float32), _draw_opening(frame, rng)


def _draw_letter(frame: Frame, letter: str, x: float, y: float, height: float) -> Plane:
    lines = [
        np.asarray([(x + height * u, y + height * v) for u, v in stroke], np.float32) for stroke in STROKES[letter]
    ]
    return splat_tubes(frame, [make_tube(line, 0.09 * height) for line in lines]) / np.float32(0.12 * height)


def _draw_opening(frame: Frame, rng: np.random.Generator) -> Plane:
    right = frame.left_mm + frame.cols * frame.spacing_mm
    bottom = frame.top_mm + frame.rows * frame.spacing_mm
    cut = np.where(rng.random(4) < 0.45, rng.uniform(3, 16, 4), -20.0)
    tilt = rng.normal(0, 0.006, 2)
    across, along = frame.x + tilt[0] * frame.y, frame.y + tilt[1] * frame.x
    sides = ramp(across, frame.left_mm + cut[0] - 0.7, frame.left_mm + cut[0]) * (
        1 - ramp(across, right - cut[1], right - cut[1] + 0.7)
    )
    ends = ramp(along, frame.top_mm + cut[2] - 0.7, frame.top_mm + cut[2]) * (
        1 - ramp(along, bottom - cut[3], bottom - cut[3] + 0.7)
    )
    return as_plane(sides * ends)

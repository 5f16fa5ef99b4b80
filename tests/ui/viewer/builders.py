"""Small images for the viewer's tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader
from medmm.core.words import Words
from medmm.imaging.spacing import with_provenance
from ui.state.view_state import CornerText, ViewState
from ui.viewer.corner_text import Situation
from ui.viewer.painting import Overlay, Scene, paint_scene
from ui.viewer.placement import place
from ui.viewer.render import SliceRenderer

SITUATION = Situation(1.0, None, "none")
CHEST = ImageGeometry((float("nan"), 0.2, 0.2), with_provenance(Words("at detector")), None, "L", "F")


def make_image(
    stored: NDArray[np.generic], *, modality: str = "DX", slope: float = 1.0, intercept: float = 0.0, **more: object
) -> MedicalImage:
    """Give an image of [slices, rows, cols] values; `more` are fields of MedicalImage."""
    instances = tuple(
        ImageInstance(f"1.2.{n}", Path("x"), rescale_slope=slope, rescale_intercept=intercept)
        for n in range(stored.shape[0])
    )
    identity = PatientIdentity("004211", "WANG^XIAOHONG=王^小红", "19610312", "F", "images")
    header = StudyHeader(modality=modality, units="HU" if modality == "CT" else "")
    image = MedicalImage(stored, identity, header, CHEST, instances)
    return replace(image, **more)


def make_view(image: MedicalImage) -> ViewState:
    """Give a view state that shows an image."""
    view = ViewState()
    view.show_image(image)
    return view


def paint(
    view: ViewState,
    width: int,
    height: int,
    *,
    overlay: Overlay | None = None,
    renderer: SliceRenderer | None = None,
) -> NDArray[np.uint8]:
    """Paint a view with the least text and give its pixels: [rows, cols, 3]; renderer: one that has painted before."""
    view.set_corner_text(CornerText.NONE)
    canvas = QImage(width, height, QImage.Format.Format_RGB888)
    canvas.fill(0)
    painter = QPainter(canvas)
    scene = Scene(
        place(view, width, height), QRectF(0, 0, width, height), overlay or Overlay(), Situation(1.0, None, "none")
    )
    try:
        paint_scene(painter, view, renderer or SliceRenderer(), scene=scene)
    finally:
        painter.end()
    padded = np.frombuffer(canvas.constBits(), np.uint8).reshape(height, canvas.bytesPerLine())
    return padded[:, : width * 3].reshape(height, width, 3).copy()

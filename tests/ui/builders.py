"""Small made-up cases and results for the window's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from medmm.core.case import Case
from medmm.core.heat_map import HeatMap
from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader
from medmm.core.prediction import (
    CaseResult,
    Decision,
    Explanation,
    FindingScore,
    InputUse,
    ModelIdentity,
    SeenImage,
    Shares,
    TokenWeight,
    VitalWeight,
)
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import ClinicalNote, VitalMeasurement, Vitals

NOON = datetime(2026, 11, 3, 12, 0)
WHO = PatientIdentity("004211", "WANG^XIAOHONG=王^小红", "19610312", "F", "images")


def make_image(*, n_slices: int = 1) -> MedicalImage:
    header = StudyHeader(modality="CR", body_part="CHEST", view_position="PA", study_date="20261103",
                         study_time="140200", accession_number="88213")  # fmt: skip
    instances = tuple(ImageInstance(f"1.2.{i}", Path("a.dcm")) for i in range(n_slices))
    stored = np.tile(np.arange(40, dtype=np.int16), (n_slices, 30, 1))
    return MedicalImage(stored, WHO, header, ImageGeometry(), instances)


def make_note(text: str = "Cough and fever. No effusion.") -> ClinicalNote:
    return ClinicalNote(text, Path("note.txt"), replace(WHO, source="note note.txt"))


def make_vitals() -> Vitals:
    measurements = (
        VitalMeasurement("temperature_c", datetime(2026, 11, 3, 8, 0), 37.0),
        VitalMeasurement("temperature_c", NOON, 39.1),
        VitalMeasurement("heart_rate", NOON, 400.0, is_plausible=False),
    )
    return Vitals(measurements, Path("vitals.csv"), replace(WHO, source="vitals vitals.csv"))


def make_case(folder: Path = Path("/patients/a"), *, stop: bool = False) -> Case:
    conflict = QualityNote("identity_conflict", "The note says 1, the image says 2.", Severity.STOP)
    return Case(
        folder=folder, patient=WHO, images=(make_image(),), notes=(make_note(),), vitals=(make_vitals(),),
        index_time=NOON, checks=(conflict,) if stop else (),
    )  # fmt: skip


def make_finding(name: str, shown: float, decision: Decision, *, threshold: float = 0.5) -> FindingScore:
    return FindingScore(name, 0.0, shown, shown, threshold, decision, (max(0.0, shown - 0.1), min(1.0, shown + 0.1)))


def make_result(*, is_calibrated: bool = True) -> CaseResult:
    findings = (
        make_finding("nodule", 0.03, "negative"),
        make_finding("pneumonia", 0.83, "positive"),
        make_finding("pulmonary_edema", 0.48, "uncertain"),
    )
    shares = {
        finding.name: Shares(
            finding.name, {InputKind.IMAGE: 1.4, InputKind.NOTE: -0.9, InputKind.VITALS: 0.0}, -1.0, -0.5
        )
        for finding in findings
    }
    heatmap = HeatMap(np.ones((2, 3), np.float32), np.diag([15.0, 40 / 3, 1.0]), (0, 0, 30, 40))
    tokens = (TokenWeight(0, 5, "Cough", 0.6), TokenWeight(17, 28, "No effusion", -0.3))
    vitals = (VitalWeight("temperature_c", 39.1, "°C", 0.4), VitalWeight("spo2", None, "%", -0.1, imputed=True))
    explanations = {"pneumonia": Explanation("pneumonia", heatmap, tokens, vitals)}
    model = ModelIdentity("chest-multimodal", "1.0.0", "ab" * 32, is_calibrated=is_calibrated)
    used = {InputKind.IMAGE: InputUse(True), InputKind.NOTE: InputUse(True), InputKind.VITALS: InputUse(True)}
    seen = (SeenImage("1.2.0", "a.dcm"),)
    return CaseResult("004211", "1.2", "", model, findings, used, shares, explanations, images=seen)


def move_mouse(widget: QWidget, at: QPoint, *, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Move the mouse over a widget: QTest moves the screen's pointer, which any other open window may lie under."""
    place = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, widget.mapToGlobal(place), held, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)

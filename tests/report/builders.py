"""Made-up cases and results for the report's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medmm.core.case import Case
from medmm.core.heat_map import HeatMap
from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader
from medmm.core.prediction import (
    CaseResult,
    Explanation,
    FindingScore,
    InputUse,
    ModelIdentity,
    Shares,
    TokenWeight,
    VitalWeight,
)
from medmm.core.quality import InputFile, InputKind, QualityNote, Severity
from medmm.core.record import ClinicalNote, VitalMeasurement, Vitals

INDEX_TIME = datetime(2026, 11, 3, 14, 2)
NOTE_TEXT = """HISTORY: 65-year-old woman, smoker, hypertension.
COMPLAINT: Productive cough and fever for three days, chills.
EXAM: Crackles over the right lower lobe. No leg oedema. Denies chest pain.
IMPRESSION: Suspected community-acquired pneumonia.
"""
WORDS = {"cough": 0.31, "fever": 0.44, "Crackles": 0.38, "oedema": -0.21, "pneumonia": 0.52, "chills": 0.12}


def make_image(rows: int = 320, cols: int = 280, *, pixels: NDArray[np.generic] | None = None) -> MedicalImage:
    """Two dark lungs in a bright chest, 12 bits."""
    y, x = np.mgrid[0:rows, 0:cols]
    chest = 2600.0 - 900 * ((x / cols - 0.5) ** 2 + (y / rows - 0.5) ** 2)
    for middle in (0.3, 0.7):
        inside = ((x / cols - middle) / 0.15) ** 2 + ((y / rows - 0.45) / 0.32) ** 2
        chest -= 1500 * np.exp(-(inside**3))
    stored = chest.astype(np.uint16) if pixels is None else pixels
    return MedicalImage(
        stored=stored[None],
        identity=make_patient(),
        header=StudyHeader(
            study_uid="1.2.826.0.1.3680043.10.1",
            modality="DX",
            body_part="CHEST",
            view_position="PA",
            study_date="20261103",
            study_time="140211.5",
            accession_number="88213",
            study_description="Chest radiograph",
            institution="Example Hospital",
        ),
        geometry=ImageGeometry(spacing_mm=(float("nan"), 0.4, 0.4), spacing_label="mm (at detector)"),
        instances=(ImageInstance("1.2.826.0.1.3680043.10.1.1.1", Path("IM0001")),),
        bits_stored=12,
    )


def make_patient(name: str = "MILLER^ANNA", *, patient_id: str = "004211") -> PatientIdentity:
    """A made-up patient."""
    return PatientIdentity(patient_id, name, "19610312", "F", "images")


def make_note(text: str = NOTE_TEXT) -> ClinicalNote:
    """A note of the made-up patient."""
    return ClinicalNote(text=text, path=Path("note.txt"), sha256="b" * 64)


def make_vitals() -> Vitals:
    """A day of vital signs, one value implausible, no diastolic pressure."""
    table = {
        "temperature_c": (37.4, 37.9, 38.6, 39.1, 38.8),
        "heart_rate": (88, 94, 105, 112, 108),
        "respiratory_rate": (16, 18, 22, 24, 24),
        "spo2": (96, 95, 93, 91, 92),
        "systolic_bp": (138, 131, 126, 121, 118),
    }
    measured = [
        VitalMeasurement(name, INDEX_TIME - timedelta(hours=24 - 5.5 * step), float(value))
        for name, values in table.items()
        for step, value in enumerate(values)
    ]
    measured.append(VitalMeasurement("heart_rate", INDEX_TIME - timedelta(hours=10), 300.5, is_plausible=False))
    return Vitals(tuple(sorted(measured, key=lambda m: m.time)), Path("vitals.csv"), sha256="c" * 64)


def make_case(**changes: object) -> Case:
    """A case with image, note and vitals."""
    case = Case(
        folder=Path("patient"),
        patient=make_patient(),
        images=(make_image(),),
        notes=(make_note(),),
        vitals=(make_vitals(),),
        index_time=INDEX_TIME,
        inputs=(
            InputFile(InputKind.IMAGE, "images/IM0001", "a" * 64, "1.2.826.0.1.3680043.10.1.1.1"),
            InputFile(InputKind.NOTE, "note.txt", "b" * 64),
            InputFile(InputKind.VITALS, "vitals.csv", "c" * 64),
        ),
        checks=(
            QualityNote("identity_equal", "Image, note and vitals name the same patient."),
            QualityNote(
                "implausible_vital",
                "Heart rate 300.5 /min at 04:02 is outside 10-300 and was not used.",
                Severity.WARNING,
                InputKind.VITALS,
            ),
        ),
    )
    return replace(case, **changes)


def make_finding(name: str, probability: float, *, decision: str = "", is_calibrated: bool = True) -> FindingScore:
    """A finding with threshold 0.5 and an interval of +-0.08."""
    logit = float(np.log(probability / (1 - probability)))
    return FindingScore(
        name=name,
        logit=logit,
        score=probability,
        probability=probability if is_calibrated else None,
        threshold=0.5,
        decision=decision or ("positive" if probability >= 0.5 else "negative"),
        interval=(max(0.0, probability - 0.08), min(1.0, probability + 0.08)),
    )


def make_heatmap(*, size: tuple[int, int] = (320, 280), grid: int = 7, at: tuple[int, int] = (4, 1)) -> HeatMap:
    """A warm place on a square grid laid over the middle of the image, as a square centre crop would."""
    rows, cols = size
    side = min(rows, cols)
    row0, col0 = (rows - side) / 2, (cols - side) / 2
    y, x = np.mgrid[0:grid, 0:grid]
    values = 0.42 * np.exp(-((y - at[0]) ** 2 + (x - at[1]) ** 2) / 1.6)
    step = side / grid
    matrix = np.array([[step, 0, row0], [0, step, col0], [0, 0, 1]], dtype=np.float64)
    return HeatMap(values.astype(np.float32), matrix, (row0, col0, row0 + side, col0 + side))


def make_explanation(
    finding: str, *, text: str = NOTE_TEXT, sign: float = 1.0, at: tuple[int, int] = (4, 1)
) -> Explanation:
    """Weights on WORDS in the text, on every vital, and a map."""
    tokens = tuple(
        TokenWeight(text.index(word), text.index(word) + len(word), word, sign * weight)
        for word, weight in WORDS.items()
        if word in text
    )
    vitals = (
        VitalWeight("temperature_c", 38.8, "°C", 0.21 * sign),
        VitalWeight("heart_rate", 108.0, "/min", 0.08 * sign),
        VitalWeight("respiratory_rate", 24.0, "/min", 0.12 * sign),
        VitalWeight("spo2", 92.0, "%", 0.15 * sign),
        VitalWeight("systolic_bp", 118.0, "mmHg", -0.03 * sign),
        VitalWeight("diastolic_bp", None, "mmHg", 0.01, imputed=True),
    )
    return Explanation(finding, make_heatmap(at=at), tokens, vitals, completeness_gap=0.013)


def make_shares(finding: str, image: float, note: float, vitals: float) -> Shares:
    """Shares that sum to total - baseline."""
    by_kind = {InputKind.IMAGE: image, InputKind.NOTE: note, InputKind.VITALS: vitals}
    return Shares(finding, by_kind, baseline=-1.1, total=-1.1 + image + note + vitals)


def make_model(*, is_calibrated: bool = True) -> ModelIdentity:
    """The identity of a bundle that does not exist."""
    return ModelIdentity(
        name="chest-multimodal",
        version="1.2.0",
        sha256="4f" * 32,
        is_calibrated=is_calibrated,
        limits=("Trained on simulated patients; not for children below 16 years.",),
    )


def make_result(*, is_calibrated: bool = True, **changes: object) -> CaseResult:
    """One positive, one uncertain and four negative findings."""
    scored = {"pneumonia": 0.83, "pleural_effusion": 0.44, "pulmonary_edema": 0.12, "nodule": 0.06}
    scored |= {"cardiomegaly": 0.21, "pneumothorax": 0.02}
    findings = tuple(
        make_finding(
            name, value, decision="uncertain" if name == "pleural_effusion" else "", is_calibrated=is_calibrated
        )
        for name, value in scored.items()
    )
    shares = {name: make_shares(name, -0.6, -0.3, 0.05) for name in scored}
    shares |= {"pneumonia": make_shares("pneumonia", 1.42, 0.93, 0.34)}
    shares |= {"pleural_effusion": make_shares("pleural_effusion", 1.2, -0.7, 0.1)}
    result = CaseResult(
        patient_id="004211",
        study_uid="1.2.826.0.1.3680043.10.1",
        index_time="2026-11-03T14:02:00",
        model=make_model(is_calibrated=is_calibrated),
        findings=findings,
        inputs_used={kind: InputUse(True) for kind in (InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS)}
        | {InputKind.AUDIO: InputUse(False)},
        shares=shares,
        explanations={"pneumonia": make_explanation("pneumonia")},
        timing_ms={"load": 12.0, "prepare": 80.0, "predict": 320.0, "explain": 900.0, "total": 1312.0},
        note_coverage=1.0,
    )
    return replace(result, **changes)
